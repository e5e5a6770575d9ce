import type { FaultSentence } from '../../fault-sentence.ts'
import type { Fault } from '../../fault.ts'
import type { FaultTable, Say } from './fault-words-table.ts'
import { kubeconfigFaults } from './kubeconfig-faults.ts'

export const faultTable: FaultTable<FaultSentence> = {
  ...kubeconfigFaults,
  'of-batch': {
    en: ({ batch, says }, inner) => `${batch}: ${inner(says)}`,
    zh: ({ batch, says }, inner) => `${batch}：${inner(says)}`,
  },
  'at-path': {
    en: ({ path, says }, inner) => `${path}: ${inner(says)}`,
    zh: ({ path, says }, inner) => `${path}：${inner(says)}`,
  },
  words: { en: ({ words }) => words, zh: ({ words }) => words },
}

/** One sentence about what did not work, for page, terminal and log. */
export function sayFaultSentence(sentence: FaultSentence, language: 'en' | 'zh'): string {
  // The table is indexed by the very kind that its entry takes; the compiler can't follow that through a union.
  const say = faultTable[sentence.kind][language] as Say<FaultSentence>
  return typeof say === 'string' ? say : say(sentence, (inner) => sayFaultSentence(inner, language))
}

/** What a fault says beside its kind: our sentence, or the words of whoever refused. */
export function faultText({ sentence, message }: Fault, language: 'en' | 'zh'): string {
  return sentence === undefined ? message : sayFaultSentence(sentence, language)
}
