import type { Json, JsonObject } from '../../k8s/json.ts'
import { isUnion, shapeOfField } from '../../k8s/pod-template-fields.ts'
import { isSameAt } from '../../k8s/template-digest.ts'
import { keyedItems, mergedOrder, type Keyed } from './keyed-items.ts'

/** One place that the edit changed, and that the batch had otherwise already: nobody but a person can say which holds. */
export type EditConflict = {
  /** `spec.containers[app].env[LEVEL]` */
  readonly path: string
  /** In the template that was edited, in that of the batch, and as edited; absent: it has no such thing. */
  readonly base?: Json
  readonly own?: Json
  readonly edited?: Json
}

/** `own`: the batch keeps what it has. `edited`: it gets what the edit says. */
export type Taken = 'own' | 'edited'

export type Edit = { readonly base: JsonObject; readonly edited: JsonObject }

/**
 * Brings to one template what was edited in another: a three-way merge. What the edit did not touch stays as the batch
 * has it, what the batch has as it was edited from changes as edited, and where both differ from it and from each other
 * it is a conflict: then the template keeps its own until it is resolved. Lists go by the keys that the API gives their
 * items (see pod-template-fields.ts); an empty edit changes nothing.
 */
export function mergeEdit(
  own: JsonObject,
  { base, edited }: Edit,
  resolve: (path: string) => Taken | undefined = () => undefined,
): { readonly template: JsonObject; readonly conflicts: readonly EditConflict[] } {
  const conflicts: EditConflict[] = []
  const place: Place = { names: [], path: '', resolve, conflicts }
  const template = merge({ base, own, edited }, place)
  return { template: isObject(template) ? template : own, conflicts }
}

/** The same value in three templates; absent where there is none. */
type Three = {
  readonly base: Json | undefined
  readonly own: Json | undefined
  readonly edited: Json | undefined
}

type Place = {
  /** Names of fields on the way here, and the same for people, with the keys of items. */
  readonly names: readonly string[]
  readonly path: string
  readonly resolve: (path: string) => Taken | undefined
  readonly conflicts: EditConflict[]
}

function merge(three: Three, place: Place): Json | undefined {
  const { base, own, edited } = three
  const same = (a: Json | undefined, b: Json | undefined) => isSameAt(place.names, a, b)
  if (same(base, edited) || same(own, edited)) return own
  if (same(base, own)) return edited
  const merged = mergedInside(three, place)
  return merged === undefined ? conflict(three, place) : merged.value
}

/** Field by field, or item by item; undefined where this is one piece, or has to be taken as one. */
function mergedInside(three: Three, place: Place): { readonly value: Json | undefined } | undefined {
  const { base, own, edited } = isMap(place.names) ? withEmptyMaps(three) : three
  const value =
    isObject(own) && isObject(edited) ? mergedObject({ base, own, edited }, place) : mergedItems(three, place)
  if (value === undefined) return undefined
  // A list or map of which nothing is left is not there, as the server writes it.
  const isGone = Object.keys(value).length === 0 && (Array.isArray(value) || isMap(place.names))
  return { value: isGone ? undefined : value }
}

type ThreeObjects = { readonly base: Json | undefined; readonly own: JsonObject; readonly edited: JsonObject }

function mergedObject(three: ThreeObjects, place: Place): JsonObject | undefined {
  if (!isUnion(place.names)) return mergedFields(three, place)
  const { base, own, edited } = three
  // Both have chosen another alternative, or disagree within one: whole, so that no half of either is left.
  if (hasOtherFields(base, own) && hasOtherFields(base, edited)) return undefined
  const inside = { ...place, resolve: () => undefined, conflicts: [] }
  const fields = mergedFields(three, inside)
  return inside.conflicts.length > 0 ? undefined : fields
}

/** A map that is not there is one without keys: what the batch added to it is not touched by its removal. */
function withEmptyMaps({ base, own, edited }: Three): Three {
  return { base: base ?? {}, own: own ?? {}, edited: edited ?? {} }
}

/** Below a map stand keys and no fields: a label may be called `resources`. */
function isMap(names: readonly string[]): boolean {
  const shape = shapeOfField(names)
  return shape === 'text-map' || shape === 'quantity-map'
}

function hasOtherFields(base: Json | undefined, other: JsonObject): boolean {
  const names = (object: JsonObject) => Object.keys(object).sort().join()
  return names(isObject(base) ? base : {}) !== names(other)
}

function mergedFields({ base, own, edited }: ThreeObjects, place: Place): JsonObject | undefined {
  if (base !== undefined && !isObject(base)) return undefined
  const result: Record<string, Json> = { ...own }
  for (const key of new Set([...Object.keys(base ?? {}), ...Object.keys(edited)])) {
    const three = { base: valueAt(base ?? {}, key), own: valueAt(own, key), edited: valueAt(edited, key) }
    const path = place.path === '' ? key : `${place.path}.${key}`
    const next = merge(three, {
      ...place,
      path,
      names: isMap(place.names) ? [...place.names, '*'] : [...place.names, key],
    })
    if (next === undefined) Reflect.deleteProperty(result, key)
    else
      Object.defineProperty(result, key, {
        value: next,
        enumerable: true,
        configurable: true,
        writable: true,
      })
  }
  return result
}

function mergedItems(three: Three, place: Place): readonly Json[] | undefined {
  const base = keyedItems(three.base ?? [], place.names)
  const own = keyedItems(three.own ?? [], place.names)
  const edited = keyedItems(three.edited ?? [], place.names)
  if (base === undefined || own === undefined || edited === undefined) return undefined
  const order = mergedOrder(base, own, edited)
  if (order === undefined) return undefined
  return order.flatMap((key) => {
    const at = (items: Keyed) => items.get(key)
    const item = merge(
      { base: at(base), own: at(own), edited: at(edited) },
      { ...place, path: `${place.path}[${key}]` },
    )
    return item === undefined ? [] : [item]
  })
}

function conflict(three: Three, { path, resolve, conflicts }: Place): Json | undefined {
  const { base, own, edited } = three
  const taken = resolve(path)
  if (taken === undefined)
    conflicts.push({
      path,
      ...(base !== undefined && { base }),
      ...(own !== undefined && { own }),
      ...(edited !== undefined && { edited }),
    })
  return taken === 'edited' ? edited : own
}

/** Names of things that every object has by its nature are no fields of it. */
function valueAt(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
