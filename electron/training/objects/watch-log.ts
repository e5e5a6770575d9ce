import type { KubeObject } from './objects.ts'
import type { Resource } from './resources.ts'

export type Change = {
  readonly version: number
  readonly resource: Resource
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'
  /** After the change; for a deletion the last state under the deletion's version. */
  readonly object: KubeObject
  readonly previous: KubeObject | undefined
}

/** The recent changes of one kind, oldest first. */
export type WatchLog = {
  append(change: Change): void
  /** Changes after this version, or undefined when some of them are forgotten (410). */
  since(version: number): readonly Change[] | undefined
  /** The objects as they were at this version, given as they are now; undefined when forgotten. */
  rewind(objects: readonly KubeObject[], version: number): readonly KubeObject[] | undefined
  /** Forgets everything up to this version. */
  compact(version: number): void
}

function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`
}

export function createWatchLog(capacity: number): WatchLog {
  let changes: Change[] = []
  let forgotten = 0

  function since(version: number): readonly Change[] | undefined {
    if (version < forgotten) return undefined
    let low = 0
    let high = changes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((changes[middle]?.version ?? 0) <= version) low = middle + 1
      else high = middle
    }
    return changes.slice(low)
  }

  return {
    append(change) {
      changes.push(change)
      // Trimmed in halves, so that a busy kind does not pay for every event.
      if (changes.length <= capacity) return
      const cut = changes.length - Math.ceil(capacity / 2)
      forgotten = changes[cut - 1]?.version ?? forgotten
      changes = changes.slice(cut)
    },
    since,
    rewind(objects, version) {
      const later = since(version)
      if (later === undefined) return undefined
      const state = new Map(objects.map((object) => [keyOf(object), object]))
      for (const change of [...later].reverse()) {
        if (change.previous === undefined) state.delete(keyOf(change.object))
        else state.set(keyOf(change.object), change.previous)
      }
      return [...state.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object)
    },
    compact(version) {
      changes = []
      forgotten = version
    },
  }
}
