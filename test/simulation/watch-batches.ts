import { familyOf } from '../../electron/training/controllers/deployment-sets.ts'
import {
  controllerOf,
  isReadyPod,
  type Deployment,
  type Pod,
} from '../../electron/training/objects/objects.ts'
import { deployments, pods, replicaSets } from '../../electron/training/objects/resources.ts'
import type { Store } from '../../electron/training/objects/store.ts'
import type { KubeObject } from '../../electron/training/objects/objects.ts'
import type { BatchMoment, Facts } from './facts.ts'
import type { SimulatedTime } from './simulated-time.ts'

/** Notes what becomes of every batch and of its containers, moment by moment. */
export function watchBatches(store: Store, time: SimulatedTime, facts: Facts): void {
  const last = new Map<string, BatchMoment>()

  function deploymentOf(object: KubeObject): string | undefined {
    const set = store.list(replicaSets, 'demo').find((one) => one.metadata.uid === controllerOf(object)?.uid)
    return set === undefined ? undefined : controllerOf(set)?.uid
  }

  function note(deployment: Deployment): void {
    const { uid } = deployment.metadata
    const own = store.list(replicaSets, 'demo').filter((set) => controllerOf(set)?.uid === uid)
    const current = familyOf(deployment, own).current?.metadata.uid
    const ready = store
      .list(pods, 'demo')
      .filter(
        (pod) =>
          current !== undefined &&
          controllerOf(pod)?.uid === current &&
          isReadyPod(pod) &&
          pod.metadata.deletionTimestamp === undefined,
      )
      .map((pod) => pod.metadata.uid)
      .sort()
    const { replicas: desired } = deployment.spec
    const before = last.get(uid)
    if (before?.desired === desired && before.ready.join() === ready.join()) return
    const moment = { at: time.now(), uid, desired, fresh: ready.length, ready }
    last.set(uid, moment)
    facts.moments.push(moment)
  }

  function noteRestarts(batch: string, pod: Pod, before: Pod): void {
    const deployment = store.list(deployments, 'demo').find((one) => one.metadata.uid === batch)
    if (deployment === undefined) return
    const own = store.list(replicaSets, 'demo').filter((set) => controllerOf(set)?.uid === batch)
    const isNew = familyOf(deployment, own).current?.metadata.uid === controllerOf(pod)?.uid
    for (let count = restartsOf(before); count < restartsOf(pod); count++)
      facts.restarts.push({ at: time.now(), batch, pod: pod.metadata.uid, isNew })
  }

  store.subscribe(({ resource, object, previous }) => {
    if (object.metadata.namespace !== 'demo') return
    if (resource.plural === 'deployments') note(object as Deployment)
    if (resource.plural !== 'pods') return
    const uid = deploymentOf(object)
    const deployment = store.list(deployments, 'demo').find((one) => one.metadata.uid === uid)
    if (uid === undefined || deployment === undefined) return
    note(deployment)
    if (previous !== undefined) noteRestarts(uid, object as Pod, previous as Pod)
  })
}

function restartsOf({ status }: Pod): number {
  return (status?.containerStatuses ?? []).reduce((sum, one) => sum + one.restartCount, 0)
}
