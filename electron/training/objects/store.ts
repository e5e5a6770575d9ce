import { equalJson } from './json.ts'
import type { KubeObject } from './objects.ts'
import type { Resource } from './resources.ts'
import { createShelves } from './shelves.ts'
import type { Change, WatchLog } from './watch-log.ts'

/** All objects, one global resource version, indexes by namespace and owner. Objects are never changed in place. */
export type Store = {
  /** The resource version of the newest write. */
  version(): number
  get<T extends KubeObject>(resource: Resource<T>, namespace: string, name: string): T | undefined
  /** Sorted by namespace and name, as etcd keys are; all namespaces without one. */
  list<T extends KubeObject>(resource: Resource<T>, namespace?: string): readonly T[]
  count(resource: Resource, namespace: string): number
  byUid(uid: string): { readonly resource: Resource; readonly object: KubeObject } | undefined
  /** Objects that name this uid among their owners; '' gives those without a controller. */
  ownedBy<T extends KubeObject>(resource: Resource<T>, uid: string): readonly T[]
  /** Stores it under a new version. An unchanged object keeps its version and makes no event. */
  put<T extends KubeObject>(resource: Resource<T>, object: T): T
  remove(resource: Resource, object: KubeObject): KubeObject
  log(resource: Resource): WatchLog
  subscribe(listener: (change: Change) => void): () => void
  /** Forgets history: watches and page tokens from before get 410. */
  compact(): void
  /** Forgets everything, but versions go on rising. */
  clear(): void
}

export function createStore(options: { readonly logCapacity: number }): Store {
  const shelves = createShelves(options.logCapacity)
  const listeners = new Set<(change: Change) => void>()
  let version = 1000

  function publish(change: Change): void {
    shelves.log(change.resource).append(change)
    for (const listener of [...listeners]) listener(change)
  }
  function stamped<T extends KubeObject>(object: T): T {
    version += 1
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } }
  }

  return {
    version: () => version,
    get: <T extends KubeObject>(resource: Resource<T>, namespace: string, name: string) =>
      shelves.get(resource, namespace, name) as T | undefined,
    list: <T extends KubeObject>(resource: Resource<T>, namespace?: string) =>
      shelves.list(resource, namespace) as unknown as readonly T[],
    count: shelves.count,
    byUid: shelves.byUid,
    ownedBy: <T extends KubeObject>(resource: Resource<T>, uid: string) =>
      shelves.ownedBy(resource, uid) as unknown as readonly T[],
    put: <T extends KubeObject>(resource: Resource<T>, object: T) => {
      const { name, namespace = '' } = object.metadata
      const previous = shelves.get(resource, namespace, name) as T | undefined
      if (previous !== undefined) {
        const { resourceVersion } = previous.metadata
        const unchanged = { ...object, metadata: { ...object.metadata, resourceVersion } }
        if (equalJson(previous, unchanged)) return previous
      }
      const next = stamped(object)
      shelves.set(resource, next, previous)
      const type = previous === undefined ? 'ADDED' : 'MODIFIED'
      publish({ version, resource, object: next, type, previous })
      return next
    },
    remove: (resource, object) => {
      const { name, namespace = '', uid } = object.metadata
      const previous = shelves.get(resource, namespace, name)
      if (previous?.metadata.uid !== uid) return object
      shelves.remove(resource, previous)
      const last = stamped(previous)
      publish({ version, resource, object: last, type: 'DELETED', previous })
      return last
    },
    log: shelves.log,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    compact() {
      for (const log of shelves.logs()) log.compact(version)
    },
    clear() {
      version += 1
      shelves.clear()
      for (const log of shelves.logs()) log.compact(version)
    },
  }
}
