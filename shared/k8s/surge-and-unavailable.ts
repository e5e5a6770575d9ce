export type RolloutStrategy = {
  readonly type: string
  readonly maxSurge: number | string
  readonly maxUnavailable: number | string
}

/**
 * Pods that a rolling update may have too many and too few. maxSurge percent rounds up, maxUnavailable down, of
 * spec.replicas; where both come to 0, one may be unavailable (ResolveFenceposts of the Deployment controller), and
 * never more than there are (MaxUnavailable). 16 pods at 25 %/25 %: +4/-4. 1 pod: +1/-0. 3 pods at 0/1 %: +0/-1.
 */
export function surgeAndUnavailable(
  strategy: RolloutStrategy,
  replicas: number,
): { readonly surge: number; readonly unavailable: number } {
  if (strategy.type === 'Recreate') return { surge: 0, unavailable: replicas }
  const surge = resolve(strategy.maxSurge, replicas, Math.ceil)
  const unavailable = resolve(strategy.maxUnavailable, replicas, Math.floor)
  const fenced = surge === 0 && unavailable === 0 ? 1 : unavailable
  return { surge, unavailable: Math.min(fenced, replicas) }
}

/** Within int32, whatever is written there: more than that no server would have taken. */
function resolve(value: number | string, replicas: number, round: (value: number) => number): number {
  const percent = typeof value === 'number' ? undefined : /^(\d+)%$/.exec(value)?.[1]
  const pods = percent === undefined ? Number(value) || 0 : round((Number(percent) * replicas) / 100)
  return Math.min(2_147_483_647, Math.max(0, pods))
}
