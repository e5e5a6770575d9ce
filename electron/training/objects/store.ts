import { equalJson } from './json.ts'
import type { KubeObject } from './objects.ts'
import { allResources, type Resource } from './resources.ts'
import { createWatchLog, type Change, type WatchLog } from './watch-log.ts'

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

type Shelf = {
  readonly byNamespace: Map<string, Map<string, KubeObject>>
  readonly byOwner: Map<string, Map<string, KubeObject>>
  readonly log: WatchLog
}

function ownersOf(object: KubeObject): readonly string[] {
  const references = object.metadata.ownerReferences ?? []
  const uids = references.map((reference) => reference.uid)
  return references.some((reference) => reference.controller === true) ? uids : [...uids, '']
}

function byName(a: KubeObject, b: KubeObject): number {
  return a.metadata.name < b.metadata.name ? -1 : 1
}

export function createStore(options: { readonly logCapacity: number }): Store {
  const shelves = new Map<Resource, Shelf>(
    allResources.map((resource) => [
      resource,
      { byNamespace: new Map(), byOwner: new Map(), log: createWatchLog(options.logCapacity) },
    ]),
  )
  const uids = new Map<string, { readonly resource: Resource; readonly object: KubeObject }>()
  const listeners = new Set<(change: Change) => void>()
  let version = 1000

  function shelf(resource: Resource): Shelf {
    const found = shelves.get(resource)
    if (found === undefined) throw new Error(`no shelf for ${resource.plural}`)
    return found
  }
  function drawer(map: Map<string, Map<string, KubeObject>>, key: string): Map<string, KubeObject> {
    const found = map.get(key)
    if (found !== undefined) return found
    const made = new Map<string, KubeObject>()
    map.set(key, made)
    return made
  }
  function unindex(resource: Resource, object: KubeObject): void {
    const { byOwner } = shelf(resource)
    for (const owner of ownersOf(object)) {
      const owned = byOwner.get(owner)
      owned?.delete(object.metadata.uid)
      if (owned?.size === 0) byOwner.delete(owner)
    }
  }
  function publish(change: Change): void {
    shelf(change.resource).log.append(change)
    for (const listener of [...listeners]) listener(change)
  }
  function get(resource: Resource, namespace: string, name: string): KubeObject | undefined {
    return shelf(resource).byNamespace.get(namespace)?.get(name)
  }
  function stamped<T extends KubeObject>(object: T): T {
    version += 1
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } }
  }

  return {
    version: () => version,
    get: <T extends KubeObject>(resource: Resource<T>, namespace: string, name: string) =>
      get(resource, namespace, name) as T | undefined,
    list: <T extends KubeObject>(resource: Resource<T>, namespace?: string) => {
      const { byNamespace } = shelf(resource)
      const names =
        namespace === undefined
          ? [...byNamespace.keys()].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1))
          : [namespace]
      return names.flatMap((name) =>
        [...(byNamespace.get(name)?.values() ?? [])].sort(byName),
      ) as unknown as readonly T[]
    },
    count: (resource, namespace) => shelf(resource).byNamespace.get(namespace)?.size ?? 0,
    byUid: (uid) => uids.get(uid),
    ownedBy: <T extends KubeObject>(resource: Resource<T>, uid: string) =>
      [...(shelf(resource).byOwner.get(uid)?.values() ?? [])] as unknown as readonly T[],
    put: <T extends KubeObject>(resource: Resource<T>, object: T) => {
      const { name, namespace = '', uid } = object.metadata
      const previous = get(resource, namespace, name) as T | undefined
      if (previous !== undefined) {
        const unchanged = {
          ...object,
          metadata: { ...object.metadata, resourceVersion: previous.metadata.resourceVersion },
        }
        if (equalJson(previous, unchanged)) return previous
        unindex(resource, previous)
      }
      const next = stamped(object)
      drawer(shelf(resource).byNamespace, namespace).set(name, next)
      for (const owner of ownersOf(next)) drawer(shelf(resource).byOwner, owner).set(uid, next)
      uids.set(uid, { resource, object: next })
      publish({
        version,
        resource,
        object: next,
        type: previous === undefined ? 'ADDED' : 'MODIFIED',
        previous,
      })
      return next
    },
    remove: (resource, object) => {
      const { name, namespace = '', uid } = object.metadata
      const previous = get(resource, namespace, name)
      if (previous?.metadata.uid !== uid) return object
      unindex(resource, previous)
      shelf(resource).byNamespace.get(namespace)?.delete(name)
      uids.delete(uid)
      const last = stamped(previous)
      publish({ version, resource, object: last, type: 'DELETED', previous })
      return last
    },
    log: (resource) => shelf(resource).log,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    compact() {
      for (const { log } of shelves.values()) log.compact(version)
    },
    clear() {
      version += 1
      uids.clear()
      for (const { byNamespace, byOwner, log } of shelves.values()) {
        byNamespace.clear()
        byOwner.clear()
        log.compact(version)
      }
    },
  }
}
