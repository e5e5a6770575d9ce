import type { Json, JsonObject } from '../k8s/json.ts'

/**
 * Brings to one template what was edited in another one: only what differs between `base` and `edited` changes, so
 * that batches keep what is their own (a label, an environment variable). Lists whose items have names (containers,
 * env, volumes, ports) go by name, as in a strategic merge; other lists are replaced whole.
 */
export function withEdit(
  template: JsonObject,
  { base, edited }: { readonly base: JsonObject; readonly edited: JsonObject },
): JsonObject {
  const result: Record<string, Json> = { ...template }
  for (const key of new Set([...Object.keys(base), ...Object.keys(edited)])) {
    const next = merged(template[key], base[key], edited[key])
    if (next === undefined) Reflect.deleteProperty(result, key)
    else result[key] = next
  }
  return result
}

function merged(own: Json | undefined, base: Json | undefined, edited: Json | undefined): Json | undefined {
  if (isSame(base, edited)) return own
  if (isObject(edited) && isObject(base) && isObject(own)) return withEdit(own, { base, edited })
  if (isNamedList(edited) && isNamedList(base) && isNamedList(own)) return withEditedItems(own, base, edited)
  return edited
}

type Named = JsonObject & { readonly name: string }

function withEditedItems(
  own: readonly Named[],
  base: readonly Named[],
  edited: readonly Named[],
): readonly Json[] {
  const removed = base.filter((item) => !edited.some((one) => one.name === item.name))
  const kept = own
    .filter((item) => !removed.some((one) => one.name === item.name))
    .map((item) => {
      const before = base.find((one) => one.name === item.name)
      const after = edited.find((one) => one.name === item.name)
      if (after === undefined) return item
      return before === undefined ? after : withEdit(item, { base: before, edited: after })
    })
  const added = edited.filter(
    (item) => !base.some((one) => one.name === item.name) && !own.some((one) => one.name === item.name),
  )
  return [...kept, ...added]
}

function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => sorted(item) ?? null)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key]) ?? null] as const),
  )
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isNamedList(value: Json | undefined): value is readonly Named[] {
  return (
    Array.isArray(value) && value.every((item: Json) => isObject(item) && typeof item['name'] === 'string')
  )
}
