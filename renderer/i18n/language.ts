export type { Language } from '../../shared/language.ts'
