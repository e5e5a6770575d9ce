import { assertNever } from '../assert-never.ts'
import type { Batch } from '../model/batch-set.ts'
import { failureOf, isSerious } from '../model/incident.ts'
import { isExcused } from '../release/gates/excused.ts'
import { gatesOf } from '../release/progress.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { currentIndex, waitingStep } from '../release/standing.ts'

/** How a batch is drawn. */
export type BatchAppearance =
  | 'idle'
  | 'waiting'
  | 'rolling'
  | 'frozen'
  | 'baking'
  | 'approval'
  | 'done'
  | 'skipped'
  | 'failing'
  | 'returning'
  | 'returned'

export function appearanceOf(
  batch: Batch,
  release: Release | undefined,
  own: ReleaseBatch | undefined,
): BatchAppearance {
  const isHeldHere = release?.state.kind === 'held' && release.state.hold.batch === batch.uid
  if (isHeldHere) return 'failing'
  if (release === undefined || own === undefined || release.change.kind === 'none') {
    return isSerious(failureOf(batch)) ? 'failing' : 'idle'
  }
  const { kind } = own.phase
  switch (kind) {
    case 'waiting': {
      if (release.state.kind === 'ended') return 'idle'
      const next = waitingStep(release) === undefined ? undefined : release.batches[currentIndex(release)]
      return release.state.kind === 'running' && next?.uid === own.uid ? 'approval' : 'waiting'
    }
    case 'patching':
    case 'rolling':
      if (isPausedByUs(own, batch)) return 'frozen'
      return isFailing(release, batch) ? 'failing' : 'rolling'
    case 'baking':
      return isPausedByUs(own, batch) ? 'frozen' : 'baking'
    case 'skipped':
      return 'skipped'
    case 'done':
      return 'done'
    case 'returning':
    case 'rolling-back':
      return isFailing(release, batch) || isHeldBack(own) ? 'failing' : 'returning'
    case 'returned':
      return 'returned'
    case 'stuck':
      return 'failing'
    default:
      return assertNever(kind)
  }
}

/** What we have done, and what the cluster says: both have to be so. */
function isPausedByUs(own: ReleaseBatch, batch: Batch): boolean {
  return own.freeze !== undefined && batch.paused
}

function isHeldBack({ phase }: ReleaseBatch): boolean {
  return phase.kind === 'rolling-back' && phase.hold !== undefined
}

/** A pod that the plan forgives does not make its batch a failing one. */
function isFailing(release: Release, batch: Batch): boolean {
  return batch.trouble?.weight === 'final' && !isExcused(batch, gatesOf(release, batch.uid).tolerance)
}
