import type { PodsView } from '../contract.ts'
import type { ClusterEvent } from '../k8s/objects.ts'
import type { BatchPod, BatchSet } from '../model/batch-set.ts'

const rank = { failing: 0, starting: 1, ending: 2, new: 3, old: 4 } as const satisfies Record<
  BatchPod['state'],
  number
>
const mostEvents = 300

/** The pods of a Service, failing ones first, and the events that speak of its batches. */
export function podsView(set: BatchSet, events: readonly ClusterEvent[]): PodsView {
  const pods = set.batches
    .flatMap((batch) => batch.pods.map((pod) => ({ ...pod, batch: batch.number })))
    .sort((a, b) => rank[a.state] - rank[b.state] || a.batch - b.batch || a.name.localeCompare(b.name))
  const batchOf = new Map<string, number>()
  for (const batch of set.batches) {
    batchOf.set(batch.uid, batch.number)
    if (batch.newReplicaSet !== undefined) batchOf.set(batch.newReplicaSet.uid, batch.number)
    for (const pod of batch.pods) batchOf.set(pod.uid, batch.number)
  }
  return {
    pods,
    events: events
      .filter((event) => batchOf.has(event.involvedUid))
      .sort((a, b) => b.lastAt - a.lastAt)
      .slice(0, mostEvents)
      .map((event) => {
        const batch = batchOf.get(event.involvedUid)
        return {
          at: event.lastAt,
          type: event.type,
          reason: event.reason,
          message: event.message,
          count: event.count,
          object: `${event.involvedKind} ${event.involvedName}`,
          ...(batch !== undefined && { batch }),
        }
      }),
  }
}
