import { claim } from './claim.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { calculateStatus, deadlineDelay, isComplete, withProgress } from './deployment-progress.ts'
import { growCurrent, isScaling, scaleFamily, scaleSet, shrinkOld } from './deployment-scaling.ts'
import { allSets, familyOf, settleCurrent, writeStatus, type Family } from './deployment-sets.ts'
import { controllerOf, type Deployment, type OwnerReference } from '../objects/objects.ts'
import { deployments, pods, replicaSets } from '../objects/resources.ts'
import { cleanUp, notePause } from './deployment-upkeep.ts'
import { matchesLabels } from '../objects/selectors.ts'
import type { Store } from '../objects/store.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

/** Until a ReplicaSet that could not be made is tried again. */
const createRetryMs = 5_000

/** The Deployment controller; returns its stop. */
export function startDeploymentController(context: ControllerContext): () => void {
  const { store, clock } = context
  const queue = createWorkQueue(clock, sync)

  /** The family as it is stored now, after what was just written. */
  function reread(deployment: Deployment): Family {
    const fresh =
      store.get(deployments, deployment.metadata.namespace ?? '', deployment.metadata.name) ?? deployment
    const sets = store.ownedBy(replicaSets, fresh.metadata.uid)
    return familyOf(
      fresh,
      sets.filter((set) => controllerOf(set)?.uid === fresh.metadata.uid),
    )
  }

  function finish(deployment: Deployment, options: { readonly rollout: boolean }): void {
    const family = reread(deployment)
    const sets = { all: allSets(family), current: family.current }
    const judge = options.rollout ? withProgress : calculateStatus
    const status = judge(family.deployment, sets, clock.now())
    const written = writeStatus(context, family.deployment, status)
    const delay = options.rollout ? deadlineDelay(written, status, clock.now()) : undefined
    if (delay !== undefined) queue.addAfter(keyOf(written), delay)
  }

  function rollOut(family: Family): void {
    const settled = settleCurrent(context, family, true)
    if (settled.current === undefined) {
      queue.addAfter(keyOf(settled.deployment), createRetryMs)
      return
    }
    const steady = growCurrent(context, settled) || shrinkOld(context, settled) ? undefined : settled
    if (steady !== undefined && isComplete(steady.deployment, steady.deployment.status ?? {}))
      cleanUp(context, steady)
    finish(settled.deployment, { rollout: true })
  }

  function recreate(family: Family): void {
    const { deployment, old } = settleCurrent(context, family, false)
    const active = old.filter((set) => set.spec.replicas > 0)
    for (const set of active) scaleSet(context, deployment, { set, size: 0 })
    // Terminating pods count too: the new ones start only when the old ones are really gone.
    const running = old.some((set) =>
      store
        .ownedBy(pods, set.metadata.uid)
        .some((pod) => pod.status?.phase !== 'Failed' && pod.status?.phase !== 'Succeeded'),
    )
    if (active.length === 0 && !running) {
      const settled = settleCurrent(context, reread(deployment), true)
      const { current } = settled
      if (current === undefined) {
        queue.addAfter(keyOf(settled.deployment), createRetryMs)
        return
      }
      scaleSet(context, settled.deployment, { set: current, size: settled.deployment.spec.replicas })
      if (isComplete(settled.deployment, settled.deployment.status ?? {})) cleanUp(context, settled)
    }
    finish(deployment, { rollout: true })
  }

  function sync(key: string): void {
    const found = store.get(deployments, ...splitKey(key))
    if (found === undefined) return
    const sets = claim(context, found, { resource: replicaSets, adopts: () => true })
    if (found.metadata.deletionTimestamp !== undefined) {
      finish(found, { rollout: false })
      return
    }
    const deployment = notePause(context, found)
    const family = familyOf(deployment, sets)
    if (deployment.spec.paused === true || isScaling(family)) {
      const settled = settleCurrent(context, family, false)
      scaleFamily(context, settled)
      if (deployment.spec.paused === true) cleanUp(context, reread(deployment))
      finish(deployment, { rollout: false })
    } else if (deployment.spec.strategy.type === 'Recreate') recreate(family)
    else rollOut(family)
  }

  const unsubscribe = store.subscribe((change) => {
    for (const key of touchedBy(store, change)) queue.add(key)
  })
  return () => {
    unsubscribe()
    queue.stop()
  }
}

/** Deployments that may have to do something about a change. */
function touchedBy(store: Store, { resource, object, previous, type }: Change): readonly string[] {
  const { namespace } = object.metadata
  const owner = (reference: OwnerReference | undefined): readonly string[] =>
    reference?.kind === 'Deployment' ? [`${namespace ?? ''}/${reference.name}`] : []
  if (resource.plural === 'deployments') return [keyOf(object)]
  if (resource.plural === 'replicasets') {
    const owners = [controllerOf(object), previous === undefined ? undefined : controllerOf(previous)]
    const adopters =
      controllerOf(object) === undefined && type !== 'DELETED'
        ? store
            .list(deployments, namespace)
            .filter((deployment) => matchesLabels(deployment.spec.selector, object.metadata.labels))
        : []
    return [...owners.flatMap(owner), ...adopters.map(keyOf)]
  }
  if (resource.plural !== 'pods' || type !== 'DELETED') return []
  const set = store.byUid(controllerOf(object)?.uid ?? '')?.object
  return set === undefined ? [] : owner(controllerOf(set))
}
