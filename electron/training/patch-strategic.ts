import { equalJson, isList, isObject, type Json, type JsonObject } from './json.ts'

/** Lists that merge by key: last field name -> keys, the first that the items carry is used. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  conditions: ['type'],
  ownerReferences: ['uid'],
  topologySpreadConstraints: ['topologyKey'],
}

/** Lists of plain values that are sets. */
const sets: readonly string[] = ['finalizers']

function keysOf(field: string, items: readonly Json[]): readonly string[] {
  // Container ports merge by containerPort, a Service's ports by port; a protocol tells equal numbers apart.
  if (field === 'ports') {
    const first = items.find(isObject)
    return first !== undefined && 'containerPort' in first
      ? ['containerPort', 'protocol']
      : ['port', 'protocol']
  }
  return mergeKeys[field] ?? []
}

function sameKey(keys: readonly string[], a: Json, b: Json): boolean {
  return (
    isObject(a) &&
    isObject(b) &&
    keys.every((key) => equalJson(a[key] ?? fallback(key), b[key] ?? fallback(key)))
  )
}

function fallback(key: string): Json {
  return key === 'protocol' ? 'TCP' : null
}

function isDirective(key: string): boolean {
  return key.startsWith('$')
}

function plain(value: Json): Json {
  if (isList(value)) return value.filter((item) => !(isObject(item) && '$patch' in item)).map(plain)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => !isDirective(key) && item !== null)
      .map(([key, item]) => [key, plain(item)]),
  )
}

function mergeList(field: string, old: readonly Json[], patch: readonly Json[]): readonly Json[] {
  if (sets.includes(field)) return [...old, ...patch.filter((item) => !old.includes(item))]
  if (patch.some((item) => isObject(item) && item['$patch'] === 'replace')) {
    return patch.filter((item) => !(isObject(item) && '$patch' in item)).map(plain)
  }
  const keys = keysOf(field, [...old, ...patch])
  if (keys.length === 0) return patch.map(plain)
  let result = [...old]
  for (const item of patch) {
    if (!isObject(item)) continue
    const index = result.findIndex((one) => sameKey(keys, one, item))
    if (item['$patch'] === 'delete') result = result.filter((_, position) => position !== index)
    else if (index < 0) result = [...result, plain(item)]
    else
      result = result.map((one, position) =>
        position === index && isObject(one) ? applyStrategicPatch(one, item) : one,
      )
  }
  return result
}

/** Names without their directive prefix that a `$deleteFromPrimitiveList/x` entry is about. */
function primitiveDeletion(key: string): string | undefined {
  return /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1]
}

/**
 * Kubernetes' strategic merge: objects merge, null deletes, lists of named things merge by their key,
 * other lists replace. `$patch: replace|delete` work; `$setElementOrder` and `$retainKeys` do not reorder.
 */
export function applyStrategicPatch(document: JsonObject, patch: JsonObject): JsonObject {
  if (patch['$patch'] === 'replace') return plain(patch) as JsonObject
  if (patch['$patch'] === 'delete') return {}
  const retain = patch['$retainKeys']
  const kept = isList(retain)
    ? Object.entries(document).filter(([key]) => retain.includes(key))
    : Object.entries(document)
  const result: Record<string, Json> = Object.fromEntries(kept)
  for (const [key, value] of Object.entries(patch)) {
    const gone = primitiveDeletion(key)
    if (gone !== undefined && isList(value)) {
      const old = result[gone]
      if (isList(old)) result[gone] = old.filter((item) => !value.includes(item))
    }
    if (isDirective(key)) continue
    const old = result[key]
    if (value === null) delete result[key]
    else if (isObject(value)) result[key] = applyStrategicPatch(isObject(old) ? old : {}, value)
    else if (isList(value)) result[key] = mergeList(key, isList(old) ? old : [], value)
    else result[key] = value
  }
  return result
}
