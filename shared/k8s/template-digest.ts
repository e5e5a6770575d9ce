import type { Json, JsonObject } from './json.ts'

const hashLabel = 'pod-template-hash'

/**
 * A digest of a pod template for comparing a ReplicaSet's with its Deployment's: keys sorted, absent and empty
 * alike, the hash label left out (the controller ignores it as well). 53 bits: a lookup key, not a signature.
 */
export function templateDigest(template: JsonObject): string {
  const text = JSON.stringify(canonical(template, []) ?? {})
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36)
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
