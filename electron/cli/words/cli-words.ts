import { cliEn } from './cli-words-en.ts'
import { cliZh } from './cli-words-zh.ts'
import type { Language } from '../arguments/language.ts'
import type { Words } from './words.ts'

export function wordsIn(language: Language): Words {
  return language === 'zh' ? cliZh : cliEn
}
