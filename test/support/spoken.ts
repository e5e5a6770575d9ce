import type { FaultSentence } from '../../shared/fault-sentence.ts'
import { faultTable, sayFaultSentence } from '../../shared/words/faults/say-fault.ts'

/**
 * The same with every sentence in the words that people read: a fault has them as its `message`, and where a sentence
 * stands by itself its words stand.
 */
export function spoken(value: unknown, language: 'en' | 'zh' = 'en'): unknown {
  if (Array.isArray(value)) return value.map((one) => spoken(one, language))
  if (typeof value !== 'object' || value === null) return value
  if (isSentence(value)) return sayFaultSentence(value, language)
  const { sentence, says, ...rest } = value as Readonly<Record<string, unknown>>
  const words = sentence ?? says
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, spoken(one, language)])),
    ...(words !== undefined && { message: spoken(words, language) }),
  }
}

/** What is said to somebody who reads it: a fault, sentences, whatever holds some. */
export function wordsOf(value: unknown, language: 'en' | 'zh' = 'en'): string {
  const words = spoken(value, language)
  if (typeof words === 'string') return words
  if (typeof words === 'object' && words !== null && 'message' in words) return String(words.message)
  return JSON.stringify(words)
}

function isSentence(value: object): value is FaultSentence {
  return 'kind' in value && typeof value.kind === 'string' && Object.hasOwn(faultTable, value.kind)
}
