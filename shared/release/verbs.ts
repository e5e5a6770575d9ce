import { assertNever } from '../assert-never.ts'
import type { Uid } from '../ids.ts'
import type { Batch } from '../model/batch-set.ts'
import { hasTemplate } from '../k8s/template-digest.ts'
import { findBatch, type Observed } from './observed.ts'
import { isStranded, strandedBatch } from './answer-return.ts'
import type { Release, ReleaseBatch } from './release.ts'
import type { Hold } from './hold.ts'
import type { OffSentence } from './off-sentence.ts'
import {
  asksAfter,
  batchAfter,
  isBraked,
  isFrozen,
  isInProgress,
  isResizing,
  isTouched,
  currentIndex,
  stepBefore,
  waitingStep,
} from './standing.ts'
import { isWorthAsking } from './ways-back.ts'

export type SteeringVerb = (typeof steeringVerbs)[number]

export type VerbName = SteeringVerb | 'take-over'

/**
 * Why a verb makes no sense now, or undefined when it does. The page and `command` use the same answer. `batch` is
 * the one that skip, retry, adopt and restore are about; without it, the one that they would be offered for.
 */
export function whyNot(
  verb: SteeringVerb,
  release: Release,
  seen: Observed & { readonly batch?: Uid },
): OffSentence | undefined {
  const state = release.state.kind
  switch (verb) {
    case 'pause':
      return whyNotSteered(release) ?? pauseIn(state)
    case 'freeze':
      return whyNotSteered(release) ?? whyNotFreeze(release, seen)
    case 'resume':
      return (
        whyNotSteered(release) ??
        (state === 'running' && !isBraked(release) ? { kind: 'off-running' } : whyHeldAgain(release, seen))
      )
    case 'approve':
      return whyNotApprove(release, seen)
    case 'push-all':
      if (seen.freshness.kind !== 'live') return { kind: 'off-stale' }
      return whyNotGoOn(release) ?? (gatesLeft(release).length === 0 ? { kind: 'off-last-batch' } : undefined)
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      if (seen.freshness.kind !== 'live') return { kind: 'off-stale' }
      if (isAnsweredOnTheWayBack(verb, release, seen.batch ?? subjectOf(verb, release))) return undefined
      return (
        whyNotSteered(release) ??
        whyNotBatch(verb, release, { ...seen, batch: seen.batch ?? subjectOf(verb, release) })
      )
    case 'stop':
      return state === 'ended' ? { kind: 'off-ended' } : undefined
    case 'roll-back':
      return whyNotBack(release, seen)
    default:
      return assertNever(verb)
  }
}

/** What a release is held for and is still so would hold it again at once: going on then is a promise of nothing. */
function whyHeldAgain({ state, batches: own }: Release, seen: Observed): OffSentence | undefined {
  if (state.kind !== 'held') return undefined
  const { hold } = state
  if (seen.freshness.kind !== 'live') return isToldByLooking(hold) ? { kind: 'off-stale' } : undefined
  const batch = findBatch(seen, hold.batch)
  const number = own.find(({ uid }) => uid === hold.batch)?.number ?? 0
  return isStillSo(hold, batch, seen) ? { kind: 'off-still-so', batch: number, hold: hold.kind } : undefined
}

/** Whether it is still so can't be known without looking. */
function isToldByLooking(hold: Hold): boolean {
  const { kind } = hold
  return isOutside(hold) || kind === 'service-gone' || kind === 'batch-paused' || kind === 'foreign'
}

function isStillSo(hold: Hold, batch: Batch | undefined, { service }: Observed): boolean {
  switch (hold.kind) {
    case 'gone':
      return batch === undefined || batch.deleting
    case 'unselected':
      return batch?.unselected === true
    case 'service-gone':
      return !service
    case 'batch-paused':
      return batch?.paused === true
    case 'foreign':
      return hold.digest !== undefined && batch !== undefined && hasTemplate(batch, hold.digest)
    // What may pass by itself, or by one more try.
    case 'pods':
    case 'restarts':
    case 'gate':
    case 'deadline':
    case 'regressed':
    case 'refused':
    case 'given-up':
      return false
    default:
      return assertNever(hold)
  }
}

function whyNotBack(release: Release, { batches }: Observed): OffSentence | undefined {
  if (release.change.kind === 'restore') return { kind: 'off-restore' }
  if (isWorthAsking(release, batches)) return undefined
  if (release.state.kind === 'rolling-back') return { kind: 'off-rolling-back' }
  if (release.batches.some(isTouched)) return { kind: 'off-nothing-left' }
  return { kind: hasChangedSizes(release) ? 'off-sizes-changed' : 'off-nothing-changed' }
}

/** A size that was tried may have been written, though nobody was told. */
function hasChangedSizes({ resize }: Release): boolean {
  return (
    resize?.targets.some((target) => target.sent || target.asked === true || target.tried !== undefined) ??
    false
  )
}

function whyNotSteered(release: Release): OffSentence | undefined {
  if (release.state.kind === 'ended') return { kind: 'off-ended' }
  return release.state.kind === 'rolling-back' ? { kind: 'off-rolling-back' } : undefined
}

function pauseIn(state: Release['state']['kind']): OffSentence | undefined {
  if (state === 'running') return undefined
  return { kind: state === 'held' ? 'off-held' : 'off-paused' }
}

function whyNotFreeze(release: Release, seen: Observed): OffSentence | undefined {
  const uid = inProgress(release)
  const own = release.batches.find((one) => one.uid === uid)
  const batch = seen.batches.find((one) => one.uid === uid)
  // A Deployment that is gone has nothing left to be paused.
  if (own === undefined || batch === undefined) return { kind: 'off-nothing-in-progress' }
  // Also by somebody else's word: it is not ours to be cleared then.
  return isFrozen(own) || batch.paused ? { kind: 'off-frozen' } : undefined
}

