import { assertNever } from '../../assert-never.ts'
import { hasTemplate } from '../../k8s/template-digest.ts'
import { homeOf, isAtTarget } from '../change/change.ts'
import { hasOneOf } from '../change/mark.ts'
import { holdFor } from './hold-for.ts'
import { withoutDoubt, withoutLate } from './in-doubt.ts'
import type { BatchPhase, EffectResult, Refusal, Release, ReleaseBatch } from '../release.ts'
import { held, logged, replaceBatch, setBatch } from '../transitions.ts'
import { nextTry } from './tries.ts'

type Done = Extract<EffectResult, { readonly kind: 'done' }>
type Found = NonNullable<Done['found']>

/** Writes into the release what came of seeing out a write in doubt. */
export function settleSeeOut(
  release: Release,
  own: ReleaseBatch,
  { result, now }: { readonly result: EffectResult; readonly now: number },
): Release {
  const { inDoubt } = own
  if (inDoubt === undefined) return release
  switch (result.kind) {
    case 'done':
      return withSizeFound(replaceBatch(release, withoutDoubt(seenOut(release, own, { result, now }))), own, {
        result,
      })
    case 'gone':
      // Every write names the uid of what is gone.
      return replaceBatch(release, withoutDoubt(own))
    case 'unknown': {
      const next = nextTry(inDoubt.tried, result, { now, limitSeconds: release.plan.batchLimitSeconds })
      if (next.kind === 'over') return left(release, own, { why: next.why, now })
      const { kind: _, ...parts } = next
      return setBatch(release, own.uid, { inDoubt: { ...inDoubt, ...parts } })
    }
    case 'foreign':
    case 'paused':
    case 'refused':
      return left(release, own, { why: result, now })
    default:
      return assertNever(result)
  }
}

/** Nobody can say what that write will do. It is told, and nothing further begins by itself. */
function left(
  release: Release,
  own: ReleaseBatch,
  { why, now }: { readonly why: Refusal; readonly now: number },
): Release {
  const next = setBatch(release, own.uid, { inDoubt: { since: own.inDoubt?.since ?? now, left: why } })
  const hold = holdFor(own, why)
  const { kind } = release.state
  return kind === 'running' || kind === 'paused' || kind === 'held'
    ? held(next, hold, now)
    : logged(next, { at: now, what: 'held', batch: own.uid, hold })
}

type Seen = { readonly result: Done; readonly now: number }

/** What the batch has, now that nothing can change it any more behind our back. */
function seenOut(release: Release, own: ReleaseBatch, { result, now }: Seen): ReleaseBatch {
  const { found } = result
  if (found === undefined) return own
  // What has landed is still to be seen where the release looks; what has not comes no more.
  const kept = hasOneOf(found, own.late) ? own : withoutLate(own)
  return { ...kept, phase: phaseFound(release, own, { found, result, now }) }
}

function phaseFound(
  release: Release,
  own: ReleaseBatch,
  { found, result, now }: Seen & { readonly found: Found },
): BatchPhase {
  const { phase } = own
  const { generation, digest } = result
  const isHome = hasTemplate(found, homeOf(release, own).digest)
  switch (phase.kind) {
    case 'rolling':
    case 'baking':
    case 'done':
    case 'rolling-back':
      // Observations from before our own touch say nothing about what is there since.
      return { ...phase, generation }
    case 'stuck':
      return isHome && phase.why.kind !== 'unready'
        ? { kind: 'rolling-back', since: now, generation, digest }
        : phase
    case 'skipped':
      return { ...phase, touched: !hasTemplate(found, own.baseline.templateDigest) }
    case 'patching':
      if (isMeant(release, own)) return phase
      return isAtTarget(release, own, found)
        ? rollingWith(result, { since: phase.since, now })
        : { kind: 'waiting' }
    case 'returning':
      if (isMeant(release, own)) return phase
      if (isHome) return { kind: 'rolling-back', since: phase.since, generation, digest }
      return isAtTarget(release, own, found)
        ? rollingWith(result, { since: phase.since, now })
        : { kind: 'skipped', touched: true }
    case 'waiting':
    case 'returned':
      return phase
    default:
      return assertNever(phase)
  }
}

/** Its write is still to come, or to come again: it reads first. */
function isMeant({ state }: Release, own: ReleaseBatch): boolean {
  return state.kind === 'rolling-back' ? state.batches.includes(own.uid) : state.kind !== 'ended'
}

function rollingWith(
  { generation, digest }: Done,
  { since, now }: { readonly since: number; readonly now: number },
): BatchPhase {
  return { kind: 'rolling', since, generation, digest, highWater: 0, progressAt: now, restartsBefore: 0 }
}

/** A size whose write was in doubt: it has come, or comes no more. */
function withSizeFound(release: Release, own: ReleaseBatch, { result }: { readonly result: Done }): Release {
  const { resize } = release
  const { found, generation } = result
  if (resize === undefined || found === undefined) return release
  const targets = resize.targets.map((target) => {
    if (target.batch !== own.uid || target.sent || target.asked !== true) return target
    const { asked: _, retryAt: __, tried: ___, ...rest } = target
    return found.replicas === target.to ? { ...rest, sent: true, generation } : rest
  })
  return { ...release, resize: { ...resize, targets } }
}
