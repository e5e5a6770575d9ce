import type { Check, CheckLevel, CheckWhat, Unknown } from './check.ts'

/** One sentence per check: what was found on which batch or object, and what follows from it. */
type CheckSentences = {
  readonly [K in CheckWhat['kind']]: (what: Extract<CheckWhat, { readonly kind: K }>) => string
}

export type CheckWords = {
  readonly sentence: CheckSentences
  readonly unknown: Readonly<Record<Unknown, string>>
  readonly level: Readonly<Record<CheckLevel, string>>
  readonly passed: (count: number) => string
  /** How many there are of each level, those that stop first. */
  readonly counts: (counts: Readonly<Record<CheckLevel, number>>) => string
}

/** Says one check. The kind chooses the function, so each is called with its own shape. */
export function sayCheck(words: CheckWords, what: CheckWhat): string {
  const one = words.sentence[what.kind] as (what: CheckWhat) => string
  return one(what)
}

export function countChecks(checks: readonly Check[]): Readonly<Record<CheckLevel, number>> {
  const count = (level: CheckLevel) => checks.filter((one) => one.level === level).length
  return { blocker: count('blocker'), warning: count('warning'), info: count('info'), ok: count('ok') }
}
