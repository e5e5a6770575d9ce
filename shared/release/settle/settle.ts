import { assertNever } from '../../assert-never.ts'
import { setFreeze, wantsNothingPaused } from '../decide-freeze.ts'
import { holdFor } from './hold-for.ts'
import { doubted, withoutDoubt, withoutLate } from './in-doubt.ts'
import type { Effect, EffectResult, Refusal, Release, ReleaseBatch, Tried } from '../release.ts'
import { settleSeeOut } from './settle-see-out.ts'
import { held, logged, replaceBatch, setBatch, setPhase } from '../transitions.ts'
import { nextTry, type NextTry } from './tries.ts'

/** Writes into the release what came of an effect. */
export function settle(
  release: Release,
  effect: Effect,
  { result, now }: { readonly result: EffectResult; readonly now: number },
): Release {
  const found = release.batches.find((batch) => batch.uid === effect.batch)
  if (found === undefined) return release
  if (effect.kind === 'see-out') return settleSeeOut(release, found, { result, now })
  // Answered, and the generation has moved by it: whatever was sent before can only fail.
  const isSeenOut = effect.inDoubt === true && (result.kind === 'done' || result.kind === 'gone')
  const own = isSeenOut ? withoutLate(withoutDoubt(found)) : found
  return settleWrite(isSeenOut ? replaceBatch(release, own) : release, own, { effect, result, now })
}

function settleWrite(
  release: Release,
  own: ReleaseBatch,
  { effect, result, now }: Outcome & { readonly effect: Exclude<Effect, { readonly kind: 'see-out' }> },
): Release {
  switch (effect.kind) {
    case 'set-images':
      return settleForward(release, own, { result, now })
    case 'set-template':
      return effect.way === 'forward'
        ? settleForward(release, own, { result, now })
        : settleBack(release, own, { result, now })
    case 'set-replicas':
      return settleSize(release, own, { result, now })
    case 'set-paused':
      return settleFreeze(release, own, { result, now, paused: effect.paused })
    default:
      return assertNever(effect)
  }
}

type Outcome = { readonly result: EffectResult; readonly now: number }

function settleForward(release: Release, own: ReleaseBatch, { result, now }: Outcome): Release {
  const { phase } = own
  if (phase.kind !== 'patching') return release
  switch (result.kind) {
    case 'done':
      return setPhase(release, own, {
        kind: 'rolling',
        since: phase.since,
        generation: result.generation,
        digest: result.digest,
        highWater: 0,
        progressAt: now,
        restartsBefore: 0,
        ...(phase.restarts !== undefined && { restarts: phase.restarts }),
        ...(phase.deadlineBefore !== undefined && { deadlineBefore: phase.deadlineBefore }),
      })
    case 'unknown': {
      const next = triedAgain(release, phase, { result, now })
      // Held in the middle of its write: the next look may still find that it was done.
      if (next.kind === 'over') return held(release, holdFor(own, next.why), now)
      return setPhase(release, own, { ...phase, attempt: phase.attempt + 1, ...next.parts })
    }
    case 'refused':
      // An earlier try was not answered, and may still land: this one alone was refused.
      if (phase.attempt > 1) return held(release, holdFor(own, result), now)
      return held(setPhase(release, own, { kind: 'waiting' }), holdFor(own, result), now)
    case 'foreign':
    case 'gone':
    case 'paused':
      return held(setPhase(release, own, { kind: 'waiting' }), holdFor(own, result), now)
    default:
      return assertNever(result)
  }
}

function settleBack(release: Release, own: ReleaseBatch, { result, now }: Outcome): Release {
  const { phase } = own
  if (phase.kind !== 'returning') return release
  switch (result.kind) {
    case 'done':
      // The same patch has cleared `spec.paused`.
      return setPhase(setFreeze(release, own.uid, undefined), own, {
        kind: 'rolling-back',
        since: phase.since,
        generation: result.generation,
        digest: result.digest,
        ...(phase.to !== undefined && { to: phase.to }),
      })
    case 'unknown': {
      const next = triedAgain(release, phase, { result, now })
      // It may be taken back yet, by a try that was not answered: whoever goes forward again has to see it out first.
      if (next.kind === 'over')
        return setBatch(release, own.uid, {
          phase: { kind: 'stuck', why: next.why, at: now },
          inDoubt: { since: now, left: next.why },
        })
      return setPhase(release, own, { ...phase, attempt: phase.attempt + 1, ...next.parts })
    }
    case 'refused':
      return setBatch(release, own.uid, {
        phase: { kind: 'stuck', why: result, at: now },
        ...(phase.attempt > 1 && { inDoubt: own.inDoubt ?? { since: now } }),
      })
    case 'foreign':
    case 'gone':
    case 'paused':
      return setPhase(release, own, { kind: 'stuck', why: result, at: now })
    default:
      return assertNever(result)
  }
}

