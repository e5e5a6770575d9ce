import type { Uid } from '../ids.ts'
import type { Deployment, EndpointSlice, Pod, ReplicaSet, Service } from '../k8s/objects.ts'
import { sameSelector, selects } from '../k8s/selector.ts'
import { surgeAndUnavailable } from '../k8s/surge-and-unavailable.ts'
import { inBatchOrder } from './batch-order.ts'
import { batchPod, gatedOf, oldTroubleOf, troubleOf } from './batch-pods.ts'
import type { Batch, BatchSet } from './batch-set.ts'
import { endpointsOf, noEndpoints, otherEndpoints, type ServiceEndpoints } from './endpoints.ts'
import { movedTags } from './moved-tags.ts'

export type Observation = {
  readonly services: readonly Service[]
  readonly deployments: readonly Deployment[]
  readonly replicaSets: readonly ReplicaSet[]
  readonly pods: readonly Pod[]
  readonly slices: readonly EndpointSlice[]
}

type Index = {
  readonly setsOf: ReadonlyMap<Uid, readonly ReplicaSet[]>
  readonly podsOf: ReadonlyMap<Uid, readonly Pod[]>
  readonly endpoints: ReadonlyMap<string, ServiceEndpoints>
}

/**
 * The Services of one namespace with the Deployments behind them. Who belongs to whom goes by the uid of the
 * controlling owner alone: batches share selectors and template hashes, and names lie after an adoption.
 */
export function findBatchSets(seen: Observation): readonly BatchSet[] {
  const index: Index = {
    setsOf: groupByOwner(seen.replicaSets),
    podsOf: groupByOwner(seen.pods),
    endpoints: endpointsOf(seen.slices),
  }
  return [...seen.services]
    .sort((a, b) => a.meta.name.localeCompare(b.meta.name))
    .map((service) => batchSetOf(service, seen, index))
}

/**
 * Those of the wanted Deployments that are there without being selected by the Service: it has another selector by now,
 * they have other labels, or it is not there itself. A release's batches stay its own all the same.
 */
export function findUnselected(seen: Observation, name: string, wanted: readonly Uid[]): readonly Batch[] {
  const service = seen.services.find(({ meta }) => meta.name === name)
  const found = seen.deployments.filter(
    (one) => wanted.includes(one.meta.uid) && (service === undefined || !isBehind(service, one)),
  )
  // Asked for with every look: most often all are selected, and nothing is to be worked out.
  if (found.length === 0) return []
  const index: Index = {
    setsOf: groupByOwner(seen.replicaSets),
    podsOf: groupByOwner(seen.pods),
    endpoints: endpointsOf(seen.slices),
  }
  // Pods of an earlier template may still be endpoints.
  const serving = (index.endpoints.get(name) ?? noEndpoints).ready
  return found.map((deployment, position) => ({
    ...batchOf(deployment, position + 1, { index, serving }),
    unselected: true,
  }))
}

function isBehind(service: Service, deployment: Deployment): boolean {
  return (
    deployment.meta.namespace === service.meta.namespace && selects(service.selector, labelsOf(deployment))
  )
}

function batchSetOf(service: Service, seen: Observation, index: Index): BatchSet {
  const deployments = seen.deployments.filter((one) => isBehind(service, one)).sort(inBatchOrder)
  const endpoints = index.endpoints.get(service.meta.name) ?? noEndpoints
  const batches = deployments.map((deployment, position) =>
    batchOf(deployment, position + 1, { index, serving: endpoints.ready }),
  )
  const own = new Set(batches.flatMap((batch) => batch.pods.map((pod) => pod.uid)))
  const [first, ...others] = deployments
  const strangers = seen.pods.filter(
    (pod) => !isFinished(pod) && selects(service.selector, pod.meta.labels) && !own.has(pod.meta.uid),
  )
  return {
    service,
    batches,
    foreignPods: strangers.length,
    others: otherEndpoints(endpoints, own, strangers),
    movedTags: movedTags(batches, index.podsOf),
    sharedSelector:
      first !== undefined &&
      others.length > 0 &&
      others.some((one) => sameSelector(one.selector, first.selector)),
  }
}

