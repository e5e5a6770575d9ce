export { languages, type Language } from '../../shared/language.ts'
