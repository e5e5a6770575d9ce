import type { ClusterEvent } from '../k8s/objects.ts'
import type { BatchPod, BatchSet } from '../model/batch-set.ts'
import { applicationContainer } from '../model/application-container.ts'
import type { ReleaseBatch } from '../release/release.ts'
import { containersOf } from './containers-of.ts'
import type { ForwardView } from './forward-view.ts'
import { changedImages, tagsOf } from './image-text.ts'
import { letterOf, sideIn, type PodLetter, type Shown, type Side } from './version-of.ts'

/** What a pod is drawn as. `ready`: of no version that would be told from another. */
export type PodKind = 'new' | 'starting' | 'failing' | 'failing-old' | 'old' | 'ready' | 'ending'

export type PodsView = {
  readonly pods: readonly (Omit<BatchPod, 'containers'> & {
    readonly batch: number
    readonly kind: PodKind
    /** Of the images of its own template. */
    readonly version: string
  })[]
  readonly events: readonly {
    readonly at: number
    readonly type: string
    readonly reason: string
    readonly message: string
    readonly count: number
    readonly object: string
    readonly batch?: number
  }[]
  /** Ports of its pods that are open on this machine. */
  readonly forwards: readonly ForwardView[]
}

const rank = { failing: 0, starting: 1, ending: 2, new: 3, old: 4 } as const satisfies Record<
  BatchPod['state'],
  number
>
const mostEvents = 300

/**
 * The pods of a Service, failing ones first, and the events that speak of its batches. A pod is of the kind that it is
 * drawn as in the picture, and of the version of its own template.
 */
export function podsView(
  set: BatchSet,
  events: readonly ClusterEvent[],
  shown: Shown,
): Omit<PodsView, 'forwards'> {
  const application = applicationContainer(set.batches.map(containersOf))
  const pods = set.batches
    .flatMap((batch) => {
      const side = sideIn(shown, batch)
      const own = shown.release?.batches.find((one) => one.uid === batch.uid)
      const main = application.kind === 'known' ? application.containers.get(batch.uid) : undefined
      return batch.pods.map(({ containers, ...pod }) => ({
        ...pod,
        batch: batch.number,
        kind: kindOf({ containers, ...pod }, side),
        version: versionOfPod(containers, { own, main }),
      }))
    })
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

const kinds = {
  n: 'new',
  s: 'starting',
  f: 'failing',
  x: 'failing-old',
  o: 'old',
  e: 'ending',
} as const satisfies Record<PodLetter, PodKind>

/** Where no version is told from another, a ring is no old pod: it is a pod like all the others. */
function kindOf(pod: BatchPod, side: Side): PodKind {
  const kind = kinds[letterOf(pod, side)]
  return kind === 'old' && side === 'none' ? 'ready' : kind
}

type Meant = { readonly own: ReleaseBatch | undefined; readonly main: string | undefined }

/** Of the containers that a release changes, else of the one that is the application, else of all. */
function versionOfPod(containers: BatchPod['containers'], { own, main }: Meant): string {
  const application = containers.find((one) => one.name === main)
  if (own?.images === undefined && application !== undefined) return tagsOf([application.image])
  return tagsOf(changedImages({ containers }, own ?? {}))
}
