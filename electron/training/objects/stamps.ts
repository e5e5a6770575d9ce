import type { TrainingClock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { admittedPod } from './admitted-pod.ts'
import { equalJson } from './json.ts'
import { timestamp, type KubeObject, type ObjectMeta } from './objects.ts'
import { groupVersion, pods, type Resource } from './resources.ts'

/** An object before it has its identity; kind and apiVersion are filled in. */
export type Draft<T extends KubeObject = KubeObject> = Omit<T, 'metadata' | 'kind' | 'apiVersion'> & {
  readonly metadata: Partial<ObjectMeta>
}

export type Part = 'main' | 'status'

export type Stamps = {
  /** The object as it would be stored: identity, creation time, generation 1. */
  stampNew<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): T
  /** The object as it would be stored in place of the old one: identity kept, generation counted. */
  stampUpdate<T extends KubeObject>(
    resource: Resource<T>,
    old: T,
    next: { readonly object: T; readonly part: Part },
  ): T
}

const generationGroups = ['apps', 'policy', 'autoscaling']

function hasGeneration(resource: Resource): boolean {
  return generationGroups.includes(resource.group) || resource.plural === pods.plural
}

export function field(object: KubeObject, name: 'spec' | 'status'): unknown {
  return (object as KubeObject & Readonly<Record<'spec' | 'status', unknown>>)[name]
}

/** What of a pod's spec a client may change; its node is not the client's matter. */
function containersOf(pod: KubeObject): unknown {
  return (field(pod, 'spec') as { readonly containers?: unknown }).containers
}

/** Lists that nothing is in are left out. */
function withoutEmptyLists(metadata: Partial<ObjectMeta>): Partial<ObjectMeta> {
  const { finalizers = [], ownerReferences = [], ...rest } = metadata
  return {
    ...rest,
    ...(finalizers.length === 0 ? {} : { finalizers }),
    ...(ownerReferences.length === 0 ? {} : { ownerReferences }),
  }
}

/** Only a change of the spec counts, and for Deployments one of the annotations too. */
function changesGeneration(resource: Resource, old: KubeObject, next: KubeObject): boolean {
  if (!hasGeneration(resource)) return false
  if (resource.plural === pods.plural) return !equalJson(containersOf(old), containersOf(next))
  if (!equalJson(field(old, 'spec'), field(next, 'spec'))) return true
  return (
    resource.plural === 'deployments' &&
    !equalJson(old.metadata.annotations ?? {}, next.metadata.annotations ?? {})
  )
}

/** What the server itself writes into an object before it is stored. */
export function createStamps({
  clock,
  random,
}: {
  readonly clock: TrainingClock
  readonly random: Random
}): Stamps {
  function stampNew<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): T {
    const { name, generateName, ...rest } = draft.metadata
    const generated = generateName === undefined ? {} : { generateName }
    const metadata: ObjectMeta = {
      name: name === undefined || name === '' ? `${generateName ?? ''}${random.suffix(5)}` : name,
      ...generated,
      ...rest,
      uid: random.uid(),
      creationTimestamp: timestamp(clock.now()),
      ...(hasGeneration(resource) ? { generation: 1 } : {}),
    }
    const whole = { kind: resource.kind, apiVersion: groupVersion(resource), ...draft, metadata }
    return (resource.plural === pods.plural ? admittedPod(whole) : whole) as unknown as T
  }

  function stampUpdate<T extends KubeObject>(
    resource: Resource<T>,
    old: T,
    next: { readonly object: T; readonly part: Part },
  ): T {
    const { object, part } = next
    const hasStatus = resource.subresources.includes('status')
    const kept = {
      uid: old.metadata.uid,
      name: old.metadata.name,
      creationTimestamp: old.metadata.creationTimestamp,
      ...(old.metadata.deletionTimestamp === undefined
        ? {}
        : { deletionTimestamp: old.metadata.deletionTimestamp }),
    }
    const status = field(part === 'status' ? object : old, 'status')
    const body = part === 'status' ? { ...old, status } : { ...object, ...(hasStatus ? { status } : {}) }
    const generation = old.metadata.generation
    const grown = part === 'main' && changesGeneration(resource, old, object)
    // kind and apiVersion stay in front: lists cut them off the text by their length.
    const { kind, apiVersion } = old
    return Object.assign({ kind, apiVersion }, body, {
      metadata: {
        ...withoutEmptyLists(object.metadata),
        ...kept,
        ...(generation === undefined ? {} : { generation: generation + (grown ? 1 : 0) }),
      },
    })
  }

  return { stampNew, stampUpdate }
}