function batchOf(
  deployment: Deployment,
  number: number,
  { index, serving }: { readonly index: Index; readonly serving: ReadonlySet<Uid> },
): Batch {
  const { meta, status } = deployment
  const sets = index.setsOf.get(meta.uid) ?? []
  // The controller takes the oldest owned set with an equal template; the revision annotation lags behind.
  const current = sets
    .filter((set) => set.templateDigest === deployment.templateDigest)
    .sort((a, b) => a.meta.createdAt - b.meta.createdAt || a.meta.name.localeCompare(b.meta.name))[0]
  const podsOf = (set: ReplicaSet): readonly Pod[] => index.podsOf.get(set.meta.uid) ?? []
  const pods = sets.flatMap((set) =>
    podsOf(set)
      .filter((pod) => !isFinished(pod))
      .map((pod) => batchPod(pod, { set, isNew: set === current, serving })),
  )
  const ended = current === undefined ? [] : podsOf(current).filter(isFinished)
  const trouble = troubleOf(deployment, current, { pods, ended })
  const oldTrouble = oldTroubleOf(pods)
  const gated = gatedOf(pods)
  const deadline = status.conditions.find(
    (one) =>
      one.type === 'Progressing' && one.status === 'False' && one.reason === 'ProgressDeadlineExceeded',
  )
  return {
    uid: meta.uid,
    name: meta.name,
    number,
    desired: deployment.replicas,
    generation: meta.generation,
    observedGeneration: status.observedGeneration,
    paused: deployment.paused,
    deleting: meta.deletingSince !== undefined,
    template: deployment.template,
    templateDigest: deployment.templateDigest,
    containers: deployment.containers,
    strategy: {
      ...deployment.strategy,
      ...surgeAndUnavailable(deployment.strategy, deployment.replicas),
    },
    minReadySeconds: deployment.minReadySeconds,
    progressDeadlineSeconds: deployment.progressDeadlineSeconds,
    revisionHistoryLimit: deployment.revisionHistoryLimit,
    ...(current !== undefined && {
      newReplicaSet: { uid: current.meta.uid, name: current.meta.name, revision: current.revision },
    }),
    updated: status.updated,
    ready: status.ready,
    available: status.available,
    total: status.replicas,
    old: sets.filter((set) => set !== current).reduce((sum, set) => sum + set.status.replicas, 0),
    terminating: pods.filter((pod) => pod.state === 'ending').length,
    servingNew: pods.filter((pod) => pod.isNew && pod.serving).length,
    servingOld: pods.filter((pod) => !pod.isNew && pod.serving).length,
    restarts: pods.filter((pod) => pod.isNew).reduce((sum, pod) => sum + pod.restarts, 0),
    ...(deadline !== undefined && { deadlineExceededAt: deadline.updatedAt }),
    ...(trouble !== undefined && { trouble }),
    ...(oldTrouble !== undefined && { oldTrouble }),
    ...(gated !== undefined && { gated }),
    writers: deployment.writers,
    pods,
  }
}

/** Evicted pods stay listed for a while: they run nothing, and no controller counts them. */
function isFinished(pod: Pod): boolean {
  return pod.phase === 'Succeeded' || pod.phase === 'Failed'
}

function labelsOf(deployment: Deployment): Readonly<Record<string, string>> {
  const metadata = deployment.template['metadata']
  const labels =
    typeof metadata === 'object' && metadata !== null && 'labels' in metadata ? metadata['labels'] : undefined
  return (labels ?? {}) as Readonly<Record<string, string>>
}

function groupByOwner<T extends ReplicaSet | Pod>(objects: readonly T[]): ReadonlyMap<Uid, readonly T[]> {
  const groups = new Map<Uid, T[]>()
  for (const object of objects) {
    const owner = object.meta.controller
    if (owner === undefined) continue
    const group = groups.get(owner.uid)
    if (group === undefined) groups.set(owner.uid, [object])
    else group.push(object)
  }
  return groups
}
