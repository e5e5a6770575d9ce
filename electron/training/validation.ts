import type { JsonObject } from './json.ts'
import type { Resource } from './resources.ts'
import type { Cause } from './status-error.ts'

/** Every wrong field of an object about to be stored; `old` is there for updates. */
export function validate(
  _resource: Resource,
  _object: JsonObject,
  _old: JsonObject | undefined,
): readonly Cause[] {
  return []
}
