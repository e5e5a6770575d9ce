import { assertNever } from '../assert-never.ts'
import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch } from '../model/batch-set.ts'
import { isUnwritten } from './answer-return.ts'
import { homeOf, isAtTarget } from './change/change.ts'
import type { Release, ReleaseBatch, RollBackMode } from './release.ts'
import { isTouched } from './standing.ts'

type WayBack = { readonly own: ReleaseBatch; readonly batch: Batch }

/**
 * The batches that a roll back is about now, as they are in the cluster: for the verb, its preview and the terminal.
 * While one is under way these are the batches that would join it, or, where none is left, those that it is about. After
 * the end they are those that still run this release, or one whose place was taken on the way to it: anything else is
 * somebody's later decision.
 */
export function waysBack(release: Release, batches: readonly Batch[]): readonly WayBack[] {
  const ways = possibleWays(release, batches)
  const joining = ways.filter(({ own }) => !isOnItsWay(release, own))
  return joining.length > 0 && !mayHasten(release) ? joining : ways
}

/** Whether a roll back asked for now would do anything that is not done already. */
export function isWorthAsking(release: Release, batches: readonly Batch[]): boolean {
  const ways = possibleWays(release, batches)
  return mayHasten(release) ? ways.length > 0 : ways.some(({ own }) => !isOnItsWay(release, own))
}

function possibleWays(release: Release, batches: readonly Batch[]): readonly WayBack[] {
  if (release.change.kind === 'restore') return []
  return release.batches.filter(isTouched).flatMap((own) => {
    const batch = batches.find((one) => one.uid === own.uid)
    const isGone =
      batch === undefined || (release.state.kind === 'ended' && !isStillOurs(release, own, batch))
    return isGone ? [] : [{ own, batch }]
  })
}

/** One that goes batch by batch. */
function mayHasten({ state }: Release): boolean {
  return state.kind === 'rolling-back' && state.mode === 'batch-by-batch'
}

/** How it may be asked for: those that join others which go back at once go as well. */
export function modesBack({ state }: Release): readonly RollBackMode[] {
  return state.kind === 'rolling-back' ? ['at-once'] : ['at-once', 'batch-by-batch']
}

/** Whether nothing more would come of asking for it again: it goes back, or did as far as it could. */
export function isOnItsWay({ state }: Release, { uid, phase }: ReleaseBatch): boolean {
  return state.kind === 'rolling-back' && state.batches.includes(uid) && !isUnwritten(phase)
}

function isStillOurs(release: Release, own: ReleaseBatch, batch: Batch): boolean {
  const before = [own.start?.templateDigest, own.startsFrom]
  if (before.some((digest) => digest !== own.baseline.templateDigest && hasTemplate(batch, digest)))
    return true
  const { phase } = own
  switch (phase.kind) {
    case 'rolling':
    case 'baking':
    case 'done':
      return hasTemplate(batch, phase.digest)
    case 'returning':
    case 'rolling-back':
    case 'returned':
      return !hasTemplate(batch, homeOf(release, own).digest)
    case 'stuck':
      if (phase.why.kind === 'foreign') return isAtTarget(release, own, batch)
      // Its template is back and somebody had paused it: a roll back clears that as well.
      return batch.paused || !hasTemplate(batch, homeOf(release, own).digest)
    case 'waiting':
    case 'patching':
    case 'skipped':
      return isAtTarget(release, own, batch)
    default:
      return assertNever(phase)
  }
}
