/**
 * How the API server holds the fields of a pod template, as far as equality and merging depend on it. After the Go
 * types and struct tags of k8s.io/api/core/v1 (types.go, Kubernetes 1.36). A test holds every word of it against the
 * OpenAPI documents of a real server.
 */

/** Maps whose values are texts. Nothing below them is a field, whatever it is called. */
const textMaps: ReadonlySet<string> = new Set([
  'annotations',
  'labels',
  'matchLabels',
  'nodeSelector',
  'options',
  'userAnnotations',
  'volumeAttributes',
])
const quantityMaps: ReadonlySet<string> = new Set(['limits', 'overhead', 'requests'])
const quantities: ReadonlySet<string> = new Set(['divisor', 'sizeLimit'])
/** Structs that stand in their parent by value: there whether they are written or not. All others are pointers. */
const values: ReadonlySet<string> = new Set([
  'metadata',
  'podAffinityTerm',
  'preference',
  'resources',
  'spec',
])

/** `object`: a pointer to a struct (or something newer than this table), so that absent and `{}` are two things. */
export type FieldShape = 'text-map' | 'quantity-map' | 'quantity' | 'value' | 'object'

/** Of the field at a path of names, positions in lists left out: `['spec', 'containers', 'resources']`. */
export function shapeOfField(path: readonly string[]): FieldShape {
  const name = path.at(-1) ?? ''
  if (textMaps.has(name)) return 'text-map'
  if (quantityMaps.has(name)) return 'quantity-map'
  if (quantities.has(name)) return 'quantity'
  // The resources of a whole pod are the one exception: a pointer of the name that is a value elsewhere.
  const ofPod = path.length === 2 && path[0] === 'spec' && name === 'resources'
  return values.has(name) && !ofPod ? 'value' : 'object'
}
