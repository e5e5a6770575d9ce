import { assertNever } from '../assert-never.ts'
import type { Freshness } from '../model/freshness.ts'
import type { SteeringVerb } from '../model/pipeline.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Release } from './release.ts'
import type { Sentence } from './sentence.ts'
import { currentIndex, isResizing, isTouched, waitingStep } from './standing.ts'

/** Why a verb makes no sense now, or undefined when it does. The page and `command` use the same answer. */
export function whyNot(
  verb: SteeringVerb,
  release: Release,
  seen: { readonly freshness: Freshness; readonly batches: readonly Batch[] },
): Sentence | undefined {
  const state = release.state.kind
  switch (verb) {
    case 'pause':
      if (state === 'ended') return { kind: 'off-ended' }
      if (state === 'rolling-back') return { kind: 'off-rolling-back' }
      return state === 'running' ? undefined : { kind: state === 'held' ? 'off-held' : 'off-paused' }
    case 'resume':
      if (state === 'ended') return { kind: 'off-ended' }
      if (state === 'rolling-back') return { kind: 'off-rolling-back' }
      return state === 'running' ? { kind: 'off-running' } : undefined
    case 'approve':
      return whyNotApprove(release, seen)
    case 'push-all':
      if (seen.freshness.kind !== 'live') return { kind: 'off-stale' }
      return whyNotGoOn(release) ?? (gatesLeft(release).length === 0 ? { kind: 'off-last-batch' } : undefined)
    case 'stop':
      return state === 'ended' ? { kind: 'off-ended' } : undefined
    case 'roll-back':
      // One that goes batch by batch may still be hastened.
      if (release.state.kind === 'rolling-back' && release.state.mode === 'at-once')
        return { kind: 'off-rolling-back' }
      return release.batches.some(isTouched) ? undefined : { kind: 'off-nothing-changed' }
    default:
      return assertNever(verb)
  }
}

function whyNotGoOn(release: Release): Sentence | undefined {
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

function whyNotApprove(
  release: Release,
  seen: { readonly freshness: Freshness; readonly batches: readonly Batch[] },
): Sentence | undefined {
  const off = whyNotGoOn(release)
  if (off !== undefined) return off
  if (seen.freshness.kind !== 'live') return { kind: 'off-stale' }
  if (waitingStep(release) !== undefined) return undefined
  if (isResizing(release)) return { kind: 'off-resizing' }
  const index = currentIndex(release)
  const own = release.batches[index]
  if (own === undefined || index === release.batches.length - 1) return { kind: 'off-last-batch' }
  const batch = seen.batches.find((one) => one.uid === own.uid)
  return {
    kind: 'off-not-waiting',
    batch: own.number,
    ready: Math.min(batch?.updated ?? 0, batch?.servingNew ?? 0),
    desired: batch?.desired ?? 0,
  }
}

/** Plan steps whose approval gate still asks for a person; the last batch's gate leads nowhere. */
export function gatesLeft(release: Release): readonly number[] {
  return release.plan.steps
    .map((step, index) => ({ step, index }))
    .filter(({ step, index }) => step.gates.approval && index < release.plan.steps.length - 1)
    .filter(({ index }) => !release.approved.includes(index))
    .map(({ index }) => index)
}
