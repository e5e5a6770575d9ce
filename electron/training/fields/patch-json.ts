import { equalJson, isList, isObject, type Json, type JsonObject } from '../objects/json.ts'
import { badRequest, good, patchRejected, refuse, type Result } from '../objects/status-error.ts'

type Operation = { readonly op: string; readonly path: string; readonly from?: string; readonly value?: Json }

function readOperation(entry: Json): Operation | undefined {
  if (!isObject(entry)) return undefined
  const { op, path, from, value } = entry
  if (typeof op !== 'string' || typeof path !== 'string') return undefined
  return {
    op,
    path,
    ...(typeof from === 'string' ? { from } : {}),
    ...(value === undefined ? {} : { value }),
  }
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** A place in a list; counted from its end when negative. */
function placeIn(list: readonly Json[], step: string): number {
  const place = /^-?\d+$/.test(step) ? Number(step) : Number.NaN
  return place < 0 ? list.length + place : place
}

function find(document: Json, steps: readonly string[]): Json | undefined {
  let current: Json | undefined = document
  for (const step of steps) {
    if (isList(current)) current = current[placeIn(current, step)]
    else if (isObject(current)) current = Object.hasOwn(current, step) ? current[step] : undefined
    else return undefined
  }
  return current
}

type Edit = (parent: Json, key: string) => Json | undefined

/** Copies the way down to the last step and lets `edit` make the new parent; undefined when the way is missing. */
function rebuild(document: Json, steps: readonly string[], edit: Edit): Json | undefined {
  const [step = '', ...rest] = steps
  if (rest.length === 0) return edit(document, step)
  const child = find(document, [step])
  const changed = child === undefined ? undefined : rebuild(child, rest, edit)
  if (changed === undefined) return undefined
  return isList(document)
    ? document.map((item, index) => (index === placeIn(document, step) ? changed : item))
    : isObject(document)
      ? { ...document, [step]: changed }
      : undefined
}

function insert(value: Json): Edit {
  return (parent, key) => {
    if (isObject(parent)) return { ...parent, [key]: value }
    if (!isList(parent)) return undefined
    const index = key === '-' ? parent.length : Number(key)
    if (!Number.isInteger(index) || index < 0 || index > parent.length) return undefined
    return [...parent.slice(0, index), value, ...parent.slice(index)]
  }
}

/** Replacing a key that is missing adds it, as the real server does. */
function replace(value: Json): Edit {
  return (parent, key) => {
    if (isObject(parent)) return { ...parent, [key]: value }
    if (!isList(parent) || parent[placeIn(parent, key)] === undefined) return undefined
    return parent.map((item, index) => (index === placeIn(parent, key) ? value : item))
  }
}

const remove: Edit = (parent, key) => {
  if (isObject(parent)) {
    if (!Object.hasOwn(parent, key)) return undefined
    return Object.fromEntries(Object.entries(parent).filter(([name]) => name !== key))
  }
  if (!isList(parent) || parent[placeIn(parent, key)] === undefined) return undefined
  return parent.filter((_, index) => index !== placeIn(parent, key))
}

function applyOne(document: Json, operation: Operation): Json | undefined {
  const steps = stepsOf(operation.path)
  const value = operation.value ?? null
  const source = operation.from === undefined ? undefined : find(document, stepsOf(operation.from))
  switch (operation.op) {
    case 'test':
      return equalJson(find(document, steps) ?? null, value) ? document : undefined
    case 'add':
      return rebuild(document, steps, insert(value))
    case 'replace':
      return steps.length === 0 ? value : rebuild(document, steps, replace(value))
    case 'remove':
      return rebuild(document, steps, remove)
    case 'copy':
      // A field that is missing is copied as nothing; a way that is missing is refused.
      return rebuild(document, steps, insert(source ?? null))
    case 'move': {
      const without = rebuild(document, stepsOf(operation.from ?? ''), remove)
      return source === undefined || without === undefined
        ? undefined
        : rebuild(without, steps, insert(source))
    }
    default:
      return undefined
  }
}

/** RFC 6902. A failed `test` or a missing path is a 422 that does not say why, as on a real server. */
export function applyJsonPatch(document: JsonObject, patch: Json): Result<JsonObject> {
  if (!isList(patch))
    return refuse(
      badRequest(
        `error decoding patch: json: cannot unmarshal ${typeof patch} into Go value of type []handlers.jsonPatchOp`,
      ),
    )
  const stranger = patch.find((entry) => !isObject(entry))
  if (stranger !== undefined)
    return refuse(
      badRequest(
        `error decoding patch: json: cannot unmarshal ${typeof stranger} into Go value of type handlers.jsonPatchOp`,
      ),
    )
  let current: Json = document
  for (const entry of patch) {
    const operation = readOperation(entry)
    const next: Json | undefined = operation === undefined ? undefined : applyOne(current, operation)
    if (next === undefined) return refuse(patchRejected)
    current = next
  }
  return isObject(current) ? good(current) : refuse(patchRejected)
}
