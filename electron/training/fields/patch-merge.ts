import { isObject, type Json, type JsonObject } from '../objects/json.ts'

/** RFC 7386: objects merge, null deletes, everything else (lists too) replaces. */
export function applyMergePatch(document: Json | undefined, patch: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...(isObject(document) ? document : {}) }
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key]
    else result[key] = isObject(value) ? applyMergePatch(result[key], value) : value
  }
  return result
}
