import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json, JsonObject } from '../../shared/k8s/json.ts'
import { templateDigest } from '../../shared/k8s/template-digest.ts'
import { mergeEdit } from '../../shared/release/change/edit-template.ts'

const word = fc.constantFrom('a', 'b', 'c', 'resources', 'A.b/c')
const texts = fc.dictionary(word, fc.constantFrom('1', '2', ''), { maxKeys: 4 })
const quantities = fc.dictionary(
  fc.constantFrom('cpu', 'memory'),
  fc.constantFrom('1', '1000m', '2Gi', '2147483648'),
)
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 })

function items(key: string, item: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<unknown> {
  return fc.uniqueArray(
    fc.tuple(word, item).map(([name, rest]) => ({ [key]: name, ...rest })),
    { selector: (one) => (one as JsonObject)[key], maxLength: 4 },
  )
}

const variable = fc.oneof(
  fc.record({ value: fc.constantFrom('1', '2') }),
  fc.record({ valueFrom: fc.constant({ fieldRef: { fieldPath: 'metadata.name' } }) }),
)
const source = fc.constantFrom<Record<string, unknown>>(
  { emptyDir: {} },
  { emptyDir: { sizeLimit: '1Gi' } },
  { configMap: { name: 'a' } },
)
const container = fc.record(
  {
    image: fc.constantFrom('app:1', 'app:2', 'app:3'),
    env: some(items('name', variable)),
    volumeMounts: some(items('mountPath', fc.record({ name: word }))),
    resources: fc.record({ limits: some(quantities), requests: some(quantities) }),
    securityContext: some(fc.record({ runAsUser: some(fc.constantFrom(1, 2)) })),
    args: some(fc.array(word, { maxLength: 3 })),
  },
  { requiredKeys: ['image'] },
)
/** Small, so that base, edit and a batch's own agree and differ in all ways within a few hundred runs. */
const template: fc.Arbitrary<JsonObject> = fc
  .record({
    metadata: fc.record({ labels: some(texts), annotations: some(texts) }),
    spec: fc.record({
      containers: items('name', container),
      volumes: some(items('name', source)),
      nodeSelector: some(texts),
      tolerations: some(fc.array(fc.record({ key: word }), { maxLength: 2 })),
      affinity: some(fc.constant({})),
      hostNetwork: some(fc.boolean()),
    }),
  })
  .map((value) => JSON.parse(JSON.stringify(value)) as JsonObject)

const three = fc.record({ base: template, own: template, edited: template })

/** One setting of a template: absent, or one of two values. */
type Setting = 0 | 1 | 2
type Slot = { readonly path: string; readonly put: (draft: Draft, value: 1 | 2) => void }
type Draft = Record<string, Record<string, Json>>

const put =
  (group: string, key: string, values: readonly [Json, Json]) =>
  (draft: Draft, value: 1 | 2): void => {
    draft[group] = { ...draft[group], [key]: values[value - 1] ?? null }
  }
const alone = (path: string, values: readonly [Json, Json]): Slot => ({ path, put: put(path, '', values) })
const inside = (
  path: string,
  [group, key]: readonly [group: string, key: string],
  values: readonly [Json, Json] = ['1', '2'],
): Slot => ({ path, put: put(group, key, values) })
const env = (value: string): Json => ({ name: value.slice(1), value })
const app = 'spec.containers[app]'

/** Settings that do not touch each other, in all kinds of places: a map, a keyed list, a struct, a list of one piece. */
const slots: readonly Slot[] = [
  inside('metadata.labels.a', ['labels', 'a']),
  inside('metadata.labels.resources', ['labels', 'resources']),
  inside('spec.nodeSelector.zone', ['nodeSelector', 'zone']),
  inside(`${app}.env[A]`, ['env', 'A'], [env('1A'), env('2A')]),
  inside(
    `${app}.env[B]`,
    ['env', 'B'],
    [env('1B'), { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
  ),
  inside(
    `${app}.volumeMounts[/data]`,
    ['mounts', '/data'],
    [
      { name: 'v', mountPath: '/data' },
      { name: 'w', mountPath: '/data' },
    ],
  ),
  inside(
    `${app}.ports[80/TCP]`,
    ['ports', '80/TCP'],
    [
      { containerPort: 80, protocol: 'TCP', name: 'web' },
      { containerPort: 80, protocol: 'TCP', name: 'http' },
    ],
  ),
  inside(
    `${app}.ports[80/UDP]`,
    ['ports', '80/UDP'],
    [
      { containerPort: 80, protocol: 'UDP', name: 'h3' },
      { containerPort: 80, protocol: 'UDP', name: 'quic' },
    ],
  ),
  inside(`${app}.resources.limits.cpu`, ['limits', 'cpu'], ['1', '2000m']),
  inside(`${app}.resources.limits.memory`, ['limits', 'memory'], ['1Gi', '2Gi']),
  alone(`${app}.args`, [['a'], ['a', 'b']]),
  alone(`${app}.workingDir`, ['/a', '/b']),
  inside(
    'spec.containers[side]',
    ['containers', 'side'],
    [
      { name: 'side', image: 'side:1' },
      { name: 'side', image: 'side:2' },
    ],
  ),
  inside(
    'spec.volumes[v]',
    ['volumes', 'v'],
    [
      { name: 'v', emptyDir: {} },
      { name: 'v', configMap: { name: 'v' } },
    ],
  ),
  inside(
    'spec.volumes[w]',
    ['volumes', 'w'],
    [
      { name: 'w', emptyDir: {} },
      { name: 'w', emptyDir: { medium: 'Memory' } },
    ],
  ),
  alone('spec.tolerations', [[{ key: 'a' }], [{ key: 'b' }, { key: 'c' }]]),
  alone('spec.terminationGracePeriodSeconds', [30, 60]),
  alone('spec.hostNetwork', [true, false]),
]

/** As a server writes it: lists and maps with nothing in them are not there. */
function build(settings: readonly Setting[]): JsonObject {
  const draft: Draft = {}
  slots.forEach((slot, index) => {
    const value = settings[index] ?? 0
    if (value !== 0) slot.put(draft, value)
  })
  const one = (group: string, name: string): JsonObject => {
    const value = draft[group]?.['']
    return value === undefined ? {} : { [name]: value }
  }
  const map = (group: string, name: string): JsonObject =>
    draft[group] === undefined ? {} : { [name]: draft[group] }
  const list = (group: string, name: string): JsonObject =>
    draft[group] === undefined ? {} : { [name]: Object.values(draft[group]) }
  const main: JsonObject = {
    name: 'app',
    image: 'app:1',
    ...list('env', 'env'),
    ...list('mounts', 'volumeMounts'),
    ...list('ports', 'ports'),
    resources: map('limits', 'limits'),
    ...one(`${app}.args`, 'args'),
    ...one(`${app}.workingDir`, 'workingDir'),
  }
  return {
    metadata: map('labels', 'labels'),
    spec: {
      ...map('nodeSelector', 'nodeSelector'),
      containers: [main, ...Object.values(draft['containers'] ?? {})],
      ...list('volumes', 'volumes'),
      ...one('spec.tolerations', 'tolerations'),
      ...one('spec.terminationGracePeriodSeconds', 'terminationGracePeriodSeconds'),
      ...one('spec.hostNetwork', 'hostNetwork'),
    },
  }
}

const setting = fc.constantFrom<Setting>(0, 1, 2)
const settings = fc.array(setting, { minLength: slots.length, maxLength: slots.length })

test('every setting of a batch stays its own unless the edit changed it, arrives if it did, and is asked for where both did', () => {
  fc.assert(
    fc.property(settings, settings, settings, (base, own, edited) => {
      const all = slots.map((slot, index) => {
        const [was, mine, wanted] = [base[index] ?? 0, own[index] ?? 0, edited[index] ?? 0]
        const asked = was !== mine && was !== wanted && mine !== wanted
        return { path: slot.path, result: asked || was === wanted ? mine : wanted, asked }
      })
      const merged = mergeEdit(build(own), {
        base: build(base),
        edited: build(edited),
      })
      // One of a container that one of them has and the other has not is asked for as a whole, or in it.
      const wanted = all.filter(({ asked }) => asked).map(({ path }) => path)
      const found = merged.conflicts.map(({ path }) => wanted.find((one) => path.startsWith(one)) ?? path)
      expect(found.sort()).toEqual(wanted.sort())
      expect(sorted(merged.template)).toEqual(sorted(build(all.map(({ result }) => result))))
    }),
    { numRuns: 2000 },
  )
})

/** Items in the order of their keys: where an added one goes is told by the tests of orders. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map(sorted)
    return items.every((one) => typeof one === 'object')
      ? [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, one]) => [key, sorted(one)] as const),
  )
}

test('an empty edit changes nothing, and the batch that was edited gets exactly what was written', () => {
  fc.assert(
    fc.property(three, ({ base, own, edited }) => {
      expect(mergeEdit(own, { base, edited: base })).toEqual({ template: own, conflicts: [] })
      const { template: merged, conflicts } = mergeEdit(base, { base, edited })
      expect(conflicts).toEqual([])
      expect(templateDigest(merged)).toBe(templateDigest(edited))
    }),
    { numRuns: 500 },
  )
})

test('once every conflict is answered none is left, and no answer changes what is not its own', () => {
  fc.assert(
    fc.property(three, fc.boolean(), ({ base, own, edited }, takesEdit) => {
      const { conflicts } = mergeEdit(own, { base, edited })
      const paths = conflicts.map(({ path }) => path)
      expect(new Set(paths).size).toBe(paths.length)
      const asked: string[] = []
      const answered = mergeEdit(own, { base, edited }, (path) => {
        asked.push(path)
        return takesEdit ? 'edited' : 'own'
      })
      expect(answered.conflicts).toEqual([])
      expect(asked).toEqual(paths)
      if (!takesEdit) expect(answered.template).toEqual(mergeEdit(own, { base, edited }).template)
    }),
    { numRuns: 500 },
  )
})
