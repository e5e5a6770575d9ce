import type { OffSentence } from '../release/off-sentence.ts'
import type { Sentence } from '../release/sentence.ts'

/** Why a verb is off has its words in the catalogue of faults: it is said by whoever refuses, too. */
type Own = Exclude<Sentence, OffSentence>

/** One function per kind of sentence: a kind without words in a language does not compile. */
export type SentenceWords = {
  readonly [K in Own['kind']]: (sentence: Extract<Sentence, { readonly kind: K }>) => string
}

export function wordsFor(words: SentenceWords, sentence: Own): string {
  // The table is indexed by the very kind that its entry takes; the compiler can't follow that through a union.
  const entry = words[sentence.kind] as (sentence: Own) => string
  return entry(sentence)
}

/** 1, 2, 3, 5 -> `1–3, 5`. */
export function ranges(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const parts: string[] = []
  let from = sorted[0]
  sorted.forEach((number, index) => {
    if (sorted[index + 1] === number + 1) return
    parts.push(from === number ? `${number}` : `${from ?? number}–${number}`)
    from = sorted[index + 1]
  })
  return parts.join(', ')
}

export function percent(share: number): string {
  const value = share * 100
  return value === 0 || value === 100 ? `${value} %` : `${value.toFixed(1)} %`
}
