import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch, BatchPod } from '../model/batch-set.ts'
import type { Incident } from '../model/incident.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { assertNever } from '../assert-never.ts'
import { homeOf, isAtTarget } from '../release/change/change.ts'

/** How a batch is seen beside a release. `back`: its Deployment has its old template again, or is getting it. */
export type Side = 'none' | 'before' | 'forward' | 'back'

function sideOf(release: Release | undefined, own: ReleaseBatch | undefined, batch: Batch): Side {
  if (release === undefined || release.change.kind === 'none' || own === undefined) return 'none'
  const { phase } = own
  switch (phase.kind) {
    case 'returning':
    case 'rolling-back':
    case 'returned':
    case 'stuck':
      return hasTemplate(batch, homeOf(release, own).digest) ? 'back' : 'forward'
    case 'rolling':
    case 'baking':
    case 'done':
      return hasTemplate(batch, phase.digest) ? 'forward' : 'before'
    case 'waiting':
    case 'patching':
    case 'skipped':
      return release.change.kind !== 'restore' && isAtTarget(release, own, batch) ? 'forward' : 'before'
    default:
      return assertNever(phase)
  }
}

/**
 * New pods of a batch that serve, of those that it is to have: what headline, card, gate and terminal call updated. A pod
 * that is ready and no endpoint yet, or that only was created, is not.
 */
export function updatedPods(
  release: Release,
  own: ReleaseBatch | undefined,
  batch: Batch | undefined,
): number {
  if (batch === undefined || sideOf(release, own, batch) !== 'forward') return 0
  return Math.min(batch.updated, batch.servingNew, batch.desired)
}

/** What the picture of a Service is about: a release, or an incident that others have made. */
export type Shown = { readonly release?: Release | undefined; readonly incident?: Incident | undefined }

/**
 * In an incident the new version is what was changed to, and batches whose version was not changed are on the old one.
 * Where no version was changed, none is told from another.
 */
export function sideIn({ release, incident }: Shown, batch: Batch): Side {
  const moved = incident?.changes.filter((one) => one.from !== one.to) ?? []
  if (moved.length > 0) return moved.some((one) => one.batch === batch.uid) ? 'forward' : 'before'
  const own = release?.batches.find((one) => one.uid === batch.uid)
  return sideOf(release, own, batch)
}

/** Whether a pod runs the version that the release brings; `isNew` alone speaks of the Deployment's template. */
function isNewVersion(pod: Pick<BatchPod, 'isNew'>, side: Side): boolean {
  switch (side) {
    case 'none':
    case 'before':
      return false
    case 'forward':
      return pod.isNew
    case 'back':
      return !pod.isNew
  }
}

const order = ['n', 's', 'f', 'x', 'o', 'e'] as const

/** One letter per pod, by state, so that the dots of a batch never jump about. */
export function podLetters(batch: Batch, side: Side): string {
  const counts = new Map<string, number>()
  for (const pod of batch.pods) {
    const letter = letterOf(pod, side)
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  return order.map((letter) => letter.repeat(counts.get(letter) ?? 0)).join('')
}

export type PodLetter = (typeof order)[number]

export function letterOf(pod: BatchPod, side: Side): PodLetter {
  if (pod.state === 'ending') return 'e'
  if (pod.state === 'failing') return side === 'none' || isNewVersion(pod, side) ? 'f' : 'x'
  if (!pod.ready) return 's'
  return isNewVersion(pod, side) ? 'n' : 'o'
}

/** Ready endpoints of a batch by version. */
export function servingOf(batch: Batch, side: Side): { readonly fresh: number; readonly old: number } {
  switch (side) {
    case 'none':
    case 'before':
      return { fresh: 0, old: batch.servingNew + batch.servingOld }
    case 'forward':
      return { fresh: batch.servingNew, old: batch.servingOld }
    case 'back':
      return { fresh: batch.servingOld, old: batch.servingNew }
  }
}
