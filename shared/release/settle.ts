import { assertNever } from '../assert-never.ts'
import type { Effect, EffectResult, Hold, Release, ReleaseBatch } from './release.ts'
import { held, setPhase } from './transitions.ts'

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
      return settleBack(release, own, { result, now })
    case 'set-replicas':
      return settleSize(release, own, { result, now })
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
      })
    case 'unknown': {
      const attempt = phase.attempt + 1
      return setPhase(release, own, { ...phase, attempt, retryAt: now + retryDelay(phase.attempt) })
    }
    case 'foreign':
      return setPhase(release, own, {
        kind: 'stuck',
        why: `Its template was changed by ${result.manager}.`,
        at: now,
      })
    case 'gone':
      return setPhase(release, own, { kind: 'stuck', why: 'The Deployment is gone.', at: now })
    case 'paused':
      return setPhase(release, own, { kind: 'stuck', why: 'The Deployment is paused.', at: now })
    case 'refused':
      return setPhase(release, own, { kind: 'stuck', why: result.message, at: now })
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

type Target = NonNullable<Release['resize']>['targets'][number]

function changeTarget(release: Release, own: ReleaseBatch, change: (target: Target) => Target): Release {
  if (release.resize === undefined) return release
  const targets = release.resize.targets.map((target) => (target.batch === own.uid ? change(target) : target))
  return { ...release, resize: { ...release.resize, targets } }
}

function holdFor(own: ReleaseBatch, result: Exclude<EffectResult, { kind: 'done' | 'unknown' }>): Hold {
  switch (result.kind) {
    case 'foreign':
      return { kind: 'foreign', batch: own.uid, manager: result.manager, at: result.at }
    case 'gone':
      return { kind: 'gone', batch: own.uid }
    case 'paused':
      return { kind: 'batch-paused', batch: own.uid }
    case 'refused':
      return { kind: 'refused', batch: own.uid, message: result.message }
    default:
      return assertNever(result)
  }
}
