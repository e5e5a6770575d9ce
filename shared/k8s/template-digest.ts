import { earlierTemplateDigest } from './earlier-template-digest.ts'
import { exactQuantity } from './exact-quantity.ts'
import { hashOf } from './hash-of.ts'
import type { Json, JsonObject } from './json.ts'
import { shapeOfField } from './pod-template-fields.ts'
import { asObject } from './read-json.ts'

const hashLabel = 'pod-template-hash'

/** Tells these digests from those of earlier builds, which were made by another rule and stand in their journals. */
const mark = '2-'

/**
 * Equal for templates that the Deployment controller calls equal, and for no others (EqualIgnoreHash in
 * k8s.io/kubernetes/pkg/controller/deployment/util: apiequality.Semantic.DeepEqual without the hash label). Absent and
 * empty lists and maps are alike, absent and empty objects are two things, quantities go by value. Coarser, we would
 * take an older ReplicaSet for the current one and wait for ever until it is full.
 */
export function templateDigest(template: JsonObject): string {
  return `${mark}${hashOf(JSON.stringify(canonical(template, []) ?? {}))}`
}

/** Where `kubectl rollout restart` writes its time, so that both are told apart from other changes alike. */
export const restartAnnotation = 'kubectl.kubernetes.io/restartedAt'

/** The same for templates that differ at most in when their pods were restarted. `digest`: of the whole, if it is known. */
export function contentDigest(template: JsonObject, digest?: string): string {
  const metadata = asObject(template['metadata'])
  const { [restartAnnotation]: at, ...annotations } = asObject(metadata['annotations'])
  // Every event of every ReplicaSet comes by here: most have nothing to leave out.
  if (at === undefined && digest !== undefined) return digest
  return templateDigest({ ...template, metadata: { ...metadata, annotations } })
}

/** Whether this is the template that a digest was made of, by the rule of this build or of an earlier one. */
export function hasTemplate(
  found: { readonly template: JsonObject; readonly templateDigest: string },
  digest: string | undefined,
): boolean {
  if (digest === undefined || isOfThisBuild(digest)) return found.templateDigest === digest
  return earlierTemplateDigest(found.template) === digest
}

export function isOfThisBuild(digest: string): boolean {
  return digest.startsWith(mark)
}

/** Whether the controller calls two values of one field the same; `path`: names of fields, positions left out. */
export function isSameAt(path: readonly string[], a: Json | undefined, b: Json | undefined): boolean {
  const text = (value: Json | undefined) => JSON.stringify(canonical(value ?? null, path))
  return a === b || text(a) === text(b)
}

function canonical(value: Json, path: readonly string[]): Json | undefined {
  if (value === null) return undefined
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    return items.length === 0 ? undefined : items.map((item) => canonical(item, path) ?? null)
  }
  const shape = shapeOfField(path)
  if (typeof value !== 'object') return shape === 'quantity' ? quantity(value) : value
  const object = value as JsonObject
  const isMap = shape === 'text-map' || shape === 'quantity-map'
  const entries = Object.keys(object)
    .sort()
    .filter((key) => !(key === hashLabel && path.join('.') === 'metadata.labels'))
    .flatMap((key) => {
      const own = object[key] ?? null
      const inner = isMap ? valueInMap(own, shape) : canonical(own, [...path, key])
      return inner === undefined ? [] : [[key, inner] as const]
    })
  const droppable = isMap || shape === 'value'
  return entries.length === 0 && droppable ? undefined : Object.fromEntries(entries)
}

/** A key with an empty value is a key: the server makes `''` of null. */
function valueInMap(value: Json, shape: 'text-map' | 'quantity-map'): Json {
  return shape === 'quantity-map' ? quantity(value) : (value ?? '')
}

/** Apart from texts, so that a quantity that can't be read equals itself only. */
function quantity(value: Json): Json {
  const exact = exactQuantity(value)
  return exact === undefined ? value : { billionths: exact }
}
