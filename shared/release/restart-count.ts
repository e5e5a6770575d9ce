import type { Batch, BatchPod } from '../model/batch-set.ts'

/**
 * Restarts of the new pods of a batch since its rollout began, pod by pod. A pod that is evicted or deleted takes its
 * own count along, and a template that ran before brings pods with old restarts back: neither may mislead.
 */
export type RestartCount = {
  /** What pods had restarted before: not the doing of this rollout. Pods that had not are left out. */
  readonly before: Readonly<Record<string, number>>
  /** The most that was seen since then, also of pods that are gone. */
  readonly since: Readonly<Record<string, number>>
}

/** Journals are bounded. So many pods that have restarted are more than any plan lets pass. */
const mostPods = 1_100

/** From now on: whatever has restarted up to here is known, and not new. */
export function countFrom(batch: Pick<Batch, 'pods'>): RestartCount {
  const restarted = batch.pods.filter(({ restarts }) => restarts > 0)
  const most = restarted.toSorted((a, b) => b.restarts - a.restarts).slice(0, mostPods)
  return { before: Object.fromEntries(most.map(({ uid, restarts }) => [uid, restarts])), since: {} }
}

/** With what is seen now. The same object where it is no news. */
export function counted(count: RestartCount, batch: Pick<Batch, 'pods'>): RestartCount {
  const since = new Map(Object.entries(count.since))
  let isNews = false
  for (const pod of batch.pods) {
    const restarts = pod.isNew ? pod.restarts - (count.before[pod.uid] ?? 0) : 0
    const known = since.get(pod.uid)
    if (restarts <= (known ?? 0) || (known === undefined && since.size >= mostPods)) continue
    since.set(pod.uid, restarts)
    isNews = true
  }
  return isNews ? { ...count, since: Object.fromEntries(since) } : count
}

/** Pods that have restarted, how often, and how they are now: those that are gone have no `pod`. */
export function restartedPods(
  count: RestartCount | undefined,
  batch: Pick<Batch, 'pods'>,
): readonly { readonly uid: string; readonly restarts: number; readonly pod?: BatchPod }[] {
  const { since } = counted(count ?? { before: {}, since: {} }, batch)
  const pods = new Map<string, BatchPod>(batch.pods.map((pod) => [pod.uid, pod]))
  return Object.entries(since).map(([uid, restarts]) => {
    const pod = pods.get(uid)
    return { uid, restarts, ...(pod !== undefined && { pod }) }
  })
}
