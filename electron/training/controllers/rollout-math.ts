import type { Deployment, ReplicaSet } from '../objects/objects.ts'

/** `25%` of a total, or a plain number. Percentages round up for a surge, down for unavailability. */
function scaled(value: number | string | undefined, total: number, round: (share: number) => number): number {
  if (value === undefined) return 0
  if (typeof value === 'number') return value
  const percent = /^(\d+)%$/.exec(value)?.[1]
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * total) / 100)
}

/**
 * How many pods a rolling update may add and take away.
 * 25 %/25 % of 16 -> +4/-4; of 1 -> +1/-0. Where rounding leaves no room at all, one may be unavailable.
 */
export function fencesOf(deployment: Deployment): { readonly surge: number; readonly unavailable: number } {
  const { replicas, strategy } = deployment.spec
  if (strategy.type !== 'RollingUpdate') return { surge: 0, unavailable: 0 }
  const surge = scaled(strategy.rollingUpdate?.maxSurge, replicas, Math.ceil)
  const unavailable = scaled(strategy.rollingUpdate?.maxUnavailable, replicas, Math.floor)
  return { surge, unavailable: Math.min(replicas, surge === 0 && unavailable === 0 ? 1 : unavailable) }
}

export function totalReplicas(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + set.spec.replicas, 0)
}

export function totalAvailable(sets: readonly ReplicaSet[]): number {
  return sets.reduce((sum, set) => sum + (set.status?.availableReplicas ?? 0), 0)
}

/** The size that the new ReplicaSet may grow to now, given what all together have. */
export function newSetSize(deployment: Deployment, allSets: readonly ReplicaSet[], newSize: number): number {
  const { replicas, strategy } = deployment.spec
  if (strategy.type !== 'RollingUpdate') return replicas
  const room = replicas + fencesOf(deployment).surge - totalReplicas(allSets)
  return room <= 0 ? newSize : newSize + Math.max(0, Math.min(room, replicas - newSize))
}

export const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas'
export const maximumAnnotation = 'deployment.kubernetes.io/max-replicas'

/**
 * The share of a proportional scaling that one ReplicaSet gets: its size times new maximum over old maximum,
 * rounded, never beyond what is left. Example: 10 -> 15 replicas, surge 3 -> 4, sets 8 and 5 of 13: 8 -> 12, 5 -> 7.
 */
export function scaleShare(deployment: Deployment, set: ReplicaSet, left: number): number {
  const size = set.spec.replicas
  if (size === 0 || left === 0) return 0
  const before = Number(set.metadata.annotations?.[maximumAnnotation] ?? deployment.status?.replicas ?? 0)
  const { replicas } = deployment.spec
  const grown = before === 0 ? size : Math.round((size * (replicas + fencesOf(deployment).surge)) / before)
  const share = replicas === 0 ? -size : grown - size
  return left > 0 ? Math.min(share, left) : Math.max(share, left)
}
