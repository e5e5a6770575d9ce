import { admittedPod } from './admitted-pod.ts'
import { equalJson } from './json.ts'
import { timestamp, type KubeObject, type ObjectMeta } from './objects.ts'
import type { Random } from '../clock/random.ts'
import { groupVersion, namespaces, pods, type Resource } from './resources.ts'
import type { Store } from './store.ts'
import type { TrainingClock } from '../clock/clock.ts'

/** An object before it has its identity; kind and apiVersion are filled in. */
export type Draft<T extends KubeObject = KubeObject> = Omit<T, 'metadata' | 'kind' | 'apiVersion'> & {
  readonly metadata: Partial<ObjectMeta>
}

export type Part = 'main' | 'status'

export type Removal = {
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
  readonly graceSeconds?: number
}

/** How objects come, change and go, for the API's handlers and the controllers alike. */
export type Lifecycle = {
  /** The object as it would be stored: identity, creation time, generation 1. */
  stampNew<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): T
  /** The object as it would be stored in place of the old one: identity kept, generation counted. */
  stampUpdate<T extends KubeObject>(
    resource: Resource<T>,
    old: T,
    next: { readonly object: T; readonly part: Part },
  ): T
  create<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): T
  /** Writes an object over the stored one; does nothing when that one is gone or another one has its name. */
  update<T extends KubeObject>(resource: Resource<T>, object: T, part: Part): T
  /** Deletes, or begins to: pods end gracefully, finalizers hold an object. Gives what is left of it. */
  remove(resource: Resource, object: KubeObject, removal: Removal): KubeObject
  /** Stores what stampUpdate gave, and lets go of an object that nothing holds any longer. */
  commit<T extends KubeObject>(resource: Resource<T>, object: T): T
}

const generationGroups = ['apps', 'policy', 'autoscaling']

function hasGeneration(resource: Resource): boolean {
  return generationGroups.includes(resource.group) || resource.plural === pods.plural
}

function field(object: KubeObject, name: 'spec' | 'status'): unknown {
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

function isHeld(object: KubeObject): boolean {
  return (object.metadata.finalizers ?? []).length > 0
}

export function createLifecycle(tools: {
  readonly store: Store
  readonly clock: TrainingClock
  readonly random: Random
}): Lifecycle {
  const { store, clock, random } = tools

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

  function commit<T extends KubeObject>(resource: Resource<T>, object: T): T {
    const stored = store.put(resource, object)
    if (stored.metadata.deletionTimestamp === undefined || isHeld(stored)) return stored
    const graceful = resource.plural === pods.plural && stored.metadata.deletionGracePeriodSeconds !== 0
    if (!graceful) store.remove(resource, stored)
    return stored
  }

  function beginDeletion(resource: Resource, object: KubeObject, change: Partial<ObjectMeta>): KubeObject {
    const { generation } = object.metadata
    const metadata = {
      ...object.metadata,
      deletionTimestamp: timestamp(clock.now() + (change.deletionGracePeriodSeconds ?? 0) * 1000),
      deletionGracePeriodSeconds: 0,
      ...(generation === undefined ? {} : { generation: generation + 1 }),
      ...change,
    }
    return store.put(resource, { ...object, metadata })
  }

  function removePod(object: KubeObject, graceSeconds: number | undefined): KubeObject {
    const spec = field(object, 'spec') as { nodeName?: string; terminationGracePeriodSeconds?: number }
    const grace = graceSeconds ?? spec.terminationGracePeriodSeconds ?? 30
    const pending = object.metadata.deletionGracePeriodSeconds
    if (grace === 0 || spec.nodeName === undefined) return store.remove(pods, object)
    if (pending !== undefined && pending <= grace) return object
    return beginDeletion(pods, object, { deletionGracePeriodSeconds: grace })
  }

  /** A namespace stays, as Terminating, until the garbage collector has emptied it. */
  function terminate(namespace: KubeObject): KubeObject {
    if (namespace.metadata.deletionTimestamp !== undefined) return namespace
    const metadata = { ...namespace.metadata, deletionTimestamp: timestamp(clock.now()) }
    return store.put(namespaces, Object.assign({}, namespace, { metadata, status: { phase: 'Terminating' } }))
  }

  function remove(resource: Resource, object: KubeObject, removal: Removal): KubeObject {
    if (resource.plural === pods.plural && !isHeld(object)) return removePod(object, removal.graceSeconds)
    if (resource.plural === namespaces.plural) return terminate(object)
    const finalizers = object.metadata.finalizers ?? []
    const finalizer =
      removal.propagation === 'Foreground'
        ? 'foregroundDeletion'
        : removal.propagation === 'Orphan'
          ? 'orphan'
          : undefined
    if (finalizer !== undefined && !finalizers.includes(finalizer)) {
      return beginDeletion(resource, object, { finalizers: [...finalizers, finalizer] })
    }
    if (!isHeld(object)) return store.remove(resource, object)
    return object.metadata.deletionTimestamp === undefined ? beginDeletion(resource, object, {}) : object
  }

  return {
    stampNew,
    stampUpdate,
    create: (resource, draft) => store.put(resource, stampNew(resource, draft)),
    update(resource, object, part) {
      const old = store.get(resource, object.metadata.namespace ?? '', object.metadata.name)
      if (old?.metadata.uid !== object.metadata.uid) return object
      return commit(resource, stampUpdate(resource, old, { object, part }))
    },
    remove,
    commit,
  }
}
