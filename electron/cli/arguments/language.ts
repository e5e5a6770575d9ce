import type { Language } from '../../app/host/language.ts'

export { languageOf, type Language } from '../../app/host/language.ts'

/** A sentence that lacks a language does not compile. */
export type InEveryLanguage = Readonly<Record<Language, string>>
