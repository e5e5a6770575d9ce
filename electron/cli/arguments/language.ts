export { type InEveryLanguage, type Language } from '../../../shared/language.ts'
export { languageOf } from '../../app/host/language.ts'
