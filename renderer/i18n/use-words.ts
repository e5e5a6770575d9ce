import { createContext, useCallback, useContext } from 'react'
import { say } from '../../shared/words/say.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { createFormat } from './format.ts'
import type { Format } from './format.ts'
import type { Language } from './language.ts'
import { words } from './words.ts'
import type { Words } from './words.ts'

/** Set once by the app; everything below reads its texts through the hooks here. */
export const LanguageContext = createContext<Language>('en')

const formats: Readonly<Record<Language, Format>> = { en: createFormat('en'), zh: createFormat('zh') }

export function useLanguage(): Language {
  return useContext(LanguageContext)
}

/** Every text of the page in the current language. */
export function useWords(): Words {
  return words[useContext(LanguageContext)]
}

/** Numbers, shares, durations and times as the current language writes them. */
export function useFormat(): Format {
  return formats[useContext(LanguageContext)]
}

/** Says a sentence of the application in the current language. */
export function useSay(): (sentence: Sentence) => string {
  const language = useContext(LanguageContext)
  return useCallback((sentence: Sentence) => say(sentence, language), [language])
}
