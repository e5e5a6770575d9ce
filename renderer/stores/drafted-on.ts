import type { Uid } from '../../shared/ids.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { undragged } from '../../shared/view/sizes.ts'

/** The version of a batch set: which batches there are, in which order, and how large they are. */
export type SetVersion = readonly {
  readonly uid: Uid
  readonly name: string
  readonly number: number
  readonly pods: number
}[]

/** Of what the Service selects: what is drawn only for the release that holds it gets nothing new. */
export function setVersion(batches: readonly BatchView[]): SetVersion {
  return batches
    .filter(({ unselected }) => unselected !== true)
    .map((batch) => ({
      uid: batch.uid,
      name: batch.name,
      number: batch.number,
      pods: undragged(batch),
    }))
}

export function isSameSet(one: SetVersion, other: SetVersion): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** What has become of a set since something was drafted on it. Numbers are those of now, of what is gone those of then. */
export type SetChange =
  | { readonly kind: 'scaled'; readonly number: number; readonly from: number; readonly to: number }
  | { readonly kind: 'recreated'; readonly number: number }
  | { readonly kind: 'gone'; readonly number: number; readonly name: string }
  | { readonly kind: 'added'; readonly number: number; readonly name: string }
  | { readonly kind: 'reordered' }

/** By level, not by edge: what was changed and changed back is no change. */
export function setChanges(then: SetVersion, now: SetVersion): readonly SetChange[] {
  const changes = then.flatMap((old): readonly SetChange[] => {
    const same = now.find(({ uid }) => uid === old.uid)
    const anew = same ?? now.find(({ name }) => name === old.name)
    if (anew === undefined) return [{ kind: 'gone', number: old.number, name: old.name }]
    return [
      ...(same === undefined ? [{ kind: 'recreated', number: anew.number } as const] : []),
      ...(anew.pods === old.pods
        ? []
        : [{ kind: 'scaled', number: anew.number, from: old.pods, to: anew.pods } as const]),
    ]
  })
  const added = now
    .filter(({ name }) => !then.some((old) => old.name === name))
    .map(({ number, name }) => ({ kind: 'added', number, name }) as const)
  return [...changes, ...added, ...(isReordered(then, now) ? [{ kind: 'reordered' } as const] : [])]
}

function isReordered(then: SetVersion, now: SetVersion): boolean {
  const names = then.map(({ name }) => name).filter((name) => now.some((one) => one.name === name))
  const left = now.map(({ name }) => name).filter((name) => names.includes(name))
  return names.some((name, index) => left[index] !== name)
}

/** A Deployment that was deleted and created again is the same batch to a person: its name stands for it. */
export function renewedUids(then: SetVersion, now: SetVersion): ReadonlyMap<Uid, Uid> {
  return new Map(
    then.flatMap(({ uid, name }) => {
      if (now.some((one) => one.uid === uid)) return []
      const anew = now.find((one) => one.name === name)
      return anew === undefined ? [] : [[uid, anew.uid] as const]
    }),
  )
}
