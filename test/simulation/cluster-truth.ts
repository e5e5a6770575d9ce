import { familyOf } from '../../electron/training/controllers/deployment-sets.ts'
import {
  controllerOf,
  isReadyPod,
  type Deployment,
  type Pod,
} from '../../electron/training/objects/objects.ts'
import {
  deployments,
  endpointSlices,
  pods,
  replicaSets,
  services,
} from '../../electron/training/objects/resources.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'

/** A Deployment as the cluster has it, counted by its controllers' own rules and not by ours. */
export type TrueBatch = {
  readonly uid: string
  readonly name: string
  readonly desired: number
  readonly paused: boolean
  readonly images: readonly string[]
  readonly pods: readonly {
    readonly isNew: boolean
    readonly ready: boolean
    readonly ending: boolean
    readonly serving: boolean
  }[]
}

export function trueBatches({ training }: SimulatedCluster): readonly TrueBatch[] {
  const { store } = training.hooks.plane
  const serving = new Set(
    store
      .list(endpointSlices, 'demo')
      .filter((slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === 'web')
      .flatMap((slice) => slice.endpoints)
      .flatMap((one) => (one.conditions.ready ? [one.targetRef.uid] : [])),
  )
  const sets = store.list(replicaSets, 'demo')
  const all = store.list(pods, 'demo').filter(isRunning)
  return store.list(deployments, 'demo').map((deployment: Deployment) => {
    const own = sets.filter((set) => controllerOf(set)?.uid === deployment.metadata.uid)
    const { current } = familyOf(deployment, own)
    const uids = new Set(own.map((set) => set.metadata.uid))
    return {
      uid: deployment.metadata.uid,
      name: deployment.metadata.name,
      desired: deployment.spec.replicas,
      paused: deployment.spec.paused === true,
      images: deployment.spec.template.spec.containers.map((one) => one.image),
      pods: all
        .filter((pod) => uids.has(controllerOf(pod)?.uid ?? ''))
        .map((pod) => ({
          isNew: controllerOf(pod)?.uid === current?.metadata.uid,
          ready: isReadyPod(pod),
          ending: pod.metadata.deletionTimestamp !== undefined,
          serving: serving.has(pod.metadata.uid),
        })),
    }
  })
}

export function isServiceThere({ training }: SimulatedCluster, name: string): boolean {
  return training.hooks.plane.store.get(services, 'demo', name) !== undefined
}

function isRunning({ status }: Pod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed'
}
