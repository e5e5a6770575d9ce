export type RolloutStrategy = {
  readonly type: string
  readonly maxSurge: number | string
  readonly maxUnavailable: number | string
}

/**
 * Pods that a rolling update may have too many and too few. maxSurge percent rounds up, maxUnavailable down, of
 * spec.replicas; where both come to 0, one may be unavailable (ResolveFenceposts of the Deployment controller).
 * 16 pods at 25 %/25 %: +4/-4. 1 pod: +1/-0. 3 pods at 0/1 %: +0/-1.
 */
export function surgeAndUnavailable(
  strategy: RolloutStrategy,
  replicas: number,
): { readonly surge: number; readonly unavailable: number } {
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas }
  const surge = resolve(strategy.maxSurge, replicas, Math.ceil)
  const unavailable = resolve(strategy.maxUnavailable, replicas, Math.floor)
  return surge === 0 && unavailable === 0 ? { surge, unavailable: 1 } : { surge, unavailable }
}

function resolve(value: number | string, replicas: number, round: (value: number) => number): number {
  if (typeof value === 'number') return value
  const percent = /^(\d+)%$/.exec(value)?.[1]
  return percent === undefined ? Number(value) || 0 : round((Number(percent) * replicas) / 100)
}
