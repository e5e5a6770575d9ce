import type { FaultSentence } from '../fault-sentence.ts'

/** How old what we see is. An axis of its own: it is never mixed into a status. */
export type Freshness =
  | { readonly kind: 'live' }
  /** `why`: absent where nobody knows, as before the first list. `denied`: the verb that the server does not let us use, where that is why. */
  | { readonly kind: 'stale'; readonly since: number; readonly why?: FaultSentence; readonly denied?: Denied }
  | { readonly kind: 'never'; readonly why?: FaultSentence; readonly denied?: Denied }
export type Denied = 'list' | 'watch'

/** Since when one kind of what is seen is stale, where not all kinds are as old. */
export type KindAge = { readonly kind: string; readonly since: number }

/** Empty where one age says it all: everything live, or everything stale for as long to the second. */
export function differingAges(all: Readonly<Record<string, Freshness>>): readonly KindAge[] {
  const ages = Object.entries(all).flatMap(([kind, one]) =>
    one.kind === 'stale' ? [{ kind, since: one.since }] : [],
  )
  const seconds = new Set(ages.map((one) => Math.floor(one.since / 1000)))
  return seconds.size > 1 || ages.length < Object.keys(all).length ? ages : []
}

/** The oldest of several: one stale kind makes the whole picture stale, one missing kind makes it `never`. */
export function oldest(all: readonly Freshness[]): Freshness {
  let result: Freshness = { kind: 'live' }
  for (const one of all) {
    if (one.kind === 'never') return one
    if (one.kind === 'stale' && (result.kind !== 'stale' || one.since < result.since)) result = one
  }
  return result
}

/** It has not arrived yet, and nothing has gone wrong: what is there so far must not be counted. */
export function isArriving(freshness: Freshness): boolean {
  return freshness.kind === 'never' && freshness.why === undefined
}
