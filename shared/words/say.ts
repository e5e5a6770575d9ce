import type { Sentence } from '../release/sentence.ts'
import { sayEnglish } from './sentences-en.ts'
import { sayChinese } from './sentences-zh.ts'

/** One sentence for people: on screen, in a terminal, in the history. */
export function say(sentence: Sentence, language: 'en' | 'zh'): string {
  return language === 'zh' ? sayChinese(sentence) : sayEnglish(sentence)
}
