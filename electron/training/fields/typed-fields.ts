import { emptySet, isEmpty, memberOnly, pathsOf, setOf, union, type FieldSet } from './field-set.ts'
import { equalJson, isList, isObject, type Json, type JsonObject } from '../objects/json.ts'
import { objectType, type FieldType, type ObjectType } from './kubernetes-types.ts'

type ListType = Extract<FieldType, { readonly list: FieldType }>

/** How a value is walked: as one piece, by its fields, by its keys, or item by item. */
type Shape =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'fields'; readonly type: ObjectType }
  | { readonly kind: 'map'; readonly values: FieldType }
  | { readonly kind: 'items'; readonly type: ListType }

function shapeOf(type: FieldType | ObjectType | undefined): Shape {
  if (typeof type !== 'object') return { kind: 'leaf' }
  if ('fields' in type) return type.atomic === true ? { kind: 'leaf' } : { kind: 'fields', type }
  if ('object' in type) return shapeOf(objectType(type.object))
  if ('map' in type) return type.atomic === true ? { kind: 'leaf' } : { kind: 'map', values: type.map }
  if ('list' in type)
    return type.keys !== undefined || type.set === true ? { kind: 'items', type } : { kind: 'leaf' }
  return { kind: 'leaf' }
}

/** The step to an item of a list: by its keys, which may have defaults, or by its value. */
function itemStep(type: ListType, item: Json): string {
  if (type.keys === undefined || !isObject(item)) return `v:${JSON.stringify(item)}`
  const shape = shapeOf(type.list)
  const keys = [...type.keys].sort().map((key) => {
    const field = shape.kind === 'fields' ? shape.type.fields[key] : undefined
    const fallback = typeof field === 'object' && 'scalar' in field ? field.default : null
    return [key, item[key] ?? fallback] as const
  })
  return `k:${JSON.stringify(Object.fromEntries(keys))}`
}

/** The parts of a value by their steps, with the type of each; undefined when it is one piece. */
function partsOf(
  shape: Shape,
  value: Json | undefined,
): ReadonlyMap<string, { readonly value: Json; readonly type: FieldType | undefined }> | undefined {
  switch (shape.kind) {
    case 'leaf':
      return undefined
    case 'fields':
    case 'map': {
      const entries = isObject(value) ? Object.entries(value) : []
      return new Map(
        entries.map(([key, item]) => [
          `f:${key}`,
          { value: item, type: shape.kind === 'map' ? shape.values : shape.type.fields[key] },
        ]),
      )
    }
    case 'items':
      return new Map(
        (isList(value) ? value : []).map((item) => [
          itemStep(shape.type, item),
          { value: item, type: shape.type.list },
        ]),
      )
  }
}

/** What an applied configuration says: every field in it that is not merely a way to others. */
export function fieldsOf(value: Json, type: FieldType | ObjectType): FieldSet {
  const shape = shapeOf(type)
  const parts = partsOf(shape, value)
  if (parts === undefined || value === null) return memberOnly
  const below = [...parts].map(([step, part]) => {
    const child = part.type === undefined ? memberOnly : fieldsOf(part.value, part.type)
    const isEmptyMap = isObject(part.value) && Object.keys(part.value).length === 0
    const isOwn = shape.kind !== 'fields' || isEmptyMap || part.value === null
    return [step, isOwn ? union(child, memberOnly) : child] as const
  })
  return setOf(false, below)
}

export type Comparison = {
  readonly added: FieldSet
  readonly modified: FieldSet
  readonly removed: FieldSet
}

const nothing: Comparison = { added: emptySet, modified: emptySet, removed: emptySet }

function hasNothing(value: Json | undefined): boolean {
  if (isList(value)) return value.length === 0
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0)
}

/** Structs that are there even when nothing is in them, as in the server's own objects. */
function complete(value: Json | undefined, type: ObjectType): JsonObject {
  const present = Object.entries(type.fields)
    .filter(([, field]) => typeof field === 'object' && 'present' in field)
    .map(([key, field]) => [key, typeof field === 'object' && 'list' in field ? null : {}] as const)
  return { ...Object.fromEntries(present), ...(isObject(value) ? value : {}) }
}

