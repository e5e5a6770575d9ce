import type { ControllerContext } from './controller-context.ts'
import { sizeAnnotations } from './deployment-revisions.ts'
import { allSets, byAge, type Family } from './deployment-sets.ts'
import type { Deployment, ReplicaSet } from '../objects/objects.ts'
import { replicaSets } from '../objects/resources.ts'
import {
  desiredAnnotation,
  fencesOf,
  newSetSize,
  scaleShare,
  totalAvailable,
  totalReplicas,
} from './rollout-math.ts'

/**
 * Gives a ReplicaSet a size and notes the Deployment's wishes on it; true when the size changed. One that has the
 * size already is left alone, unless the wishes have to be noted on it anyway.
 */
export function scaleSet(
  context: ControllerContext,
  deployment: Deployment,
  change: { readonly set: ReplicaSet; readonly size: number; readonly anyway?: boolean },
): boolean {
  const { set, size, anyway = false } = change
  const before = set.spec.replicas
  if (size === before && !anyway) return false
  const annotations = { ...set.metadata.annotations, ...sizeAnnotations(deployment) }
  context.lifecycle.update(
    replicaSets,
    { ...set, metadata: { ...set.metadata, annotations }, spec: { ...set.spec, replicas: size } },
    'main',
  )
  if (size === before) return false
  context.events.record(deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${size > before ? 'up' : 'down'} replica set ${set.metadata.name} from ${before} to ${size}`,
    component: 'deployment-controller',
  })
  return true
}

function isActive(set: ReplicaSet): boolean {
  return set.spec.replicas > 0
}

/** The Deployment was scaled when an active ReplicaSet still notes another wish. */
export function isScaling(family: Family): boolean {
  return allSets(family)
    .filter(isActive)
    .some((set) => {
      const noted = set.metadata.annotations?.[desiredAnnotation]
      return noted !== undefined && Number(noted) !== family.deployment.spec.replicas
    })
}

/** The one ReplicaSet that takes all of a change of size, if there is just one. */
function onlySet(family: Family): ReplicaSet | undefined {
  const active = allSets(family).filter(isActive)
  if (active.length > 1) return undefined
  return active[0] ?? family.current ?? [...family.old].sort(byAge).at(-1)
}

function isSaturated({ deployment, current }: Family): boolean {
  const { replicas } = deployment.spec
  return (
    current !== undefined &&
    Number(current.metadata.annotations?.[desiredAnnotation]) === replicas &&
    current.spec.replicas === replicas &&
    current.status?.availableReplicas === replicas
  )
}

/** A change of spec.replicas: one ReplicaSet follows it; in the middle of a rollout it is spread over all. */
export function scaleFamily(context: ControllerContext, family: Family): void {
  const { deployment, old } = family
  const { replicas, strategy } = deployment.spec
  const only = onlySet(family)
  if (only !== undefined) {
    scaleSet(context, deployment, { set: only, size: replicas })
    return
  }
  if (isSaturated(family)) {
    for (const set of old.filter(isActive)) scaleSet(context, deployment, { set, size: 0 })
    return
  }
  if (strategy.type !== 'RollingUpdate') return
  const active = allSets(family).filter(isActive)
  const allowed = replicas > 0 ? replicas + fencesOf(deployment).surge : 0
  const toAdd = allowed - totalReplicas(active)
  // The largest first; of equal ones the newer first when growing, the older first when shrinking.
  const sorted = [...active].sort(
    (a, b) => b.spec.replicas - a.spec.replicas || (toAdd > 0 ? byAge(b, a) : byAge(a, b)),
  )
  let left = toAdd
  const sizes = sorted.map((set) => {
    const share = scaleShare(deployment, set, left)
    left -= share
    return set.spec.replicas + share
  })
  sorted.forEach((set, index) => {
    const size = (sizes[index] ?? 0) + (index === 0 ? left : 0)
    scaleSet(context, deployment, { set, size: Math.max(0, size), anyway: true })
  })
}

/** One step of a rolling update upwards; true when something was scaled. */
export function growCurrent(context: ControllerContext, family: Family): boolean {
  const { deployment, current } = family
  if (current === undefined || current.spec.replicas === deployment.spec.replicas) return false
  const over = current.spec.replicas > deployment.spec.replicas
  const size = over
    ? deployment.spec.replicas
    : newSetSize(deployment, allSets(family), current.spec.replicas)
  return scaleSet(context, deployment, { set: current, size })
}

/** One step of a rolling update downwards: unhealthy old pods first, then healthy ones as far as availability allows. */
export function shrinkOld(context: ControllerContext, family: Family): boolean {
  const { deployment, current, old } = family
  const minimum = deployment.spec.replicas - fencesOf(deployment).unavailable
  const newUnavailable = (current?.spec.replicas ?? 0) - (current?.status?.availableReplicas ?? 0)
  const room = totalReplicas(allSets(family)) - minimum - newUnavailable
  if (totalReplicas(old) === 0 || room <= 0) return false

  const sizes = new Map(old.map((set) => [set, set.spec.replicas]))
  let unhealthy = 0
  for (const set of old) {
    const useless = set.spec.replicas - (set.status?.availableReplicas ?? 0)
    const fewer = Math.max(0, Math.min(room - unhealthy, useless))
    unhealthy += fewer
    sizes.set(set, set.spec.replicas - fewer)
  }
  let spare = totalAvailable(allSets(family)) - minimum
  for (const set of old) {
    const size = sizes.get(set) ?? 0
    const fewer = Math.max(0, Math.min(spare, size))
    spare -= fewer
    sizes.set(set, size - fewer)
  }
  let scaled = false
  for (const [set, size] of sizes) {
    if (size !== set.spec.replicas && scaleSet(context, deployment, { set, size })) scaled = true
  }
  return scaled
}
