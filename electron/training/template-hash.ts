import { isList, isObject, type Json } from './json.ts'
import type { Labels, PodTemplate } from './objects.ts'

export const hashLabel = 'pod-template-hash'

const nameLetters = 'bcdfghjklmnpqrstvwxz2456789'

function canonical(value: Json): string {
  if (isList(value)) return `[${value.map(canonical).join(',')}]`
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value)
    .filter(
      ([, item]) =>
        !(isObject(item) && Object.keys(item).length === 0) && !(isList(item) && item.length === 0),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

/** Equal for templates that differ at most in the hash label and in absent against empty fields. */
export function templateKey(template: PodTemplate): string {
  return canonical(withoutHash(template))
}

export function withoutHash(template: PodTemplate): PodTemplate {
  const labels = template.metadata?.labels
  if (labels?.[hashLabel] === undefined) return template
  const rest: Labels = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== hashLabel))
  return { ...template, metadata: { ...template.metadata, labels: rest } }
}

/**
 * FNV-1a of the template, in letters that form no words: equal templates share it, also between Deployments.
 * The number of collisions so far makes it another one.
 */
export function templateHash(template: PodTemplate, collisions = 0): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(
    `${templateKey(template)}${collisions === 0 ? '' : collisions}`,
  )) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return Array.from(String(hash))
    .map((digit) => nameLetters.charAt(digit.charCodeAt(0) % nameLetters.length))
    .join('')
}