/** The batch whose pods are being exchanged: the one that freezing is about. */
export function inProgress(release: Release): Uid | undefined {
  return release.batches.find(({ phase }) => isInProgress(phase))?.uid
}

/** There is no Deployment of this batch any more, or no traffic by the Service reaches it. */
export function isOutside({ kind }: Hold): boolean {
  return kind === 'gone' || kind === 'unselected'
}

/** Of a batch that does not come back, and that somebody waits for or could not write. */
function isAnsweredOnTheWayBack(verb: BatchVerb, release: Release, batch: Uid | undefined): boolean {
  if (batch === undefined || !isStranded(release, batch)) return false
  const isWritten = release.batches.some(({ uid, phase }) => uid === batch && phase.kind === 'rolling-back')
  return verb === 'retry' || (verb === 'skip' && isWritten)
}

export type BatchVerb = 'retry' | 'skip' | 'adopt' | 'restore'

/** Whom a verb about one batch is offered for: the batch that holds the release, else the next one. */
export function subjectOf(verb: BatchVerb, release: Release): Uid | undefined {
  if (release.state.kind === 'held') return release.state.hold.batch
  if (release.state.kind === 'rolling-back')
    return verb === 'retry' || verb === 'skip' ? strandedBatch(release, verb) : undefined
  return verb === 'skip' ? release.batches[currentIndex(release)]?.uid : undefined
}

function whyNotBatch(
  verb: BatchVerb,
  release: Release,
  seen: Observed & { readonly batch: Uid | undefined },
): OffSentence | undefined {
  const { batch, batches } = seen
  const own = release.batches.find((one) => one.uid === batch)
  if (own === undefined) return { kind: 'off-no-such-batch' }
  const hold: Hold | undefined =
    release.state.kind === 'held' && release.state.hold.batch === batch ? release.state.hold : undefined
  switch (verb) {
    case 'retry':
      return hold === undefined ? { kind: 'off-not-held', batch: own.number } : whyHeldAgain(release, seen)
    case 'skip':
      // What another batch gives up would be gone: a size is not left out, it is reached or stopped. Only where there
      // is nothing to be sized any more it can be neither.
      if (isResizing(release) && hold !== undefined)
        return isOutside(hold) ? undefined : { kind: 'off-resizing' }
      if (release.change.kind === 'none') return { kind: 'off-resizing' }
      if (own.phase.kind === 'skipped') return { kind: 'off-skipped', batch: own.number }
      if (own.phase.kind === 'done' && hold === undefined) return { kind: 'off-done', batch: own.number }
      return own.phase.kind === 'waiting' || hold !== undefined
        ? undefined
        : { kind: 'off-in-progress', batch: own.number }
    case 'adopt':
      if (hold?.kind !== 'foreign' && (hold?.kind !== 'gone' || hold.again === undefined))
        return { kind: 'off-not-foreign', batch: own.number }
      // Held for it, and deleted since: there is nothing to be kept.
      return batches.some(({ uid }) => uid === (hold.kind === 'gone' ? hold.again : batch))
        ? undefined
        : { kind: 'off-no-such-batch' }
    case 'restore':
      return (hold?.kind === 'foreign' && hold.digest !== undefined) || hold?.kind === 'batch-paused'
        ? undefined
        : { kind: 'off-not-foreign', batch: own.number }
    default:
      return assertNever(verb)
  }
}

function whyNotGoOn(release: Release): OffSentence | undefined {
  switch (release.state.kind) {
    case 'ended':
      return { kind: 'off-ended' }
    case 'rolling-back':
      return { kind: 'off-rolling-back' }
    case 'paused':
      return { kind: 'off-paused' }
    case 'held':
      return { kind: 'off-held' }
    case 'running':
      return undefined
    default:
      return assertNever(release.state)
  }
}

function whyNotApprove(release: Release, seen: Observed): OffSentence | undefined {
  const off = whyNotGoOn(release)
  if (off !== undefined) return off
  if (seen.freshness.kind !== 'live') return { kind: 'off-stale' }
  if (waitingStep(release) !== undefined) return undefined
  const next = gatesLeft(release)[0]
  const own = next === undefined ? undefined : release.batches[next]
  if (own === undefined) return { kind: 'off-last-batch' }
  if (isResizing(release)) return { kind: 'off-resizing' }
  const batch = seen.batches.find((one) => one.uid === own.uid)
  return {
    kind: 'off-not-waiting',
    batch: own.number,
    ready: Math.min(batch?.updated ?? 0, batch?.servingNew ?? 0),
    desired: batch?.desired ?? 0,
  }
}

/** Plan steps whose gate still asks for a person; the last batch's gate leads nowhere. */
export function gatesLeft(release: Release): readonly number[] {
  return release.plan.steps
    .map((_, step) => step)
    .filter((step) => asksAfter(release, step) && leadsOn(release, step))
    .filter((step) => !release.approved.includes(step))
}

/** Not to a batch that has begun, nor where another gate stands before the next one: that one is asked at. */
function leadsOn(release: Release, step: number): boolean {
  const next = batchAfter(release, step)
  if (next === undefined || hasBegun(next)) return false
  return stepBefore(release, release.batches.indexOf(next)) === step
}

function hasBegun({ phase: { kind } }: ReleaseBatch): boolean {
  return kind === 'patching' || kind === 'rolling' || kind === 'baking' || kind === 'done'
}
/** What steers a release that is driven, in the order in which it is offered. */
export const steeringVerbs = [
  'approve',
  'push-all',
  'pause',
  'resume',
  'freeze',
  'retry',
  'skip',
  'adopt',
  'restore',
  'stop',
  'roll-back',
] as const