/** Which fields are new, different or gone. */
export function compareFields(
  before: Json | undefined,
  after: Json | undefined,
  type: FieldType | ObjectType,
): Comparison {
  const shape = shapeOf(type)
  const isLeaf = shape.kind === 'leaf' || (shape.kind !== 'fields' && hasNothing(before) && hasNothing(after))
  if (isLeaf || (shape.kind === 'fields' && hasNothing(before) && hasNothing(after))) {
    if (before === undefined) return after === undefined ? nothing : { ...nothing, added: memberOnly }
    if (after === undefined) return { ...nothing, removed: memberOnly }
    return equalJson(before, after) ? nothing : { ...nothing, modified: memberOnly }
  }
  const filled = (value: Json | undefined) =>
    shape.kind === 'fields' && value !== undefined ? complete(value, shape.type) : value
  const left = partsOf(shape, filled(before)) ?? new Map<string, never>()
  const right = partsOf(shape, filled(after)) ?? new Map<string, never>()
  const steps = [...new Set([...left.keys(), ...right.keys()])]
  const children = steps.map((step) => {
    const [a, b] = [left.get(step), right.get(step)]
    return [step, compareFields(a?.value, b?.value, a?.type ?? b?.type ?? 'any')] as const
  })
  const collect = (which: keyof Comparison, isMember: boolean) =>
    setOf(
      isMember,
      children.map(([step, child]) => [step, child[which]] as const),
    )
  return {
    added: collect('added', before === undefined),
    modified: collect('modified', false),
    removed: collect('removed', after === undefined),
  }
}

/** The applied configuration laid over what is there: named items and keys stay, what is one piece is replaced. */
export function mergeTyped(live: Json | undefined, config: Json, type: FieldType | ObjectType): Json {
  const shape = shapeOf(type)
  const theirs = partsOf(shape, live)
  const ours = partsOf(shape, config)
  if (live === undefined || config === null || theirs === undefined || ours === undefined) return config
  const merged = [...new Set([...theirs.keys(), ...ours.keys()])].map((step) => {
    const [old, next] = [theirs.get(step), ours.get(step)]
    const value =
      next === undefined ? (old?.value ?? null) : mergeTyped(old?.value, next.value, next.type ?? 'any')
    return [step, value] as const
  })
  if (shape.kind === 'items') return merged.map(([, value]) => value)
  return Object.fromEntries(merged.map(([step, value]) => [step.slice(2), value]))
}

/** Without what `gone` names; what is named by `kept`, or has something named below it, stays. */
export function pruneTyped(
  value: Json,
  type: FieldType | ObjectType,
  sets: { readonly gone: FieldSet; readonly kept: FieldSet },
): Json {
  const shape = shapeOf(type)
  const parts = partsOf(shape, value)
  if (parts === undefined) return value
  const left = [...parts].flatMap(([step, part]) => {
    const gone = sets.gone.below.get(step)
    const kept = sets.kept.below.get(step) ?? emptySet
    if (gone === undefined) return [[step, part.value] as const]
    if ((gone.isMember || wasOnlyWay(gone, part.value)) && isEmpty(kept)) return []
    return [[step, pruneTyped(part.value, part.type ?? 'any', { gone, kept })] as const]
  })
  if (shape.kind === 'items') return left.map(([, item]) => item)
  return Object.fromEntries(left.map(([step, item]) => [step.slice(2), item]))
}

/** A map or struct that was there only because of fields which are all gone. */
function wasOnlyWay(gone: FieldSet, value: Json): boolean {
  return isObject(value) && Object.keys(value).every((key) => gone.below.get(`f:${key}`)?.isMember === true)
}

function kindOf(value: Json): string {
  if (isList(value)) return 'list'
  return isObject(value) ? 'map' : typeof value
}

/** What in an applied configuration the schema does not have, with its path; undefined when all is known. */
export function undeclaredField(value: Json, type: FieldType | ObjectType, way = ''): string | undefined {
  if (value === null || type === 'any') return undefined
  if (typeof type === 'object' && 'object' in type)
    return undeclaredField(value, objectType(type.object), way)
  if (typeof type === 'object' && ('fields' in type || 'map' in type)) {
    if (!isObject(value)) return `${way}: expected map, got ${kindOf(value)}`
    for (const [key, item] of Object.entries(value)) {
      const field = 'map' in type ? type.map : type.fields[key]
      if (field === undefined) return `${way}.${key}: field not declared in schema`
      const below = undeclaredField(item, field, `${way}.${key}`)
      if (below !== undefined) return below
    }
    return undefined
  }
  if (typeof type === 'object' && 'list' in type) {
    if (!isList(value)) return `${way}: expected list, got ${kindOf(value)}`
    for (const [index, item] of value.entries()) {
      const step =
        type.keys === undefined
          ? `[${index}]`
          : pathsOf(setOf(false, [[itemStep(type, item), memberOnly]]))[0]
      const below = undeclaredField(item, type.list, `${way}${step ?? ''}`)
      if (below !== undefined) return below
    }
    return undefined
  }
  const scalar = typeof type === 'object' ? type.scalar : type
  if ((scalar === 'int32' || scalar === 'int64') && typeof value !== 'number')
    return `${way}: expected numeric (int or float), got ${kindOf(value)}`
  if (scalar === 'boolean' && typeof value !== 'boolean')
    return `${way}: expected boolean, got ${kindOf(value)}`
  if (scalar === 'string' && typeof value !== 'string') return `${way}: expected string, got ${kindOf(value)}`
  return undefined
}
