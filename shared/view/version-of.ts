import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch, BatchPod } from '../model/batch-set.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { assertNever } from '../assert-never.ts'
import { homeOf, isAtTarget } from '../release/change.ts'

/** How a batch is seen beside a release. `back`: its Deployment has its old template again, or is getting it. */
export type Side = 'none' | 'before' | 'forward' | 'back'

export function sideOf(release: Release | undefined, own: ReleaseBatch | undefined, batch: Batch): Side {
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

/** Whether a pod runs the version that the release brings; `isNew` alone speaks of the Deployment's template. */
export function isNewVersion(pod: Pick<BatchPod, 'isNew'>, side: Side): boolean {
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

const order = ['n', 's', 'f', 'o', 'e'] as const

/** One letter per pod, by state, so that the dots of a batch never jump about. */
export function podLetters(batch: Batch, side: Side): string {
  const counts = new Map<string, number>()
  for (const pod of batch.pods) {
    const letter = letterOf(pod, side)
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  }
  return order.map((letter) => letter.repeat(counts.get(letter) ?? 0)).join('')
}

function letterOf(pod: BatchPod, side: Side): (typeof order)[number] {
  if (pod.state === 'ending') return 'e'
  if (pod.state === 'failing') return 'f'
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
