import type { Json, JsonObject } from '../../k8s/json.ts'
import { itemKeysOf, keyDefaults } from '../../k8s/pod-template-fields.ts'

/** Items by the text of their keys, in their order. */
export type Keyed = ReadonlyMap<string, Json>

/**
 * The items of a list by the keys that the API gives them. Undefined for a list that is one piece: it has no such keys,
 * an item lacks one, or two items have the same (a variable may stand twice, and then its place counts).
 */
export function keyedItems(value: Json, names: readonly string[]): Keyed | undefined {
  const keys = itemKeysOf(names)
  if (keys === undefined || !Array.isArray(value)) return undefined
  const items = value as readonly Json[]
  const found = new Map<string, Json>()
  for (const item of items) {
    const key = keyText(item, keys)
    if (key === undefined || found.has(key)) return undefined
    found.set(key, item)
  }
  return found
}

function keyText(item: Json, keys: readonly string[]): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return undefined
  const object = item as JsonObject
  const parts = keys.map((key) => object[key] ?? keyDefaults[key])
  return parts.every((part) => typeof part === 'string' || typeof part === 'number')
    ? parts.join('/')
    : undefined
}

/**
 * The keys of all items in the order of the merged list: that of `own`, what `edited` adds behind the item that it
 * stands behind there; or that of `edited` where the order itself was edited. Undefined where both have another order
 * than `base`, each its own.
 */
export function mergedOrder(base: Keyed, own: Keyed, edited: Keyed): readonly string[] | undefined {
  const moved = isReordered(base, edited)
  if (moved && isReordered(base, own) && isReordered(own, edited)) return undefined
  const [first, second] = moved ? [edited, own] : [own, edited]
  const order = [...first.keys()]
  let before = -1
  for (const key of second.keys()) {
    const position = order.indexOf(key)
    if (position >= 0) before = position
    else {
      before += 1
      order.splice(before, 0, key)
    }
  }
  return order
}

/** Whether those that are in both stand in another order. */
function isReordered(a: Keyed, b: Keyed): boolean {
  const inBoth = [...a.keys()].filter((key) => b.has(key))
  const there = [...b.keys()].filter((key) => a.has(key))
  return inBoth.some((key, index) => key !== there[index])
}
