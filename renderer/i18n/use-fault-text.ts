import { useCallback } from 'react'
import type { FaultSentence } from '../../shared/fault-sentence.ts'
import type { Fault } from '../../shared/fault.ts'
import { faultText, sayFaultSentence } from '../../shared/words/faults/say-fault.ts'
import { useLanguage } from './use-words.ts'

/** What is said of something that did not work, in the page's language. */
export function useFaultSentence(): (sentence: FaultSentence) => string {
  const language = useLanguage()
  return useCallback((sentence: FaultSentence) => sayFaultSentence(sentence, language), [language])
}

/** The sentence of a fault, or the words of whoever refused. */
export function useFaultText(): (fault: Fault) => string {
  const language = useLanguage()
  return useCallback((fault: Fault) => faultText(fault, language), [language])
}
