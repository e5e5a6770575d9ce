export { languageOf, type Language } from '../app/language.ts'
