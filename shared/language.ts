export type Language = 'en' | 'zh'

/** A text that lacks a language does not compile. */
export type InEveryLanguage<T = string> = Readonly<Record<Language, T>>
