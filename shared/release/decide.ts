import { assertNever } from '../assert-never.ts'
import type { Batch } from '../model/batch-set.ts'
import { forwardEffect, isAtTarget } from './change/change.ts'
import { approvalGate } from './approval-gate.ts'
import { decideFreezes, seenUnpaused, setFreeze, thawing, wantsNothingPaused } from './decide-freeze.ts'
import { decideResize } from './decide-resize.ts'
import { decideRollBack, stepBack } from './decide-roll-back.ts'
import { holdFor } from './settle/hold-for.ts'
import { isSeeingOut, seeingOut } from './settle/in-doubt.ts'
import { knownOf } from './start/known-of.ts'
import { lastWriter } from './last-writer.ts'
import { findBatch, goneHold, type Observed } from './observed.ts'
import { foreign, lookAtBatch, rollingPhase, type Inspection } from './progress.ts'
import { waitingAgain, withKnownStart } from './waiting-again.ts'
import type { Effect, Release, ReleaseBatch } from './release.ts'
import type { Hold } from './hold.ts'
import { currentIndex, isTouched, stepBefore } from './standing.ts'
import { earliest, held, logged, replaceBatch, setBatch, setPhase, type Decision } from './transitions.ts'
import { waitsUntil } from './settle/tries.ts'
import { unwatched } from './unwatched.ts'

/**
 * Looks at everything and says what is to be done next. Pure: unchanged input gives unchanged output, so that a
 * missed, doubled or reordered event can't break it. The release it returns holds the intent of its effects and
 * has to be journaled before they are executed.
 */
export function decide(release: Release, observed: Observed, now: number): Decision {
  return seeingOut(release, decideOn(release, observed, now), now)
}

function decideOn(before: Release, observed: Observed, now: number): Decision {
  const isLive = observed.freshness.kind === 'live'
  const seen = isLive ? seenUnpaused(before, observed, now) : unwatched(before)
  const release = wantsNothingPaused(seen) ? thawing(seen) : seen
  // A brake, and its release, work on stale data too: the write reads first.
  const { pending, ...brakes } = decideFreezes(release, now)
  switch (release.state.kind) {
    case 'ended':
      return { release, ...brakes }
    case 'rolling-back':
      // What is taken back does not wait for a batch that is not.
      return both({ release, ...brakes }, decideRollBack(release, release.state, { observed, now }))
    case 'running':
    case 'paused':
    case 'held':
      if (pending) return { release, ...brakes }
      // No gate opens on stale data, and nothing is judged by it.
      return isLive ? decideForward(release, observed, now) : { release, effects: [] }
    default:
      return assertNever(release.state)
  }
}

function decideForward(release: Release, observed: Observed, now: number): Decision {
  if (!observed.service) {
    const batch = (release.batches[currentIndex(release)] ?? release.batches[0])?.uid
    if (batch === undefined) return { release, effects: [] }
    return { release: held(release, { kind: 'service-gone', batch }, now), effects: [] }
  }
  let next: Release = withScaling(release, observed, now)
  const wakes: (number | undefined)[] = []
  const holds: Hold[] = []
  const effects: Effect[] = []
  for (const found of next.batches) {
    const seen = findBatch(observed, found.uid)
    const own = isDone(next, found, seen) ? found : withKnownStart(found, seen)
    if (own !== found) next = replaceBatch(next, own)
    const { effect, startsFrom, ...look } = restoring(own)
      ? back(next, own, { observed, now })
      : { ...judge(next, own, { observed, now }), effect: undefined, startsFrom: undefined }
    if (effect !== undefined) effects.push(effect)
    next = moved(next, own, { look, now })
    if (startsFrom !== undefined) next = setBatch(next, own.uid, { startsFrom })
    wakes.push(look.wakeAt)
    if (look.hold !== undefined) holds.push(look.hold)
  }
  const wakeAt = earliest(wakes)
  // What the plan itself has an answer for goes first, then what a person decides about: it has to be as it is now.
  const about = next.state.kind === 'held' ? next.state.hold.batch : undefined
  const hold =
    holds.find((one) => isAnsweredByPlan(next, one)) ?? holds.find(({ batch }) => batch === about) ?? holds[0]
  if (hold !== undefined) return { release: answered(next, hold, now), effects }
  if (effects.length > 0 || next.state.kind !== 'running' || isSeeingOut(next))
    return withWake({ release: next, effects }, wakeAt)
  if (next.resize !== undefined && next.resize.phase !== 'done') {
    return withWake(decideResize(next, next.resize, { observed, now }), wakeAt)
  }
  return withWake(advance(next, observed, now), wakeAt)
}

