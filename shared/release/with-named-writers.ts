import type { Json } from '../k8s/json.ts'
import { unrecordedWriter } from './last-writer.ts'
import type { Sentence } from './sentence.ts'

/** A sentence in which whoever managedFields do not name has a name in words; journals say `somebody` for it. */
export function withNamedWriters(sentence: Sentence, unrecorded: string): Sentence {
  const text = JSON.stringify(sentence)
  if (!text.includes(`"${unrecordedWriter}"`)) return sentence
  const named: unknown = JSON.parse(text, (key: string, value: Json) =>
    (key === 'manager' || key === 'by') && value === unrecordedWriter ? unrecorded : value,
  )
  return named as Sentence
}
