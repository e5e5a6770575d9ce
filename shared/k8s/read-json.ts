import type { Json, JsonObject } from './json.ts'
import { ownRecord } from './own-record.ts'

/** Tolerant access to what came off the wire: a missing or odd field is as if it were empty, never an exception. */
export function objectAt(value: Json | undefined, key: string): JsonObject {
  return asObject(asObject(value)[key])
}

export function asObject(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const found = asObject(value)[key]
  return Array.isArray(found) ? (found as readonly Json[]) : []
}

export function textAt(value: Json | undefined, key: string, otherwise = ''): string {
  const found = asObject(value)[key]
  return typeof found === 'string' ? found : typeof found === 'number' ? `${found}` : otherwise
}

export function numberAt(value: Json | undefined, key: string, otherwise = 0): number {
  const found = asObject(value)[key]
  return typeof found === 'number' ? found : otherwise
}

export function flagAt(value: Json | undefined, key: string): boolean {
  return asObject(value)[key] === true
}

/** Epoch milliseconds of an RFC 3339 time; 0 if there is none. */
export function timeAt(value: Json | undefined, key: string): number {
  const time = Date.parse(textAt(value, key))
  return Number.isNaN(time) ? 0 : time
}

export function textsAt(value: Json | undefined, key: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, key))
  return ownRecord(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