function settleSize(release: Release, own: ReleaseBatch, { result, now }: Outcome): Release {
  switch (result.kind) {
    case 'done':
      return changeTarget(release, own, ({ tried: _, retryAt: __, asked: ___, ...target }) => ({
        ...target,
        sent: true,
        generation: result.generation,
      }))
    case 'unknown': {
      const before = release.resize?.targets.find((target) => target.batch === own.uid)
      const next = triedAgain(release, before ?? {}, { result, now })
      if (next.kind === 'over') return held(release, holdFor(own, next.why), now)
      return changeTarget(release, own, (target) => ({ ...target, ...next.parts }))
    }
    case 'foreign': {
      // About the size, not about what the pods run: no template is the question.
      const { manager, at } = result
      return held(release, { kind: 'foreign', batch: own.uid, manager, at }, now)
    }
    case 'gone':
    case 'paused':
    case 'refused':
      return held(release, holdFor(own, result), now)
    default:
      return assertNever(result)
  }
}

function settleFreeze(
  release: Release,
  own: ReleaseBatch,
  { result, now, paused }: Outcome & { readonly paused: boolean },
): Release {
  const { freeze } = own
  // Another word has been given since.
  if (freeze === undefined || freeze.sent || (freeze.wish === 'freeze') !== paused) return release
  switch (result.kind) {
    case 'done': {
      const { generation } = result
      return paused
        ? setFreeze(release, own.uid, { wish: 'freeze', sent: true, generation })
        : setFreeze(seenFrom(release, own, generation), own.uid, undefined)
    }
    case 'unknown': {
      // What a release leaves behind is cleared however long that takes: nobody is kept waiting for it.
      const limit = wantsNothingPaused(release) ? { limitSeconds: Infinity } : {}
      const next = triedAgain(release, freeze, { result, now, ...limit })
      if (next.kind === 'over') return stuckBrake(release, own, { why: next.why, now })
      const { refused: _, ...rest } = freeze
      return setFreeze(release, own.uid, { ...rest, ...next.parts })
    }
    case 'gone':
      // Nothing is left to be paused. The next look finds out what this means for the release.
      return setFreeze(release, own.uid, undefined)
    case 'refused': {
      // Nobody is there any more to try it once more: what a webhook denies now it may let pass in a minute.
      const failure = { kind: 'unknown', message: result.message } as const
      const next = wantsNothingPaused(release)
        ? triedAgain(release, freeze, { result: failure, now })
        : undefined
      return next?.kind === 'again'
        ? setFreeze(release, own.uid, { ...freeze, ...next.parts, refused: true })
        : stuckBrake(release, own, { why: result, now })
    }
    case 'foreign':
    case 'paused':
      return stuckBrake(release, own, { why: result, now })
    default:
      return assertNever(result)
  }
}

/**
 * `spec.paused` stays as it is, and that is told. Nothing else is kept waiting for it: a batch that could not be paused
 * goes on; one that is still paused holds a release that was to go on, and undoes no way back, and no end.
 */
function stuckBrake(
  release: Release,
  own: ReleaseBatch,
  { why, now }: { readonly why: Refusal; readonly now: number },
): Release {
  const wish = own.freeze?.wish ?? 'thaw'
  const next = setFreeze(withTriesInDoubt(release, own, { why, now }), own.uid, {
    wish,
    sent: false,
    stuck: why,
  })
  if (wish === 'freeze') return next
  const hold = holdFor(own, why)
  return wantsNothingPaused(release)
    ? logged(next, { at: now, what: 'held', batch: own.uid, hold })
    : held(next, hold, now)
}

/** A try before the last one may have been done, or may yet be. */
function withTriesInDoubt(
  release: Release,
  own: ReleaseBatch,
  { why, now }: { readonly why: Refusal; readonly now: number },
): Release {
  if (why.kind === 'given-up') return setBatch(release, own.uid, { inDoubt: { since: now, left: why } })
  const isKnown = own.freeze?.tried === undefined || own.freeze.refused === true
  return isKnown ? release : doubted(release, own, now)
}

type Again = {
  readonly kind: 'again'
  readonly parts: { readonly retryAt: number; readonly tried?: Tried }
}

/** Another try of a write, or its end, by the limit that the plan gives a batch. */
function triedAgain(
  release: Release,
  { tried }: { readonly tried?: Tried },
  {
    result,
    now,
    limitSeconds = release.plan.batchLimitSeconds,
  }: {
    readonly result: Extract<EffectResult, { kind: 'unknown' }>
    readonly now: number
    readonly limitSeconds?: number
  },
): Again | Extract<NextTry, { kind: 'over' }> {
  const next = nextTry(tried, result, { now, limitSeconds })
  if (next.kind === 'over') return next
  const { kind, ...parts } = next
  return { kind, parts }
}

/** What was observed before this generation still says paused, and must not be judged. */
function seenFrom(release: Release, own: ReleaseBatch, generation: number): Release {
  const { phase } = own
  switch (phase.kind) {
    case 'waiting':
    case 'rolling':
    case 'baking':
    case 'done':
      return setBatch(release, own.uid, { phase: { ...phase, generation } })
    default:
      return release
  }
}

type Target = NonNullable<Release['resize']>['targets'][number]

function changeTarget(release: Release, own: ReleaseBatch, change: (target: Target) => Target): Release {
  if (release.resize === undefined) return release
  const targets = release.resize.targets.map((target) => (target.batch === own.uid ? change(target) : target))
  return { ...release, resize: { ...release.resize, targets } }
}
