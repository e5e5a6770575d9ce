import type { KubeObject } from './objects.ts'
import { allResources, type Resource } from './resources.ts'
import { createWatchLog, type WatchLog } from './watch-log.ts'

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

/** Where objects stand: by namespace and name, by the uids of their owners, and by their own. */
export type Shelves = {
  get(resource: Resource, namespace: string, name: string): KubeObject | undefined
  /** Sorted by namespace and name; all namespaces without one. */
  list(resource: Resource, namespace: string | undefined): readonly KubeObject[]
  count(resource: Resource, namespace: string): number
  byUid(uid: string): { readonly resource: Resource; readonly object: KubeObject } | undefined
  ownedBy(resource: Resource, uid: string): readonly KubeObject[]
  /** In place of `previous`. */
  set(resource: Resource, object: KubeObject, previous: KubeObject | undefined): void
  remove(resource: Resource, object: KubeObject): void
  log(resource: Resource): WatchLog
  logs(): readonly WatchLog[]
  clear(): void
}

export function createShelves(logCapacity: number): Shelves {
  const shelves = new Map<Resource, Shelf>(
    allResources.map((resource) => [
      resource,
      { byNamespace: new Map(), byOwner: new Map(), log: createWatchLog(logCapacity) },
    ]),
  )
  const uids = new Map<string, { readonly resource: Resource; readonly object: KubeObject }>()

  function shelf(resource: Resource): Shelf {
    const found = shelves.get(resource)
    if (found === undefined) throw new Error(`no shelf for ${resource.plural}`)
    return found
  }
  function unindex(resource: Resource, object: KubeObject): void {
    const { byOwner } = shelf(resource)
    for (const owner of ownersOf(object)) {
      const owned = byOwner.get(owner)
      owned?.delete(object.metadata.uid)
      if (owned?.size === 0) byOwner.delete(owner)
    }
  }

  return {
    get: (resource, namespace, name) => shelf(resource).byNamespace.get(namespace)?.get(name),
    list(resource, namespace) {
      const { byNamespace } = shelf(resource)
      const names =
        namespace === undefined
          ? [...byNamespace.keys()].sort((a, b) => (`${a}/` < `${b}/` ? -1 : 1))
          : [namespace]
      return names.flatMap((name) => [...(byNamespace.get(name)?.values() ?? [])].sort(byName))
    },
    count: (resource, namespace) => shelf(resource).byNamespace.get(namespace)?.size ?? 0,
    byUid: (uid) => uids.get(uid),
    ownedBy: (resource, uid) => [...(shelf(resource).byOwner.get(uid)?.values() ?? [])],
    set(resource, object, previous) {
      const { name, namespace = '', uid } = object.metadata
      if (previous !== undefined) unindex(resource, previous)
      const { byNamespace, byOwner } = shelf(resource)
      drawer(byNamespace, namespace).set(name, object)
      for (const owner of ownersOf(object)) drawer(byOwner, owner).set(uid, object)
      uids.set(uid, { resource, object })
    },
    remove(resource, object) {
      const { name, namespace = '', uid } = object.metadata
      unindex(resource, object)
      shelf(resource).byNamespace.get(namespace)?.delete(name)
      uids.delete(uid)
    },
    log: (resource) => shelf(resource).log,
    logs: () => [...shelves.values()].map(({ log }) => log),
    clear() {
      uids.clear()
      for (const { byNamespace, byOwner } of shelves.values()) {
        byNamespace.clear()
        byOwner.clear()
      }
    },
  }
}

function drawer(map: Map<string, Map<string, KubeObject>>, key: string): Map<string, KubeObject> {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = new Map<string, KubeObject>()
  map.set(key, made)
  return made
}
