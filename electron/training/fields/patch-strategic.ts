import { goText } from '../objects/go-text.ts'
import { equalJson, isList, isObject, type Json, type JsonObject } from '../objects/json.ts'
import { objectType, type FieldType, type ObjectType } from './kubernetes-types.ts'
import { good, refuse, unexpected, type Result } from '../objects/status-error.ts'

class Unpatchable extends Error {}

const orderPrefix = '$setElementOrder/'
const deletePrefix = '$deleteFromPrimitiveList/'

function fieldsOf(type: FieldType | undefined): ObjectType | undefined {
  return typeof type === 'object' && 'object' in type ? objectType(type.object) : undefined
}

function isDirective(key: string): boolean {
  return key.startsWith('$')
}

/** What a patch puts where nothing was: without directives and without nulls. */
function plain(value: Json): Json {
  if (isList(value)) return value.filter((item) => !(isObject(item) && '$patch' in item)).map(plain)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isDirective(key) && item !== null)
      .map(([key, item]) => [key, plain(item)]),
  )
}

function directiveOf(value: JsonObject): Json | undefined {
  const directive = value['$patch']
  if (directive === undefined || directive === 'replace' || directive === 'delete' || directive === 'merge')
    return directive
  throw new Unpatchable(`unknown patch type: ${goText(directive)} in map: ${goText(value)}`)
}

type Identity = (item: Json) => Json

/** The field that tells items apart; '' where an item is a plain value. */
function identityBy(mergeKey: string): Identity {
  return (item) => {
    if (mergeKey === '') return item
    const value = isObject(item) ? item[mergeKey] : undefined
    if (value === undefined)
      throw new Unpatchable(`map: ${goText(item)} does not contain declared merge key: ${mergeKey}`)
    return value
  }
}

function positionIn(list: readonly Json[], item: Json, identity: Identity): number {
  const wanted = identity(item)
  return list.findIndex((one) => equalJson(identity(one), wanted))
}

/**
 * Items that the patch names come in its order; the others keep the server's, and each goes before the first named
 * one that stood behind it. So an item that is new goes to the front.
 */
function inOrder(
  merged: readonly Json[],
  orders: { readonly patch: readonly Json[]; readonly server: readonly Json[] },
  identity: Identity,
): readonly Json[] {
  const place = (order: readonly Json[]) => (a: Json, b: Json) =>
    positionIn(order, a, identity) - positionIn(order, b, identity)
  const isNamed = (item: Json) => positionIn(orders.patch, item, identity) >= 0
  const named = merged.filter(isNamed).sort(place(orders.patch))
  const others = merged.filter((item) => !isNamed(item)).sort(place(orders.server))
  const result: Json[] = []
  while (named.length > 0 || others.length > 0) {
    const [left, right] = [others[0], named[0]]
    const at = (item: Json | undefined) =>
      item === undefined ? -1 : positionIn(orders.server, item, identity)
    const isLeftFirst = right === undefined || (left !== undefined && at(right) >= 0 && at(left) < at(right))
    const next = isLeftFirst ? others.shift() : named.shift()
    if (next !== undefined) result.push(next)
  }
  return result
}

function checkOrder(patch: readonly Json[], order: readonly Json[], identity: Identity): void {
  const found = patch.map((item) => positionIn(order, item, identity))
  const isSorted = found.every((position, index) => position >= 0 && position >= (found[index - 1] ?? 0))
  if (isSorted) return
  throw new Unpatchable(
    `The order in patch list:\n${goText(patch)}\n doesn't match $setElementOrder list:\n${goText(order)}\n`,
  )
}

type ListPatch = { readonly items: readonly Json[]; readonly order: readonly Json[] | undefined }

function mergeList(old: readonly Json[], patch: ListPatch, type: { list: FieldType; merge: string }): Json {
  const identity = identityBy(type.merge)
  const { items } = patch
  const directives = items.map((item) => (isObject(item) ? directiveOf(item) : undefined))
  if (directives.includes('replace'))
    return items.filter((_, index) => directives[index] === undefined).map(plain)
  const changes = items.filter((_, index) => directives[index] !== 'delete')
  if (patch.order !== undefined) checkOrder(changes, patch.order, identity)
  let result = [...old]
  for (const [index, item] of items.entries()) {
    const position = positionIn(result, item, identity)
    if (directives[index] === 'delete') result = result.filter((_, at) => at !== position)
    else if (position < 0) result.push(plain(item))
    else
      result = result.map((one, at) =>
        at === position && isObject(one) && isObject(item) ? mergeMap(one, item, fieldsOf(type.list)) : one,
      )
  }
  return inOrder(result, { patch: patch.order ?? changes, server: old }, identity)
}

function listTypeOf(type: FieldType | undefined): { list: FieldType; merge: string } | undefined {
  return typeof type === 'object' && 'list' in type && type.merge !== undefined
    ? { list: type.list, merge: type.merge }
    : undefined
}

function mergeMap(document: JsonObject, patch: JsonObject, type: ObjectType | undefined): JsonObject {
  const directive = directiveOf(patch)
  if (directive === 'replace') return plain(patch) as JsonObject
  if (directive === 'delete') return {}
  const retain = patch['$retainKeys']
  const entries = Object.entries(document)
  const result: Record<string, Json> = Object.fromEntries(
    isList(retain) ? entries.filter(([key]) => retain.includes(key)) : entries,
  )
  const orders: Record<string, readonly Json[]> = {}
  for (const [key, value] of Object.entries(patch)) {
    if (!isList(value)) continue
    if (key.startsWith(orderPrefix)) orders[key.slice(orderPrefix.length)] = value
    if (!key.startsWith(deletePrefix)) continue
    const field = key.slice(deletePrefix.length)
    const old = result[field]
    if (isList(old)) result[field] = old.filter((item) => !value.includes(item))
  }
  for (const key of new Set([...Object.keys(patch), ...Object.keys(orders)])) {
    if (isDirective(key)) continue
    const value = patch[key]
    const old = result[key]
    const field = type?.fields[key]
    const list = listTypeOf(field)
    if (value === null) delete result[key]
    else if (list !== undefined && (isList(value) || value === undefined)) {
      const items = isList(value) ? value : []
      result[key] = mergeList(isList(old) ? old : [], { items, order: orders[key] }, list)
    } else if (value === undefined) continue
    else if (isObject(value)) result[key] = mergeMap(isObject(old) ? old : {}, value, fieldsOf(field))
    else result[key] = plain(value)
  }
  return result
}

/** Kubernetes' strategic merge: objects merge, null deletes, lists of named things merge by their key. */
export function applyStrategicPatch(
  document: JsonObject,
  patch: JsonObject,
  type: ObjectType,
): Result<JsonObject> {
  try {
    return good(mergeMap(document, patch, type))
  } catch (error) {
    if (error instanceof Unpatchable) return refuse(unexpected(error.message))
    throw error
  }
}
