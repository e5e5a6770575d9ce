import type { MissingRight } from '../../shared/fault.ts'
import { rightsEn, rightsZh, type Without } from '../../shared/words/right-words.ts'
import type { Language } from './language.ts'

/** Which rights are missing and what that costs, as the terminal says it too. */
export const rightsIn: Readonly<
  Record<Language, (rights: readonly MissingRight[], without: Without) => string>
> = { en: rightsEn, zh: rightsZh }
