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

/**
 * Lists whose items are found again by these fields; all other lists are one piece. The patchMergeKey of each field,
 * and where the API has more than one key for its items (listMapKey), all of them: only so two ports of one number
 * stay two.
 */
const itemKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['claims', ['name']],
  ['containers', ['name']],
  ['env', ['name']],
  ['ephemeralContainers', ['name']],
  ['hostAliases', ['ip']],
  ['imagePullSecrets', ['name']],
  ['initContainers', ['name']],
  ['ownerReferences', ['uid']],
  ['ports', ['containerPort', 'protocol']],
  ['resourceClaims', ['name']],
  ['schedulingGates', ['name']],
  ['topologySpreadConstraints', ['topologyKey', 'whenUnsatisfiable']],
  ['volumeDevices', ['devicePath']],
  ['volumeMounts', ['mountPath']],
  ['volumes', ['name']],
])

export function itemKeysOf(path: readonly string[]): readonly string[] | undefined {
  return itemKeys.get(path.at(-1) ?? '')
}

/** What a key of an item is where it is not written: the server's default. */
export const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' }

/**
 * Objects of which one alternative excludes the others (`value` or `valueFrom`, `emptyDir` or `configMap`): half of
 * one and half of another is an object that no server takes.
 */
const unions: ReadonlySet<string> = new Set([
  'appArmorProfile',
  'env',
  'livenessProbe',
  'postStart',
  'preStop',
  'readinessProbe',
  'resourceClaims',
  'seccompProfile',
  'startupProbe',
  'volumes',
])

/** Whether the object at a path, or each item of the list there, is such a union. */
export function isUnion(path: readonly string[]): boolean {
  return unions.has(path.at(-1) ?? '')
}
