import { withCondition } from './conditions.ts'
import type { ControllerContext } from './controller-context.ts'
import { ownerReference } from './claim.ts'
import { condition, hasDeadline } from './deployment-progress.ts'
import {
  newSetAnnotations,
  nextRevision,
  revisionAnnotation,
  sizeAnnotations,
} from './deployment-revisions.ts'
import { equalJson } from '../objects/json.ts'
import { conditionOf, type Deployment, type DeploymentStatus, type ReplicaSet } from '../objects/objects.ts'
import { deployments, replicaSets } from '../objects/resources.ts'
import { newSetSize } from './rollout-math.ts'
import { hashLabel, templateHash, templateKey } from './template-hash.ts'

/** A Deployment with its ReplicaSets: the one of the current template, and the rest. */
export type Family = {
  readonly deployment: Deployment
  readonly current: ReplicaSet | undefined
  readonly old: readonly ReplicaSet[]
}

export function allSets(family: Family): readonly ReplicaSet[] {
  return family.current === undefined ? family.old : [...family.old, family.current]
}

export function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [first, second] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp]
  return first === second ? (a.metadata.name < b.metadata.name ? -1 : 1) : first < second ? -1 : 1
}

/** The oldest owned ReplicaSet whose template equals the Deployment's is the current one. */
export function familyOf(deployment: Deployment, sets: readonly ReplicaSet[]): Family {
  const wanted = templateKey(deployment.spec.template)
  const sorted = [...sets].sort(byAge)
  const current = sorted.find((set) => templateKey(set.spec.template) === wanted)
  return { deployment, current, old: sorted.filter((set) => set !== current) }
}

/** Writes status and the annotations that travel with it, unless nothing changed. */
export function writeStatus(
  context: ControllerContext,
  deployment: Deployment,
  status: DeploymentStatus,
): Deployment {
  if (equalJson(deployment.status, status)) return deployment
  return context.lifecycle.update(deployments, { ...deployment, status }, 'status')
}

function withRevision(deployment: Deployment, revision: string): Deployment {
  const annotations = { ...deployment.metadata.annotations, [revisionAnnotation]: revision }
  return { ...deployment, metadata: { ...deployment.metadata, annotations } }
}

function withProgressing(
  context: ControllerContext,
  deployment: Deployment,
  told: { readonly reason: string; readonly message: string },
): Deployment {
  if (!hasDeadline(deployment)) return deployment
  const progressing = condition('Progressing', context.clock.now(), { status: 'True', ...told })
  const conditions = withCondition(deployment.status?.conditions ?? [], progressing)
  return { ...deployment, status: { ...deployment.status, conditions } }
}

function refreshCurrent(context: ControllerContext, family: Family, current: ReplicaSet): Family {
  const { deployment, old } = family
  const annotations = newSetAnnotations(deployment, current.metadata.annotations ?? {}, nextRevision(old))
  const minReadySeconds = deployment.spec.minReadySeconds ?? 0
  const spec =
    (current.spec.minReadySeconds ?? 0) === minReadySeconds
      ? current.spec
      : { ...current.spec, minReadySeconds }
  const set = context.lifecycle.update(
    replicaSets,
    { ...current, metadata: { ...current.metadata, annotations }, spec },
    'main',
  )
  const noted = withRevision(deployment, set.metadata.annotations?.[revisionAnnotation] ?? '')
  const known = conditionOf(deployment.status?.conditions, 'Progressing') !== undefined
  const message = `Found new replica set "${set.metadata.name}"`
  const told = known ? noted : withProgressing(context, noted, { reason: 'FoundNewReplicaSet', message })
  return { deployment: context.lifecycle.update(deployments, told, 'status'), current: set, old }
}

function createCurrent(context: ControllerContext, family: Family): Family {
  const { deployment, old } = family
  const { template, selector, minReadySeconds } = deployment.spec
  const hash = templateHash(template, deployment.status?.collisionCount)
  const labels = { ...template.metadata?.labels, [hashLabel]: hash }
  const replicas = newSetSize(deployment, old, 0)
  const revision = nextRevision(old)
  const draft = context.lifecycle.stampNew<ReplicaSet>(replicaSets, {
    metadata: {
      name: `${deployment.metadata.name}-${hash}`,
      namespace: deployment.metadata.namespace ?? '',
      labels,
      annotations: { ...newSetAnnotations(deployment, {}, revision), ...sizeAnnotations(deployment) },
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas,
      ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [hashLabel]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
    status: { replicas: 0 },
  })
  const refused = context.admission.refused(replicaSets, draft)
  if (refused !== undefined)
    return tellRefused(context, family, { name: draft.metadata.name, why: refused.message })
  const set = context.store.put(replicaSets, draft)
  const message = `Created new replica set "${set.metadata.name}"`
  const told = withProgressing(context, withRevision(deployment, String(revision)), {
    reason: 'NewReplicaSetCreated',
    message,
  })
  if (replicas > 0) {
    context.events.record(deployment, {
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled up replica set ${set.metadata.name} from 0 to ${replicas}`,
      component: 'deployment-controller',
    })
  }
  return { deployment: context.lifecycle.update(deployments, told, 'status'), current: set, old }
}

function tellRefused(
  context: ControllerContext,
  family: Family,
  refused: { readonly name: string; readonly why: string },
): Family {
  const { deployment } = family
  const message = `Failed to create new replica set "${refused.name}": ${refused.why}`
  const reason = 'ReplicaSetCreateError'
  context.events.record(deployment, { type: 'Warning', reason, message, component: 'deployment-controller' })
  if (!hasDeadline(deployment)) return family
  const told = condition('Progressing', context.clock.now(), { status: 'False', reason, message })
  const conditions = withCondition(deployment.status?.conditions ?? [], told)
  return { ...family, deployment: writeStatus(context, deployment, { ...deployment.status, conditions }) }
}

/** Finds the ReplicaSet of the current template, brings its annotations up to date, or makes it if allowed. */
export function settleCurrent(context: ControllerContext, family: Family, mayCreate: boolean): Family {
  if (family.current !== undefined) return refreshCurrent(context, family, family.current)
  if (!mayCreate) return family
  const { deployment } = family
  const { collisionCount = 0 } = deployment.status ?? {}
  const name = `${deployment.metadata.name}-${templateHash(deployment.spec.template, collisionCount)}`
  if (context.store.get(replicaSets, deployment.metadata.namespace ?? '', name) === undefined) {
    return createCurrent(context, family)
  }
  // Somebody else's ReplicaSet has the name: with the collision counted, the next look finds another one.
  const status = { ...deployment.status, collisionCount: collisionCount + 1 }
  return { ...family, deployment: writeStatus(context, deployment, status) }
}
