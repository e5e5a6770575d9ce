import type { TrainingClock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { timestamp, type KubeObject, type ObjectMeta } from './objects.ts'
import { namespaces, pods, type Resource } from './resources.ts'
import { createStamps, field, type Draft, type Part, type Stamps } from './stamps.ts'
import type { Store } from './store.ts'

export type Removal = {
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
  readonly graceSeconds?: number
}

/** How objects come, change and go, for the API's handlers and the controllers alike. */
export type Lifecycle = Stamps & {
  create<T extends KubeObject>(resource: Resource<T>, draft: Draft<T>): T
  /** Writes an object over the stored one; does nothing when that one is gone or another one has its name. */
  update<T extends KubeObject>(resource: Resource<T>, object: T, part: Part): T
  /** Deletes, or begins to: pods end gracefully, finalizers hold an object. Gives what is left of it. */
  remove(resource: Resource, object: KubeObject, removal: Removal): KubeObject
  /** Stores what stampUpdate gave, and lets go of an object that nothing holds any longer. */
  commit<T extends KubeObject>(resource: Resource<T>, object: T): T
}

function isHeld(object: KubeObject): boolean {
  return (object.metadata.finalizers ?? []).length > 0
}

export function createLifecycle(tools: {
  readonly store: Store
  readonly clock: TrainingClock
  readonly random: Random
}): Lifecycle {
  const { store, clock } = tools
  const { stampNew, stampUpdate } = createStamps(tools)

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
