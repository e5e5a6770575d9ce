import { isList, isObject, plainText, type Json } from '../objects/json.ts'
import { objectType, type FieldType } from '../fields/kubernetes-types.ts'
import type { Labels, PodTemplate } from '../objects/objects.ts'
import { quantityValue } from '../objects/quantity.ts'

export const hashLabel = 'pod-template-hash'

const nameLetters = 'bcdfghjklmnpqrstvwxz2456789'

const templateType: FieldType = { object: 'PodTemplateSpec' }

/** Undefined for what the server's types do not tell from absent: an empty list or map, a struct that is always there. */
function canonical(value: Json, type: FieldType): string | undefined {
  if (value === null) return undefined
  if (typeof type === 'string' || 'scalar' in type) {
    const scalar = typeof type === 'string' ? type : type.scalar
    return scalar === 'quantity' ? byValue(value) : JSON.stringify(value)
  }
  if ('list' in type) {
    if (!isList(value) || value.length === 0) return undefined
    return `[${value.map((item) => canonical(item, type.list) ?? '{}').join(',')}]`
  }
  const isPointer = 'object' in type && type.present !== true
  const entries = Object.entries(isObject(value) ? value : {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, item]) => {
      const field = 'map' in type ? type.map : objectType(type.object).fields[key]
      const text = canonical(item, field ?? 'any')
      return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`]
    })
  return entries.length === 0 && !isPointer ? undefined : `{${entries.join(',')}}`
}

/** The server compares quantities as numbers, however they are written. */
function byValue(value: Json): string {
  const size = quantityValue(plainText(value))
  return Number.isNaN(size) ? JSON.stringify(value) : String(size)
}

const keys = new WeakMap<PodTemplate, string>()

/** One text for templates that the controller calls equal: absent and empty objects differ, lists and maps do not. */
export function templateKey(template: PodTemplate): string {
  // Stored objects never change: every sync of every controller asks for the same few templates again.
  const known = keys.get(template)
  if (known !== undefined) return known
  const key = canonical(withoutHash(template), templateType) ?? '{}'
  keys.set(template, key)
  return key
}

function withoutHash(template: PodTemplate): PodTemplate {
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
