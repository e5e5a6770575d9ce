export { languageOf, type Language } from '../../app/host/language.ts'
