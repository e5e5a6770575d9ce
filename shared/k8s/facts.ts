import type { ObjectProblem } from '../fault-sentences/connection-sentence.ts'
import type { Json } from './json.ts'
import type { KindName } from './objects.ts'
import { asObject, listAt, objectAt, textAt, textsAt } from './read-json.ts'

/** What a number of an object may be. Each is an int32 in the API, and its validation allows no other. */
type Range = { readonly path: readonly string[]; readonly least: number; readonly most: number }

const int32 = 2_147_483_647

const count = (...path: readonly string[]): Range => ({ path, least: 0, most: int32 })
const generation = (...path: readonly string[]): Range => ({ path, least: 0, most: Number.MAX_SAFE_INTEGER })

const ranges: { readonly [K in KindName]?: readonly Range[] } = {
  Deployment: [
    generation('metadata', 'generation'),
    generation('status', 'observedGeneration'),
    ...['replicas', 'minReadySeconds', 'progressDeadlineSeconds', 'revisionHistoryLimit'].map((name) =>
      count('spec', name),
    ),
    ...[
      'replicas',
      'updatedReplicas',
      'readyReplicas',
      'availableReplicas',
      'unavailableReplicas',
      'terminatingReplicas',
    ].map((name) => count('status', name)),
  ],
  ReplicaSet: [
    generation('metadata', 'generation'),
    generation('status', 'observedGeneration'),
    count('spec', 'replicas'),
    ...['replicas', 'readyReplicas', 'availableReplicas'].map((name) => count('status', name)),
  ],
  Lease: [
    { path: ['spec', 'leaseDurationSeconds'], least: 1, most: int32 },
    count('spec', 'leaseTransitions'),
  ],
}

/** Numbers of the items of a list. */
const listRanges: { readonly [K in KindName]?: readonly (Range & { readonly list: readonly string[] })[] } = {
  Pod: ['containerStatuses', 'initContainerStatuses'].map((name) => ({
    list: ['status', name],
    ...count('restartCount'),
  })),
  Service: [
    { list: ['spec', 'ports'], path: ['port'], least: 1, most: 65_535 },
    { list: ['spec', 'ports'], path: ['nodePort'], least: 0, most: 65_535 },
  ],
}

/** Our digests and merges go down a template by calling themselves. The deepest that the API knows has 15 levels. */
const deepestTemplate = 100

/** TotalAnnotationSizeLimitB of apimachinery: all of them together, in bytes, which are no fewer than characters. */
const mostAnnotations = 256 * 1024

/**
 * Why something can not be an object of a cluster, whatever says that it is: every API server has refused such numbers
 * and names since these kinds exist. A sum, a time or a key that is made of one would be wrong without a word.
 */
export function impossible(kind: KindName, raw: Json): ObjectProblem | undefined {
  const name = textAt(objectAt(raw, 'metadata'), 'name')
  if (name === '') return { kind: 'object-nameless' }
  if (!isName(kind, name)) return { kind: 'object-name' }
  for (const range of ranges[kind] ?? []) {
    const wrong = outside(raw, range)
    if (wrong !== undefined) return wrong
  }
  for (const { list, ...range } of listRanges[kind] ?? []) {
    const holder = list.slice(0, -1).reduce<Json>((value, key) => objectAt(value, key), raw)
    for (const item of listAt(holder, list.at(-1) ?? '')) {
      const wrong = outside(item, range)
      if (wrong !== undefined) return wrong
    }
  }
  const annotations = Object.entries(textsAt(objectAt(raw, 'metadata'), 'annotations'))
  const length = annotations.reduce((sum, [key, value]) => sum + key.length + value.length, 0)
  if (length > mostAnnotations) return { kind: 'object-annotations' }
  const hasTemplate = kind === 'Deployment' || kind === 'ReplicaSet'
  return hasTemplate && isDeep(objectAt(raw, 'spec')['template']) ? { kind: 'object-too-deep' } : undefined
}

/** Names of events are up to those who write them (BeforeCreate asks for no more); of all others they are DNS names. */
function isName(kind: KindName, name: string): boolean {
  if (name.length > 253) return false
  return kind === 'Event' ? !/^\.\.?$|[/%]/.test(name) : /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)
}

function outside(raw: Json, { path, least, most }: Range): ObjectProblem | undefined {
  const value = path.reduce<Json | undefined>((from, key) => asObject(from)[key], raw)
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most)
    return undefined
  return { kind: 'object-number', field: path.join('.'), ...(typeof value === 'number' && { value }) }
}

/** Without calling itself: that is what it is to protect from. */
function isDeep(value: Json | undefined): boolean {
  let level: readonly Json[] = value === undefined ? [] : [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepestTemplate) return true
    level = level.flatMap((one): readonly Json[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
  }
  return false
}
