import { failed, type Fault } from '../../../shared/fault.ts'
import type { BatchSet } from '../../../shared/model/batch-set.ts'
import type { Release } from '../../../shared/release/release.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import { replaced, type Runner } from '../../release/runner.ts'
import { seeOutAll } from '../../release/see-out.ts'
import { isObserved } from './is-observed.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import { untilModel } from '../watching/until-model.ts'

/** A touch of a Deployment, its read before it included. */
const seeOutMs = 15_000
/** What was answered is watched a moment later. */
const seenMs = 5_000

/** A release that drives no more. `fault`: why nothing may take its place yet; it is to go on where it was. */
export type Vacated = { readonly release: Release; readonly fault?: Fault }

/**
 * Makes room for what is to take the place of a release: nothing of it is on its way any more, and all that it has
 * written is in what is watched. Otherwise its own writes would pass for somebody else's.
 */
export async function vacate(
  runner: Runner,
  parts: {
    readonly api: ReleaseApi
    readonly model: Pick<NamespaceModel, 'onChange'>
    readonly clock: Clock
    readonly now: () => number
    /** The batches as they are watched, also those that the Service selects no longer. */
    readonly setOf: (release: Release) => BatchSet | undefined
    /** A person has braked what runs: nobody waits for what is found, and nothing more is written. */
    readonly braked?: AbortSignal | undefined
  },
): Promise<Vacated> {
  const left = await runner.retire()
  const isBraked = (): boolean => parts.braked?.aborted === true
  if (isBraked()) return { release: left, fault: replaced }
  const late = new AbortController()
  parts.braked?.addEventListener('abort', () => {
    late.abort()
  })
  const stopTimer = parts.clock.setTimer(seeOutMs, () => late.abort())
  const { release, generations } = await seeOutAll(parts.api, left, {
    now: parts.now(),
    signal: late.signal,
  })
  stopTimer()
  if (isBraked()) return { release, fault: replaced }
  if (release.batches.some(({ inDoubt }) => inDoubt !== undefined))
    return {
      release,
      ...failed('conflict', { kind: 'write-may-land' }),
    }
  const isWatched = (): boolean => {
    const set = parts.setOf(release)
    return (
      set !== undefined &&
      isObserved(release, set) &&
      set.batches.every(({ uid, generation }) => generation >= (generations.get(uid) ?? 0))
    )
  }
  if (await untilModel(parts.model, { clock: parts.clock, withinMs: seenMs }, isWatched)) return { release }
  return {
    release,
    ...failed('stale', { kind: 'write-unseen' }),
  }
}

/**
 * All that kept its end from being one has been seen out: that is written down, and its lock given back, before
 * anything else takes the lock. Why it can't be, if it can't: it goes on trying.
 */
export async function endingOf(runner: Runner | undefined, over: Release): Promise<Fault | undefined> {
  if (runner?.driving() !== true) return undefined
  await runner.goOn(over)
  return runner.driving() ? (runner.fault() ?? replaced) : undefined
}
