import { claim, ownerReference } from './claim.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { equalJson, objectAt } from '../objects/json.ts'
import type { Draft } from '../objects/stamps.ts'
import { asJson, controllerOf, isActivePod, type Pod, type ReplicaSet } from '../objects/objects.ts'
import { byUselessness } from './pod-ranking.ts'
import { qosClassOf } from '../objects/qos-class.ts'
import { pods, replicaSets } from '../objects/resources.ts'
import { matchesLabels } from '../objects/selectors.ts'
import type { Change } from '../objects/watch-log.ts'
import { availableAt, replicaSetStatus } from './replicaset-status.ts'
import { createWorkQueue } from './work-queue.ts'

const component = 'replicaset-controller'
const firstRetryMs = 1000
const longestRetryMs = 60_000

function podOf(set: ReplicaSet): Draft<Pod> {
  const { metadata, spec } = set.spec.template
  return {
    metadata: {
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace ?? '',
      ...(metadata?.labels === undefined ? {} : { labels: metadata.labels }),
      ...(metadata?.annotations === undefined ? {} : { annotations: metadata.annotations }),
      ownerReferences: [ownerReference(set)],
    },
    spec,
    status: { phase: 'Pending', qosClass: qosClassOf(objectAt(asJson(set), 'spec', 'template', 'spec')) },
  }
}

/** The ReplicaSet controller; returns its stop. */
export function startReplicaSetController(context: ControllerContext): () => void {
  const { store, clock, admission, lifecycle, events } = context
  const queue = createWorkQueue(clock, sync)
  const retries = new Map<string, number>()

  /** Makes or gives up pods until there are as many as wanted; gives the reason when that failed. */
  function manage(set: ReplicaSet, active: readonly Pod[]): string | undefined {
    const missing = set.spec.replicas - active.length
    if (missing < 0) {
      const doomed = [...active].sort(byUselessness(active)).slice(0, -missing)
      for (const pod of doomed) {
        lifecycle.remove(pods, pod, {})
        const message = `Deleted pod: ${pod.metadata.name}`
        events.record(set, { type: 'Normal', reason: 'SuccessfulDelete', message, component })
      }
      return undefined
    }
    for (let made = 0; made < missing; made += 1) {
      const draft = lifecycle.stampNew(pods, podOf(set))
      const refused = admission.refused(pods, draft)
      if (refused !== undefined) {
        const message = `Error creating: ${refused.message}`
        events.record(set, { type: 'Warning', reason: 'FailedCreate', message, component })
        return refused.message
      }
      const pod = store.put(pods, draft)
      const message = `Created pod: ${pod.metadata.name}`
      events.record(set, { type: 'Normal', reason: 'SuccessfulCreate', message, component })
    }
    return undefined
  }

  function retryLater(key: string, failure: string | undefined): void {
    if (failure === undefined) {
      retries.delete(key)
      return
    }
    const delay = retries.get(key) ?? firstRetryMs
    retries.set(key, Math.min(longestRetryMs, delay * 2))
    queue.addAfter(key, delay)
  }

  function sync(key: string): void {
    const set = store.get(replicaSets, ...splitKey(key))
    if (set === undefined) {
      retries.delete(key)
      return
    }
    const claimed = claim(context, set, { resource: pods, adopts: isActivePod })
    const alive = set.metadata.deletionTimestamp === undefined
    const failure = alive ? manage(set, claimed.filter(isActivePod)) : undefined
    retryLater(key, failure)
    const owned = store.ownedBy(pods, set.metadata.uid)
    const status = replicaSetStatus(set, owned, { failure, now: clock.now() })
    if (!equalJson(status, set.status)) lifecycle.update(replicaSets, { ...set, status }, 'status')
    const waits = owned
      .filter(isActivePod)
      .map((pod) => (availableAt(pod, set.spec.minReadySeconds ?? 0) ?? 0) - clock.now())
      .filter((wait) => wait > 0)
    if (waits.length > 0) queue.addAfter(key, Math.min(...waits))
  }

  function onPodChange({ object, previous, type }: Change): void {
    const namespace = object.metadata.namespace ?? ''
    for (const one of previous === undefined ? [object] : [object, previous]) {
      const owner = controllerOf(one)
      if (owner?.kind === 'ReplicaSet') queue.add(`${namespace}/${owner.name}`)
    }
    if (controllerOf(object) !== undefined || type === 'DELETED') return
    for (const set of store.list(replicaSets, namespace)) {
      if (matchesLabels(set.spec.selector, object.metadata.labels)) queue.add(keyOf(set))
    }
  }

  const unsubscribe = store.subscribe((change) => {
    if (change.resource.plural === 'replicasets') queue.add(keyOf(change.object))
    else if (change.resource.plural === 'pods') onPodChange(change)
    else if (change.resource.plural === 'resourcequotas') for (const key of retries.keys()) queue.add(key)
  })
  return () => {
    unsubscribe()
    queue.stop()
  }
}