/** Found as this release wants it, whatever else it may be. */
function isDone(release: Release, own: ReleaseBatch, batch: Batch | undefined): boolean {
  return batch !== undefined && own.phase.kind === 'patching' && isAtTarget(release, own, batch)
}

type Seen = { readonly observed: Observed; readonly now: number }

function judge(release: Release, own: ReleaseBatch, { observed, now }: Seen): Inspection {
  const look = lookAtBatch(release, own, { batch: findBatch(observed, own.uid), now })
  return look.hold?.kind === 'gone' ? { ...look, hold: goneHold(own.uid, release, observed) } : look
}

/** A batch that is taken back to where it began, because a person said so, while the release goes on. */
function restoring(own: ReleaseBatch): boolean {
  const { kind } = own.phase
  return kind === 'returning' || kind === 'rolling-back' || kind === 'returned' || kind === 'stuck'
}

function back(
  release: Release,
  own: ReleaseBatch,
  seen: Seen,
): Inspection & { readonly effect: Effect | undefined; readonly startsFrom?: string } {
  const batch = findBatch(seen.observed, own.uid)
  if (batch === undefined)
    return { phase: own.phase, effect: undefined, hold: goneHold(own.uid, release, seen.observed) }
  const { phase, effect, wakeAt } = stepBack(release, own, seen)
  if (phase.kind === 'stuck' && release.state.kind === 'running') {
    // It could not be put back. A person decides, about what is there by now.
    const hold = phase.why.kind === 'foreign' ? foreign(batch) : holdFor(own, phase.why)
    return { phase: { kind: 'waiting' }, effect: undefined, hold }
  }
  // In a release that is held it stays returned until a person says: try again.
  if (phase.kind === 'returned' && release.state.kind === 'running')
    return { ...waitingAgain(release, { ...own, phase }), effect }
  const hold = phase.kind === 'rolling-back' ? phase.hold : undefined
  return { phase, effect, ...(hold !== undefined && { hold }), ...(wakeAt !== undefined && { wakeAt }) }
}

function moved(
  release: Release,
  own: ReleaseBatch,
  { look, now }: { look: Inspection; now: number },
): Release {
  if (look.phase === own.phase) return release
  const next = setPhase(release, own, look.phase)
  switch (look.phase.kind) {
    case 'baking':
      // It goes on with the same bake.
      if (own.phase.kind === 'baking' && own.phase.since === look.phase.since) return next
      return logged(next, { at: now, what: 'batch-ready', batch: own.uid })
    case 'done':
      return own.phase.kind === 'done' ? next : logged(next, { at: now, what: 'batch-done', batch: own.uid })
    default:
      return next
  }
}

/** Somebody (an autoscaler, a colleague) wants other sizes: told, and accepted. */
function withScaling(release: Release, observed: Observed, now: number): Release {
  let next = release
  for (const own of release.batches) {
    const batch = findBatch(observed, own.uid)
    if (batch === undefined || batch.desired === own.replicas) continue
    next = setBatch(next, own.uid, { replicas: batch.desired })
    if (release.resize?.targets.some((one) => one.batch === own.uid && one.to === batch.desired)) continue
    const by = lastWriter(batch.writers, 'replicas').manager
    const event = {
      at: now,
      what: 'scaled',
      batch: own.uid,
      by,
      from: own.replicas,
      to: batch.desired,
    } as const
    next = logged(next, event)
  }
  return next
}

/**
 * A failing batch, in a release that nobody has halted: it runs, or waits for a person because of something else, such
 * as a batch that has lost pods. What it waits for must not keep the plan from what it was made for.
 */
