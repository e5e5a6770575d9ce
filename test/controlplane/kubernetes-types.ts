import { join } from 'node:path'
import type {
  FieldType,
  KubernetesTypes,
  ObjectType,
} from '../../electron/training/fields/kubernetes-types.ts'
import {
  isObject,
  listAt,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../electron/training/objects/json.ts'
import { allResources, groupVersion } from '../../electron/training/objects/resources.ts'
import type { KubeClient } from '../support/kube-client.ts'

/** Kinds that the training cluster reads besides those that it stores. */
const more: readonly (readonly [path: string, kind: string])[] = [
  ['autoscaling/v1', 'Scale'],
  ['policy/v1', 'Eviction'],
  ['v1', 'Binding'],
  ['v1', 'DeleteOptions'],
  ['authorization.k8s.io/v1', 'SelfSubjectAccessReview'],
  ['authorization.k8s.io/v1', 'SelfSubjectRulesReview'],
  ['authentication.k8s.io/v1', 'SelfSubjectReview'],
]

const leafTypes: Readonly<Record<string, FieldType>> = {
  'io.k8s.apimachinery.pkg.apis.meta.v1.Time': 'time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime': 'micro-time',
  'io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1': 'any',
  'io.k8s.apimachinery.pkg.runtime.RawExtension': 'any',
  'io.k8s.apimachinery.pkg.api.resource.Quantity': 'quantity',
  'io.k8s.apimachinery.pkg.util.intstr.IntOrString': 'int-or-string',
}

export const typesPath = join(import.meta.dirname, '../../electron/training/fields/kubernetes-types.json')

/** One line for each type, so that a newer Kubernetes shows as a small difference. */
export function kubernetesTypesText({ kinds, types }: KubernetesTypes): string {
  const line = ([name, value]: readonly [string, unknown]) =>
    `${JSON.stringify(name)}: ${JSON.stringify(value)}`
  const sorted = Object.entries(types).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{"kinds": {\n${Object.entries(kinds).map(line).join(',\n')}},\n"types": {\n${sorted.map(line).join(',\n')}}}\n`
}

function refOf(schema: JsonObject): string | undefined {
  const all = schema['allOf']
  const ref = textAt(schema, '$ref') ?? (Array.isArray(all) ? textAt(all[0] as Json, '$ref') : undefined)
  return ref?.split('/').at(-1)
}

/** What the training cluster must know of the API's types, read from the OpenAPI documents of a real server. */
export async function readKubernetesTypes(client: KubeClient): Promise<KubernetesTypes> {
  const kinds: Record<string, string> = {}
  const types: Record<string, ObjectType> = {}
  const names = new Map<string, string>()
  const wanted: (readonly [string, string])[] = [
    ...allResources.map((resource) => [groupVersion(resource), resource.kind] as const),
    ...more,
  ]
  const schemas: Record<string, JsonObject> = {}
  for (const version of new Set(wanted.map(([path]) => path))) {
    const path = version === 'v1' ? 'api/v1' : `apis/${version}`
    const found = objectAt((await client.get(`/openapi/v3/${path}`)).body, 'components', 'schemas')
    for (const [name, schema] of Object.entries(found)) if (isObject(schema)) schemas[name] = schema
  }

  function fieldOf(schema: JsonObject): FieldType {
    const ref = refOf(schema)
    if (ref !== undefined) {
      // A struct with a default stands in its parent by value: it is there even when nothing is in it.
      const present = isObject(schema['default']) ? { present: true as const } : {}
      return leafTypes[ref] ?? { object: nameOf(ref), ...retains(schema), ...present }
    }
    if (schema['type'] === 'array') {
      const list = fieldOf(objectAt(schema, 'items'))
      const keys = schema['x-kubernetes-list-map-keys'] as readonly string[] | undefined
      const mergeKey = textAt(schema, 'x-kubernetes-patch-merge-key')
      const merges = (textAt(schema, 'x-kubernetes-patch-strategy') ?? '').split(',').includes('merge')
      return {
        list,
        ...(keys === undefined ? {} : { keys }),
        ...(schema['x-kubernetes-list-type'] === 'set' ? { set: true as const } : {}),
        ...(merges ? { merge: mergeKey ?? '' } : {}),
        ...retains(schema),
      }
    }
    if (schema['type'] === 'object') {
      const values = objectAt(schema, 'additionalProperties')
      if (Object.keys(values).length === 0) return 'any'
      const atomic = schema['x-kubernetes-map-type'] === 'atomic'
      return { map: fieldOf(values), ...(atomic ? { atomic: true as const } : {}) }
    }
    const type = textAt(schema, 'type')
    const format = textAt(schema, 'format')
    switch (type) {
      case 'string':
        return typeof schema['default'] === 'string' && schema['default'] !== ''
          ? { scalar: 'string', default: schema['default'] }
          : format === 'byte'
            ? 'bytes'
            : 'string'
      case 'boolean':
        return 'boolean'
      case 'integer':
        return format === 'int64' ? 'int64' : 'int32'
      default:
        return 'any'
    }
  }

  function retains(schema: JsonObject): { readonly retainKeys?: true } {
    const strategies = (textAt(schema, 'x-kubernetes-patch-strategy') ?? '').split(',')
    return strategies.includes('retainKeys') ? { retainKeys: true } : {}
  }

  function nameOf(full: string): string {
    const known = names.get(full)
    if (known !== undefined) return known
    const parts = full.split('.')
    const short = parts.at(-1) ?? full
    // core.Event beside events.Event: the second of a name is told apart by its group.
    const name = short in types ? parts.slice(-3).join('.') : short
    names.set(full, name)
    const schema = schemas[full] ?? {}
    const fields: Record<string, FieldType> = {}
    types[name] = {
      fields,
      ...(schema['x-kubernetes-map-type'] === 'atomic' ? { atomic: true as const } : {}),
    }
    const required = listAt(schema, 'required')
    for (const [key, value] of Object.entries(objectAt(schema, 'properties'))) {
      if (!isObject(value)) continue
      const field = fieldOf(value)
      const isNeededList = required.includes(key) && typeof field === 'object' && 'list' in field
      fields[key] = isNeededList ? { ...field, present: true } : field
    }
    return name
  }

  for (const [version, kind] of wanted) {
    const group = version.includes('/') ? version.slice(0, version.indexOf('/')) : ''
    const short = version.slice(version.indexOf('/') + 1)
    const full = Object.entries(schemas).find(([, schema]) => {
      const all = schema['x-kubernetes-group-version-kind']
      return (
        Array.isArray(all) &&
        all.some(
          (one: JsonObject) => one['group'] === group && one['version'] === short && one['kind'] === kind,
        )
      )
    })?.[0]
    if (full === undefined) throw new Error(`no schema of ${version} ${kind}`)
    kinds[`${version} ${kind}`] = nameOf(full)
  }
  return { kinds, types }
}
