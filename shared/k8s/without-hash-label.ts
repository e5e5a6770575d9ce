import type { JsonObject } from './json.ts'
import { asObject } from './read-json.ts'

/** A ReplicaSet's template as its Deployment had it: the label that the controller adds is no part of it. */
export function withoutHashLabel(template: JsonObject): JsonObject {
  const metadata = asObject(template['metadata'])
  const { 'pod-template-hash': _hash, ...labels } = asObject(metadata['labels'])
  return { ...template, metadata: { ...metadata, labels } }
}
