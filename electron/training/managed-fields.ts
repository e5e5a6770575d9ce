import { equalJson, isObject, objectAt, type Json, type JsonObject } from './json.ts'
import type { Part } from './lifecycle.ts'
import { asJson, timestamp, type KubeObject } from './objects.ts'

/** The fields of a workload whose writers clients ask after. */
const tracked = ['replicas', 'template', 'paused'] as const

/**
 * Notes in managedFields who changed which fields, and when. Only the fields above are told apart: enough to name a
 * writer, not a full record of ownership.
 */
export function trackFields<T extends KubeObject>(change: {
  readonly old: T | undefined
  readonly next: T
  readonly manager: string
  readonly part: Part
  readonly now: number
}): T {
  const { next, manager, part, now } = change
  if (part === 'status') return next
  const before = change.old === undefined ? {} : objectAt(asJson(change.old), 'spec')
  const after = objectAt(asJson(next), 'spec')
  const changed = tracked.filter((field) => !equalJson(before[field], after[field]))
  if (changed.length === 0) return next
  const fields = Object.fromEntries(changed.map((field) => [`f:${field}`, fieldsOf(field, after[field])]))
  const entry: JsonObject = {
    manager,
    operation: 'Update',
    apiVersion: next.apiVersion,
    time: timestamp(now),
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:spec': fields },
  }
  const others = (next.metadata.managedFields ?? []).flatMap((one) =>
    withoutFields(one, { manager, changed }),
  )
  return { ...next, metadata: { ...next.metadata, managedFields: [...others, entry] } }
}

function fieldsOf(field: string, value: Json | undefined): JsonObject {
  if (field !== 'template') return {}
  const containers = objectAt(value, 'spec')['containers']
  const names = Array.isArray(containers) ? (containers as readonly Json[]) : []
  const images = names.flatMap((one) =>
    isObject(one) ? [[`k:{"name":${JSON.stringify(one['name'] ?? '')}}`, { 'f:image': {} }] as const] : [],
  )
  return { 'f:spec': { 'f:containers': Object.fromEntries(images) } }
}

/** Another manager's entry without what has just been written by this one; the same manager's is written anew. */
function withoutFields(
  entry: Json,
  by: { readonly manager: string; readonly changed: readonly string[] },
): readonly Json[] {
  if (!isObject(entry)) return []
  const spec = objectAt(objectAt(entry, 'fieldsV1'), 'f:spec')
  const left = Object.entries(spec).filter(([key]) => !by.changed.includes(key.slice(2)))
  return left.length === 0 ? [] : [{ ...entry, fieldsV1: { 'f:spec': Object.fromEntries(left) } }]
}
