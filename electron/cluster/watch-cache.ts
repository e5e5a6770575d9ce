import type { Uid } from '../../shared/ids.ts'
import type { KindName, Kinds } from '../../shared/k8s/objects.ts'
import type { Freshness } from '../../shared/model/freshness.ts'

/** What one watch knows. Old data are kept and called stale; the screen is never emptied by a failure. */
export type WatchCache<K extends KindName> = {
  all(): readonly Kinds[K][]
  has(uid: Uid): boolean
  size(): number
  freshness(): Freshness
  replace(objects: readonly Kinds[K][]): void
  put(object: Kinds[K]): void
  remove(uid: Uid): void
  setFreshness(freshness: Freshness): void
}

export function createWatchCache<K extends KindName>(onChange: () => void): WatchCache<K> {
  let objects = new Map<Uid, Kinds[K]>()
  let list: readonly Kinds[K][] | undefined
  let freshness: Freshness = { kind: 'never', why: '' }

  function changed(): void {
    list = undefined
    onChange()
  }

  return {
    all: () => (list ??= [...objects.values()]),
    has: (uid) => objects.has(uid),
    size: () => objects.size,
    freshness: () => freshness,
    replace(next) {
      objects = new Map(next.map((object) => [object.meta.uid, object]))
      changed()
    },
    put(object) {
      if (objects.get(object.meta.uid)?.meta.resourceVersion === object.meta.resourceVersion) return
      objects.set(object.meta.uid, object)
      changed()
    },
    remove(uid) {
      if (objects.delete(uid)) changed()
    },
    setFreshness(next) {
      if (JSON.stringify(next) === JSON.stringify(freshness)) return
      freshness = next
      onChange()
    },
  }
}
