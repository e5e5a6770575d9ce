import type { Rollout } from './rollouts.ts'
import type { Step } from './trace.ts'

export type Bounds = {
  /** No more pods than this, those that end not counted. */
  readonly mostPods: number
  /** No fewer available ones than this, once all were. */
  readonly fewestAvailable: number
}

function share(value: number | string, total: number, round: (exact: number) => number): number {
  return typeof value === 'number' ? value : round((Number.parseInt(value, 10) * total) / 100)
}

/** From the strategy alone: a surge rounds up, unavailability down, and one of them is at least one pod. */
export function boundsOf({ replicas, maxSurge, maxUnavailable }: Rollout): Bounds {
  const surge = share(maxSurge, replicas, Math.ceil)
  const unavailable = share(maxUnavailable, replicas, Math.floor)
  const least = surge === 0 && unavailable === 0 ? 1 : unavailable
  return { mostPods: replicas + surge, fewestAvailable: Math.max(0, replicas - least) }
}

/** What a step is beyond; nothing when it is within. */
export function beyond(
  { mostPods, fewestAvailable }: Bounds,
  { updated, old, available }: Step,
): readonly string[] {
  const pods = updated + old
  return [
    ...(pods > mostPods ? [`${pods} pods, at most ${mostPods}`] : []),
    ...(available < fewestAvailable ? [`${available} available, at least ${fewestAvailable}`] : []),
  ]
}
