import { withCondition, withoutCondition } from './conditions.ts'
import {
  conditionOf,
  timestamp,
  type Condition,
  type Deployment,
  type DeploymentStatus,
  type ReplicaSet,
} from '../objects/objects.ts'
import { withoutZeros } from '../fields/without-zeros.ts'
import { fencesOf, totalAvailable, totalReplicas } from './rollout-math.ts'

/** A deadline of MaxInt32 means none, and then there is no Progressing condition either. */
export function hasDeadline(deployment: Deployment): boolean {
  const seconds = deployment.spec.progressDeadlineSeconds
  return seconds !== undefined && seconds !== 2 ** 31 - 1
}

export function condition(
  type: string,
  now: number,
  rest: Pick<Condition, 'status' | 'reason' | 'message'>,
): Condition {
  const at = timestamp(now)
  return { type, ...rest, lastUpdateTime: at, lastTransitionTime: at }
}

function sum(
  sets: readonly ReplicaSet[],
  field: 'replicas' | 'readyReplicas' | 'terminatingReplicas',
): number {
  return sets.reduce((total, set) => total + (set.status?.[field] ?? 0), 0)
}

/** The counters and the Available condition, from the ReplicaSets' statuses. */
export function calculateStatus(
  deployment: Deployment,
  sets: { readonly all: readonly ReplicaSet[]; readonly current: ReplicaSet | undefined },
  now: number,
): DeploymentStatus {
  const available = totalAvailable(sets.all)
  const enough = available >= deployment.spec.replicas - fencesOf(deployment).unavailable
  const conditions = withCondition(
    deployment.status?.conditions ?? [],
    condition('Available', now, {
      status: enough ? 'True' : 'False',
      reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
      message: `Deployment ${enough ? 'has' : 'does not have'} minimum availability.`,
    }),
  )
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    ...withoutZeros({
      replicas: sum(sets.all, 'replicas'),
      updatedReplicas: sets.current?.status?.replicas ?? 0,
      readyReplicas: sum(sets.all, 'readyReplicas'),
      availableReplicas: available,
      unavailableReplicas: Math.max(0, totalReplicas(sets.all) - available),
      collisionCount: deployment.status?.collisionCount ?? 0,
    }),
    terminatingReplicas: sum(sets.all, 'terminatingReplicas'),
    conditions,
  }
}

export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const { replicas } = deployment.spec
  return (
    (status.updatedReplicas ?? 0) === replicas &&
    (status.replicas ?? 0) === replicas &&
    (status.availableReplicas ?? 0) === replicas &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  )
}

/** More new pods, fewer old ones, more ready or more available than at the last look. */
function hasProgressed(old: DeploymentStatus, next: DeploymentStatus): boolean {
  const outdated = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0)
  return (
    (next.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    outdated(next) < outdated(old) ||
    (next.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (next.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  )
}

function hasTimedOut(deployment: Deployment, progressing: Condition | undefined, now: number): boolean {
  if (progressing === undefined || progressing.reason === 'NewReplicaSetAvailable') return false
  if (progressing.reason === 'ProgressDeadlineExceeded') return true
  const since = Date.parse(progressing.lastUpdateTime ?? progressing.lastTransitionTime)
  return now - since > (deployment.spec.progressDeadlineSeconds ?? 0) * 1000
}

/** The conditions Progressing and ReplicaFailure of a rollout, on top of fresh counters. */
export function withProgress(
  deployment: Deployment,
  sets: { readonly all: readonly ReplicaSet[]; readonly current: ReplicaSet | undefined },
  now: number,
): DeploymentStatus {
  const status = calculateStatus(deployment, sets, now)
  const old = deployment.status ?? {}
  let conditions = status.conditions ?? []
  const before = conditionOf(old.conditions, 'Progressing')
  const settled =
    (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && before?.reason === 'NewReplicaSetAvailable'
  if (!hasDeadline(deployment)) conditions = withoutCondition(conditions, 'Progressing')
  else if (!settled) {
    const subject =
      sets.current === undefined
        ? `Deployment "${deployment.metadata.name}"`
        : `ReplicaSet "${sets.current.metadata.name}"`
    if (isComplete(deployment, status)) {
      const message = `${subject} has successfully progressed.`
      conditions = withCondition(
        conditions,
        condition('Progressing', now, { status: 'True', reason: 'NewReplicaSetAvailable', message }),
      )
    } else if (hasProgressed(old, status)) {
      const moved = condition('Progressing', now, {
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `${subject} is progressing.`,
      })
      // Set anew, so that lastUpdateTime tells of each step; the deadline counts from it.
      const since = before?.status === 'True' ? { lastTransitionTime: before.lastTransitionTime } : {}
      conditions = [...withoutCondition(conditions, 'Progressing'), { ...moved, ...since }]
    } else if (hasTimedOut(deployment, before, now)) {
      const message = `${subject} has timed out progressing.`
      conditions = withCondition(
        conditions,
        condition('Progressing', now, { status: 'False', reason: 'ProgressDeadlineExceeded', message }),
      )
    }
  }
  const failure = failureOf(sets)
  conditions =
    failure === undefined
      ? withoutCondition(conditions, 'ReplicaFailure')
      : withCondition(conditions, failure)
  return { ...status, conditions }
}

function failureOf(sets: {
  readonly all: readonly ReplicaSet[]
  readonly current: ReplicaSet | undefined
}): Condition | undefined {
  const own = conditionOf(sets.current?.status?.conditions, 'ReplicaFailure')
  if (own !== undefined) return { ...own, lastUpdateTime: own.lastTransitionTime }
  const others = sets.all.map((set) => conditionOf(set.status?.conditions, 'ReplicaFailure'))
  const first = others.find((one) => one !== undefined)
  return first === undefined ? undefined : { ...first, lastUpdateTime: first.lastTransitionTime }
}

/** When to look again, so that a passed deadline is noticed without any event. */
export function deadlineDelay(
  deployment: Deployment,
  status: DeploymentStatus,
  now: number,
): number | undefined {
  const progressing = conditionOf(status.conditions, 'Progressing')
  if (!hasDeadline(deployment) || progressing === undefined) return undefined
  if (isComplete(deployment, status) || progressing.reason === 'ProgressDeadlineExceeded') return undefined
  if (progressing.reason === 'NewReplicaSetAvailable') return undefined
  const since = Date.parse(progressing.lastUpdateTime ?? progressing.lastTransitionTime)
  return Math.max(1000, since + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000 - now + 1000)
}
