import type { Batch } from '../model/batch-set.ts'
import { lastWriter, unrecordedWriter } from './last-writer.ts'
import { findBatch, type Observed } from './observed.ts'
import type { BatchPhase, Effect, Freeze, Release, ReleaseBatch } from './release.ts'
import { earliest, logged, setBatch } from './transitions.ts'
import { waitsUntil } from './settle/tries.ts'

/** Writes of `spec.paused`. `pending`: one is under way or still to be tried, so that nothing goes forward. */
export type Brakes = {
  readonly effects: readonly Effect[]
  readonly wakeAt?: number
  readonly pending: boolean
}

/** What is to be set and cleared by a person's word, one write a batch. */
export function decideFreezes(release: Release, now: number): Brakes {
  const effects: Effect[] = []
  const wakes: (number | undefined)[] = []
  for (const own of release.batches) {
    if (own.freeze === undefined || !isUnwritten(own.freeze) || isClearedOnItsWay(release, own)) continue
    const waits = waitsUntil(own.freeze.retryAt, now)
    if (waits === undefined) effects.push(setPaused(release, own, own.freeze))
    wakes.push(waits)
  }
  const wakeAt = earliest(wakes)
  const pending = effects.length > 0 || wakeAt !== undefined
  return { effects, pending, ...(wakeAt !== undefined && { wakeAt }) }
}

function isUnwritten({ sent, stuck }: Freeze): boolean {
  return !sent && stuck === undefined
}

/** Going back clears it in the same patch; what can't be taken back is cleared by itself. */
function isClearedOnItsWay({ state }: Release, { uid, phase }: ReleaseBatch): boolean {
  if (state.kind !== 'rolling-back' || !state.batches.includes(uid)) return false
  return phase.kind !== 'stuck' && phase.kind !== 'rolling-back' && phase.kind !== 'returned'
}

function setPaused(release: Release, own: ReleaseBatch, { wish }: Freeze): Effect {
  return {
    kind: 'set-paused',
    id: `${release.id}/${own.number}/${wish}`,
    batch: own.uid,
    name: own.name,
    paused: wish === 'freeze',
  }
}

/** Kept still by us, or about to be: nothing moves there, so nothing is judged, and no time limit runs. */
export function isKeptStill({ freeze }: ReleaseBatch, { paused }: Pick<Batch, 'paused'>): boolean {
  return freeze !== undefined && (freeze.stuck === undefined || paused)
}

/** The batch without anything that this release wants of its `spec.paused`. */
function withoutFreeze(own: ReleaseBatch): ReleaseBatch {
  const { freeze, ...rest } = own
  return freeze === undefined ? own : rest
}

export function setFreeze(release: Release, batch: ReleaseBatch['uid'], freeze: Freeze | undefined): Release {
  return {
    ...release,
    batches: release.batches.map((own) => {
      if (own.uid !== batch) return own
      return freeze === undefined ? withoutFreeze(own) : { ...own, freeze }
    }),
  }
}

/**
 * The wish to clear whatever was set, or is being set, on whichever batch. Nothing to clear: nothing to wish. `anew`: a
 * person has said so, and what could not be written is tried once more.
 */
export function thawing(release: Release, anew = false): Release {
  const isMeant = ({ freeze }: ReleaseBatch): boolean =>
    freeze !== undefined && (freeze.wish === 'freeze' || (anew && freeze.stuck !== undefined))
  if (!release.batches.some(isMeant)) return release
  return {
    ...release,
    batches: release.batches.map((own) =>
      isMeant(own) ? { ...own, freeze: { wish: 'thaw', sent: false } } : own,
    ),
  }
}

/** A release that has ended, or goes back, wants nothing paused, however it came there. */
export function wantsNothingPaused({ state: { kind } }: Release): boolean {
  return kind === 'ended' || kind === 'rolling-back'
}

/** Somebody else has cleared it: the batch goes on by their word, and its time begins anew. */
export function seenUnpaused(release: Release, observed: Observed, now: number): Release {
  let next = release
  for (const own of release.batches) {
    const batch = findBatch(observed, own.uid)
    if (batch === undefined || !isContradicted(own, batch)) continue
    next = setFreeze(next, own.uid, undefined)
    if (own.freeze?.wish === 'thaw') continue
    next = setBatch(next, own.uid, { phase: goingOn(own.phase, batch, now) })
    const by = lastWriter(batch.writers, 'paused').manager
    next = logged(next, { at: now, what: 'unpaused', batch: own.uid, ...(by !== unrecordedWriter && { by }) })
  }
  return next
}

/** The release as it is told beside what is observed: nothing is called paused that is not. */
export function asObserved(release: Release, batches: Observed['batches']): Release {
  return release.batches.reduce((next, own) => {
    const batch = findBatch({ batches }, own.uid)
    return batch !== undefined && isContradicted(own, batch) ? setFreeze(next, own.uid, undefined) : next
  }, release)
}

/** Whether a Deployment says that it is not paused, after what we know of our own writes. */
function isContradicted({ freeze }: ReleaseBatch, batch: Pick<Batch, 'paused' | 'generation'>): boolean {
  if (freeze === undefined || batch.paused) return false
  if (freeze.wish === 'thaw') return freeze.stuck !== undefined
  return freeze.sent && batch.generation > (freeze.generation ?? 0)
}

function goingOn(phase: BatchPhase, batch: Batch, now: number): BatchPhase {
  switch (phase.kind) {
    case 'rolling': {
      const { failBy: _, ...rest } = phase
      const { deadlineExceededAt: deadline } = batch
      return { ...rest, progressAt: now, ...(deadline !== undefined && { deadlineBefore: deadline }) }
    }
    case 'baking':
      return { ...phase, since: now }
    default:
      return phase
  }
}