function isAnsweredByPlan({ state, plan }: Release, hold: Hold): boolean {
  if (plan.onFailure === 'pause' || !isFailure(hold)) return false
  return state.kind === 'running' || (state.kind === 'held' && !isFailure(state.hold))
}

function isFailure({ kind }: Hold): boolean {
  return kind === 'pods' || kind === 'restarts' || kind === 'gate' || kind === 'deadline'
}

/** Held, or taken back by the plan's own word if that is how it answers a failing batch. */
function answered(release: Release, hold: Hold, now: number): Release {
  if (!isAnsweredByPlan(release, hold)) return held(release, hold, now)
  const { onFailure } = release.plan
  const touched = release.batches.filter(isTouched).map((own) => own.uid)
  const one = onFailure === 'roll-back-batch'
  const state = {
    kind: 'rolling-back',
    since: now,
    by: '',
    mode: onFailure === 'roll-back-batch-by-batch' ? 'batch-by-batch' : 'at-once',
    batches: one ? [hold.batch] : touched,
    because: hold,
    then: one ? 'hold' : 'end',
  } as const
  const told = logged({ ...release, state }, { at: now, what: 'held', batch: hold.batch, hold })
  return logged(told, { at: now, what: 'roll-back' })
}

/** Starts the next batch if everything before it is passed and its gate is open. */
function advance(release: Release, observed: Observed, now: number): Decision {
  const index = currentIndex(release)
  const own = release.batches[index]
  if (own === undefined || release.change.kind === 'none')
    return { release: ended(release, now), effects: [] }
  const batch = findBatch(observed, own.uid)
  if (batch === undefined) return { release, effects: [] }
  switch (own.phase.kind) {
    case 'waiting': {
      // Pods are exchanged in one batch at a time, also where it gets back what it had.
      if (release.batches.some(restoring)) return { release, effects: [] }
      const step = stepBefore(release, index)
      if (step !== undefined && approvalGate(release, step).kind !== 'open') return { release, effects: [] }
      if (own.freeze !== undefined && own.freeze.stuck === undefined) {
        // Kept still by us since another release was here, until now.
        const thawed = setFreeze(release, own.uid, { wish: 'thaw', sent: false })
        return { release: thawed, effects: decideFreezes(thawed, now).effects }
      }
      if (batch.paused) {
        // Cleared by us, and not seen to be: what is there now will be seen in a moment.
        if (batch.generation < (own.phase.generation ?? 0)) return { release, effects: [] }
        const writer = lastWriter(batch.writers, 'paused')
        return {
          release: held(release, { kind: 'batch-paused', batch: own.uid, ...writer }, now),
          effects: [],
        }
      }
      const started = logged(release, { at: now, what: 'batch-started', batch: own.uid })
      if (isAtTarget(release, own, batch)) {
        // Already at the target: a patch would change nothing, and we would wait for a change that never comes.
        const { forgives } = own.phase
        const rolling = rollingPhase(batch, { since: now, ...knownOf(batch) }, now)
        const next = { ...rolling, ...(forgives !== undefined && { forgives }) }
        return decideForward(setPhase(started, own, next), observed, now)
      }
      const intent = { kind: 'patching', attempt: 1, since: now, ...knownOf(batch) } as const
      return {
        release: setPhase(started, own, intent),
        effects: [forwardEffect(release, own, { batch, attempt: 1 })],
      }
    }
    case 'patching': {
      const wakeAt = waitsUntil(own.phase.retryAt, now)
      if (wakeAt !== undefined) return { release, effects: [], wakeAt }
      return { release, effects: [forwardEffect(release, own, { batch, attempt: own.phase.attempt })] }
    }
    default:
      return { release, effects: [] }
  }
}

function ended(release: Release, now: number): Release {
  return logged(
    { ...release, state: { kind: 'ended', at: now, outcome: 'done' } },
    { at: now, what: 'ended' },
  )
}

function both(first: Decision, second: Decision): Decision {
  const effects = [...first.effects, ...second.effects]
  return withWake({ ...second, effects }, first.wakeAt)
}

function withWake(decision: Decision, wakeAt: number | undefined): Decision {
  const first = earliest([decision.wakeAt, wakeAt])
  return first === undefined ? decision : { ...decision, wakeAt: first }
}
