import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { equalJson } from '../objects/json.ts'
import {
  conditionOf,
  controllerOf,
  isReadyPod,
  timestamp,
  type Condition,
  type Deployment,
  type DisruptionBudget,
  type DisruptionBudgetStatus,
  type Pod,
  type ReplicaSet,
} from '../objects/objects.ts'
import { deployments, disruptionBudgets, pods, replicaSets } from '../objects/resources.ts'
import { matchesLabels } from '../objects/selectors.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

/** `30%` of a total, rounded up in both directions, or a plain number. */
function scaled(value: number | string, total: number): number {
  if (typeof value === 'number') return value
  const percent = /^(\d+)%$/.exec(value)?.[1]
  return percent === undefined ? 0 : Math.ceil((Number(percent) * total) / 100)
}

/** The condition that goes with a number of disruptions allowed. */
export function withAllowed(
  status: Omit<DisruptionBudgetStatus, 'conditions'>,
  old: DisruptionBudgetStatus | undefined,
  at: { readonly generation: number; readonly now: number },
): DisruptionBudgetStatus {
  const allowed = status.disruptionsAllowed > 0
  const before = conditionOf(old?.conditions, 'DisruptionAllowed')
  const is = allowed ? 'True' : 'False'
  const condition: Condition & { readonly observedGeneration: number } = {
    type: 'DisruptionAllowed',
    status: is,
    observedGeneration: at.generation,
    lastTransitionTime: before?.status === is ? before.lastTransitionTime : timestamp(at.now),
    reason: allowed ? 'SufficientPods' : 'InsufficientPods',
    message: '',
  }
  return { ...status, conditions: [condition] }
}

/** Keeps the status of PodDisruptionBudgets, by which evictions are allowed. Returns its stop. */
export function startDisruptionController(context: ControllerContext): () => void {
  const { store, clock, lifecycle } = context
  const queue = createWorkQueue(clock, sync)

  /** What the owners of these pods want together: a Deployment counts once, whatever its ReplicaSets have. */
  function expectedScale(selected: readonly Pod[]): number {
    const scales = new Map<string, number>()
    for (const pod of selected) {
      const { uid = '', name = '' } = controllerOf(pod) ?? {}
      const set = store.get<ReplicaSet>(replicaSets, pod.metadata.namespace ?? '', name)
      if (set?.metadata.uid !== uid) continue
      const owner = controllerOf(set)
      const deployment = store.get<Deployment>(deployments, pod.metadata.namespace ?? '', owner?.name ?? '')
      if (owner === undefined) scales.set(uid, set.spec.replicas)
      else if (deployment?.metadata.uid === owner.uid) scales.set(owner.uid, deployment.spec.replicas)
    }
    return [...scales.values()].reduce((sum, scale) => sum + scale, 0)
  }

  function wishes(
    budget: DisruptionBudget,
    selected: readonly Pod[],
  ): readonly [expected: number, desired: number] {
    const { maxUnavailable, minAvailable } = budget.spec
    if (maxUnavailable !== undefined) {
      const expected = expectedScale(selected)
      return [expected, Math.max(0, expected - scaled(maxUnavailable, expected))]
    }
    if (typeof minAvailable === 'number') return [selected.length, minAvailable]
    const expected = expectedScale(selected)
    return [expected, scaled(minAvailable ?? 0, expected)]
  }

  function sync(key: string): void {
    const budget = store.get(disruptionBudgets, ...splitKey(key))
    if (budget === undefined) return
    const selector = budget.spec.selector ?? {}
    const selected = store
      .list(pods, budget.metadata.namespace)
      .filter((pod) => matchesLabels(selector, pod.metadata.labels))
    const [expectedPods, desiredHealthy] = wishes(budget, selected)
    const currentHealthy = selected.filter(
      (pod) => pod.metadata.deletionTimestamp === undefined && isReadyPod(pod),
    ).length
    const generation = budget.metadata.generation ?? 0
    const status = withAllowed(
      {
        observedGeneration: generation,
        disruptionsAllowed: expectedPods <= 0 ? 0 : Math.max(0, currentHealthy - desiredHealthy),
        currentHealthy,
        desiredHealthy,
        expectedPods,
      },
      budget.status,
      { generation, now: clock.now() },
    )
    if (!equalJson(budget.status, status))
      lifecycle.update(disruptionBudgets, { ...budget, status }, 'status')
  }

  const unsubscribe = store.subscribe(({ resource, object, type }: Change) => {
    const { namespace } = object.metadata
    if (resource.plural === disruptionBudgets.plural && type !== 'DELETED') queue.add(keyOf(object))
    const counts = [pods, replicaSets, deployments].some(({ plural }) => plural === resource.plural)
    if (counts) for (const budget of store.list(disruptionBudgets, namespace)) queue.add(keyOf(budget))
  })
  return () => {
    unsubscribe()
    queue.stop()
  }
}
