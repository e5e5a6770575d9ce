import { withCondition, withoutCondition } from './conditions.ts'
import { withoutZeros } from '../fields/without-zeros.ts'
import {
  conditionOf,
  isActivePod,
  isReadyPod,
  timestamp,
  type Condition,
  type Pod,
  type ReplicaSet,
  type ReplicaSetStatus,
} from '../objects/objects.ts'
import { matchesLabels } from '../objects/selectors.ts'

/** When a pod counts as available; undefined while it is not ready. */
export function availableAt(pod: Pod, minReadySeconds: number): number | undefined {
  const ready = conditionOf(pod.status?.conditions, 'Ready')
  if (ready?.status !== 'True') return undefined
  return minReadySeconds === 0 ? 0 : Date.parse(ready.lastTransitionTime) + minReadySeconds * 1000
}

/** `failure`: why not as many pods could be made as are wanted. */
export function replicaSetStatus(
  set: ReplicaSet,
  owned: readonly Pod[],
  { failure, now }: { readonly failure: string | undefined; readonly now: number },
): ReplicaSetStatus {
  const active = owned.filter(isActivePod)
  const available = active.filter(
    (pod) => (availableAt(pod, set.spec.minReadySeconds ?? 0) ?? Infinity) <= now,
  )
  const labels = { matchLabels: set.spec.template.metadata?.labels ?? {} }
  const old = set.status?.conditions ?? []
  const failed: Condition = {
    type: 'ReplicaFailure',
    status: 'True',
    reason: 'FailedCreate',
    message: failure ?? '',
    lastTransitionTime: timestamp(now),
  }
  const conditions =
    failure === undefined ? withoutCondition(old, 'ReplicaFailure') : withCondition(old, failed)
  return {
    replicas: active.length,
    ...withoutZeros({
      fullyLabeledReplicas: active.filter((pod) => matchesLabels(labels, pod.metadata.labels)).length,
      readyReplicas: active.filter(isReadyPod).length,
      availableReplicas: available.length,
    }),
    terminatingReplicas: owned.filter((pod) => pod.metadata.deletionTimestamp !== undefined).length,
    observedGeneration: set.metadata.generation ?? 0,
    ...(conditions.length === 0 ? {} : { conditions }),
  }
}
