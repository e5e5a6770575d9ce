import type { Uid } from '../../../shared/ids.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import { weightOf } from '../dial/weight-of.ts'
import type { Freshness } from '../../../shared/model/freshness.ts'

/** What one watch knows. Old data are kept and called stale; the screen is never emptied by a failure. */
export type WatchCache<K extends KindName> = {
  all(): readonly Kinds[K][]
  has(uid: Uid): boolean
  size(): number
  /** Of all that is kept, see `weightOf`. */
  weight(): number
  freshness(): Freshness
  replace(objects: readonly Kinds[K][]): void
  /** `weight`: where it is known already. */
  put(object: Kinds[K], weight?: number): void
  remove(uid: Uid): void
  setFreshness(freshness: Freshness): void
}

export function createWatchCache<K extends KindName>(onChange: () => void): WatchCache<K> {
  let objects = new Map<Uid, Kinds[K]>()
  let weights = new Map<Uid, number>()
  let weight = 0
  let list: readonly Kinds[K][] | undefined
  let freshness: Freshness = { kind: 'never' }

  function changed(): void {
    list = undefined
    onChange()
  }

  return {
    all: () => (list ??= [...objects.values()]),
    has: (uid) => objects.has(uid),
    size: () => objects.size,
    weight: () => weight,
    freshness: () => freshness,
    replace(next) {
      objects = new Map(next.map((object) => [object.meta.uid, object]))
      weights = new Map(next.map((object) => [object.meta.uid, weightOf(object)]))
      weight = [...weights.values()].reduce((sum, one) => sum + one, 0)
      changed()
    },
    put(object, own = weightOf(object)) {
      const { uid } = object.meta
      if (objects.get(uid)?.meta.resourceVersion === object.meta.resourceVersion) return
      objects.set(uid, object)
      weight += own - (weights.get(uid) ?? 0)
      weights.set(uid, own)
      changed()
    },
    remove(uid) {
      if (!objects.delete(uid)) return
      weight -= weights.get(uid) ?? 0
      weights.delete(uid)
      changed()
    },
    setFreshness(next) {
      if (JSON.stringify(next) === JSON.stringify(freshness)) return
      freshness = next
      onChange()
    },
  }
}
