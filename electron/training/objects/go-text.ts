import { isList, isObject, type Json } from './json.ts'

/** A value as the API server prints it in its errors: `map[image:a name:b]`. */
export function goText(value: Json): string {
  if (isList(value)) return `[${value.map(goText).join(' ')}]`
  if (value === null) return '<nil>'
  if (!isObject(value)) return String(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, item]) => `${key}:${goText(item)}`).join(' ')}]`
}
