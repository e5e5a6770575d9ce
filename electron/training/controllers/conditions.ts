import type { Condition } from '../objects/objects.ts'

/**
 * The list with this condition set. With the same status and reason nothing changes, not even the times;
 * with the same status only, the transition time stays (as SetDeploymentCondition does it).
 */
export function withCondition(conditions: readonly Condition[], condition: Condition): readonly Condition[] {
  const old = conditions.find((one) => one.type === condition.type)
  if (old?.status === condition.status && old.reason === condition.reason) return conditions
  const kept = old?.status === condition.status ? { lastTransitionTime: old.lastTransitionTime } : {}
  return [...withoutCondition(conditions, condition.type), { ...condition, ...kept }]
}

export function withoutCondition(conditions: readonly Condition[], type: string): readonly Condition[] {
  return conditions.filter((one) => one.type !== type)
}
