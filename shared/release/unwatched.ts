import type { Batch } from '../model/batch-set.ts'
import type { BatchPhase, Release, ReleaseBatch } from './release.ts'

type Baking = Extract<BatchPhase, { kind: 'baking' }>

/** Kubelets tell whole seconds, by clocks of their own. */
const slackMs = 1_000

/** Nobody watches, or somebody else has until now: pods may be missing, and be back before that is seen. */
export function unwatched(release: Release): Release {
  const isMeant = ({ phase }: ReleaseBatch): boolean => phase.kind === 'baking' && phase.unwatched !== true
  if (!release.batches.some(isMeant)) return release
  return {
    ...release,
    batches: release.batches.map((own) =>
      own.phase.kind === 'baking' ? { ...own, phase: { ...own.phase, unwatched: true } } : own,
    ),
  }
}

/**
 * Whether so many pods have been ready all the time since the bake began: each tells since when it is. One that has
 * replaced another, or was not ready meanwhile, is younger than the bake.
 */
export function haveStayedReady({ pods }: Pick<Batch, 'pods'>, since: number, count: number): boolean {
  const steady = pods.filter(
    ({ isNew, readySince }) => isNew && readySince !== undefined && readySince <= since + slackMs,
  )
  return steady.length >= count
}

export function watchedAgain({ unwatched: _, ...phase }: Baking): Baking {
  return phase
}

/** Whether nothing has changed in a bake but that it is watched, or is not. */
export function isSameBake(before: Baking, after: Baking): boolean {
  const [past, now] = [watchedAgain(before), watchedAgain(after)]
  const keys = new Set([...Object.keys(past), ...Object.keys(now)]) as ReadonlySet<keyof typeof past>
  return [...keys].every((key) => past[key] === now[key])
}
