import { assertNever } from '../assert-never.ts'
import { thawed } from './decide-freeze.ts'
import { holdFor } from './hold-for.ts'
import type { Effect, EffectResult, Release, ReleaseBatch } from './release.ts'
import { held, setBatch, setPhase } from './transitions.ts'

/** How long to wait before an effect whose answer was lost is judged again, by attempt: 1, 2, 4 … 30 seconds. */
export function retryDelay(attempt: number): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt - 1, 10))
}

/** Writes into the release what came of an effect. */
export function settle(
  release: Release,
  effect: Effect,
  { result, now }: { readonly result: EffectResult; readonly now: number },
): Release {
  const own = release.batches.find((batch) => batch.uid === effect.batch)
  if (own === undefined) return release
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
      return settleFreeze(release, own, { result, now })
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
        ...(phase.deadlineBefore !== undefined && { deadlineBefore: phase.deadlineBefore }),
      })
    case 'unknown': {
      const attempt = phase.attempt + 1
      return setPhase(release, own, { ...phase, attempt, retryAt: now + retryDelay(phase.attempt) })
    }
    case 'foreign':
    case 'gone':
    case 'paused':
    case 'refused':
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
      return setPhase(release, own, {
        kind: 'rolling-back',
        since: phase.since,
        generation: result.generation,
        digest: result.digest,
      })
    case 'unknown': {
      const attempt = phase.attempt + 1
      return setPhase(release, own, { ...phase, attempt, retryAt: now + retryDelay(phase.attempt) })
    }
    case 'foreign':
    case 'gone':
    case 'paused':
    case 'refused':
      return setPhase(release, own, { kind: 'stuck', why: result, at: now })
    default:
      return assertNever(result)
  }
}

function settleSize(release: Release, own: ReleaseBatch, { result, now }: Outcome): Release {
  switch (result.kind) {
    case 'done':
      return changeTarget(release, own, (target) => ({ ...target, sent: true }))
    case 'unknown':
      return changeTarget(release, own, (target) => ({ ...target, retryAt: now + retryDelay(2) }))
    case 'foreign':
    case 'gone':
    case 'paused':
    case 'refused':
      return held(release, holdFor(own, result), now)
    default:
      return assertNever(result)
  }
}

function settleFreeze(release: Release, own: ReleaseBatch, { result, now }: Outcome): Release {
  const { frozen } = release
  if (frozen?.batch !== own.uid || frozen.sent) return release
  switch (result.kind) {
    case 'done':
      return frozen.wish === 'freeze'
        ? { ...release, frozen: { batch: frozen.batch, wish: 'freeze', sent: true } }
        : thawed(seenFrom(release, own, result.generation))
    case 'unknown':
      return { ...release, frozen: { ...frozen, retryAt: now + retryDelay(2) } }
    case 'gone':
      // Nothing is left to be paused. The next look finds out what this means for the release.
      return thawed(release)
    case 'foreign':
    case 'paused':
    case 'refused':
      return held(thawed(release), holdFor(own, result), now)
    default:
      return assertNever(result)
  }
}

/** What was observed before this generation still says paused, and must not be judged. */
function seenFrom(release: Release, own: ReleaseBatch, generation: number): Release {
  const { phase } = own
  return phase.kind === 'rolling' || phase.kind === 'baking' || phase.kind === 'done'
    ? setBatch(release, own.uid, { phase: { ...phase, generation } })
    : release
}

type Target = NonNullable<Release['resize']>['targets'][number]

function changeTarget(release: Release, own: ReleaseBatch, change: (target: Target) => Target): Release {
  if (release.resize === undefined) return release
  const targets = release.resize.targets.map((target) => (target.batch === own.uid ? change(target) : target))
  return { ...release, resize: { ...release.resize, targets } }
}
