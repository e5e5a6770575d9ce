import { hashOf } from './hash-of.ts'
import type { Json, JsonObject } from './json.ts'

const hashLabel = 'pod-template-hash'

/**
 * The digest as builds before 2026-12 made it: absent and empty alike, whatever the field. It is coarser than the
 * controller's own comparison and stands in their journals only; nothing new is told apart by it.
 */
export function earlierTemplateDigest(template: JsonObject): string {
  return hashOf(JSON.stringify(canonical(template, []) ?? {}))
}

function canonical(value: Json, path: readonly string[]): Json | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    const items: readonly Json[] = value
    return items.length === 0 ? undefined : items.map((item) => canonical(item, [...path, '[]']) ?? null)
  }
  if (typeof value !== 'object') return value
  const object = value as JsonObject
  const entries = Object.keys(object)
    .sort()
    .filter((key) => !(key === hashLabel && path.join('.') === 'metadata.labels'))
    .flatMap((key) => {
      const inner = canonical(object[key] ?? null, [...path, key])
      return inner === undefined ? [] : [[key, inner] as const]
    })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
