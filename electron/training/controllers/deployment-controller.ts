import { claim } from './claim.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import {
  calculateStatus,
  condition,
  deadlineDelay,
  hasDeadline,
  isComplete,
  withProgress,
} from './deployment-progress.ts'
import { revisionOf } from './deployment-revisions.ts'
import { growCurrent, isScaling, scaleFamily, scaleSet, shrinkOld } from './deployment-scaling.ts'
import { allSets, familyOf, settleCurrent, writeStatus, type Family } from './deployment-sets.ts'
import {
  conditionOf,
  controllerOf,
  type Deployment,
  type KubeObject,
  type OwnerReference,
} from '../objects/objects.ts'
import { withCondition } from './conditions.ts'
import { deployments, pods, replicaSets } from '../objects/resources.ts'
import { matchesLabels } from '../objects/selectors.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

/** Until a ReplicaSet that could not be made is tried again. */
const createRetryMs = 5_000

/** The Deployment controller; returns its stop. */
export function startDeploymentController(context: ControllerContext): () => void {
  const { store, clock, lifecycle } = context
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

  /** Pausing stops the deadline: the condition says so, and starts it anew on resuming. */
  function notePause(deployment: Deployment): Deployment {
    if (!hasDeadline(deployment)) return deployment
    const progressing = conditionOf(deployment.status?.conditions, 'Progressing')
    if (progressing?.reason === 'ProgressDeadlineExceeded') return deployment
    const noted = progressing?.reason === 'DeploymentPaused'
    const paused = deployment.spec.paused === true
    if (paused === noted) return deployment
    const told = paused ? 'Paused' : 'Resumed'
    const next = condition('Progressing', clock.now(), {
      status: 'Unknown',
      reason: `Deployment${told}`,
      message: `Deployment is ${told.toLowerCase()}`,
    })
    const conditions = withCondition(deployment.status?.conditions ?? [], next)
    return lifecycle.update(
      deployments,
      { ...deployment, status: { ...deployment.status, conditions } },
      'status',
    )
  }

  /** Old, empty ReplicaSets beyond the history limit go, lowest revisions first. */
  function cleanUp({ deployment, old }: Family): void {
    const limit = deployment.spec.revisionHistoryLimit
    const alive = old.filter((set) => set.metadata.deletionTimestamp === undefined)
    const surplus = limit === undefined ? 0 : alive.length - limit
    const doomed = [...alive].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, surplus))
    for (const set of doomed) {
      const settled = (set.metadata.generation ?? 0) <= (set.status?.observedGeneration ?? 0)
      if (set.spec.replicas === 0 && set.status?.replicas === 0 && settled) {
        lifecycle.remove(replicaSets, set, { propagation: 'Background' })
      }
    }
  }

  function rollOut(family: Family): void {
    const settled = settleCurrent(context, family, true)
    if (settled.current === undefined) {
      queue.addAfter(keyOf(settled.deployment), createRetryMs)
      return
    }
    const steady = growCurrent(context, settled) || shrinkOld(context, settled) ? undefined : settled
    if (steady !== undefined && isComplete(steady.deployment, steady.deployment.status ?? {})) cleanUp(steady)
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
      if (isComplete(settled.deployment, settled.deployment.status ?? {})) cleanUp(settled)
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
    const deployment = notePause(found)
    const family = familyOf(deployment, sets)
    if (deployment.spec.paused === true || isScaling(family)) {
      const settled = settleCurrent(context, family, false)
      scaleFamily(context, settled)
      if (deployment.spec.paused === true) cleanUp(reread(deployment))
      finish(deployment, { rollout: false })
    } else if (deployment.spec.strategy.type === 'Recreate') recreate(family)
    else rollOut(family)
  }

  function addOwner(reference: OwnerReference | undefined, namespace: string | undefined): void {
    if (reference?.kind === 'Deployment') queue.add(`${namespace ?? ''}/${reference.name}`)
  }

  function addMatching(set: KubeObject): void {
    for (const deployment of store.list(deployments, set.metadata.namespace)) {
      if (matchesLabels(deployment.spec.selector, set.metadata.labels)) queue.add(keyOf(deployment))
    }
  }

  function onChange({ resource, object, previous, type }: Change): void {
    const { namespace } = object.metadata
    if (resource.plural === 'deployments') queue.add(keyOf(object))
    else if (resource.plural === 'replicasets') {
      addOwner(controllerOf(object), namespace)
      if (previous !== undefined) addOwner(controllerOf(previous), namespace)
      if (controllerOf(object) === undefined && type !== 'DELETED') addMatching(object)
    } else if (resource.plural === 'pods' && type === 'DELETED') {
      const set = store.byUid(controllerOf(object)?.uid ?? '')?.object
      if (set !== undefined) addOwner(controllerOf(set), namespace)
    }
  }

  const unsubscribe = store.subscribe(onChange)
  return () => {
    unsubscribe()
    queue.stop()
  }
}
