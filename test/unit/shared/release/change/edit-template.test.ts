import { expect, test } from 'vitest'
import { objectType, type FieldType } from '../../../../../electron/training/fields/kubernetes-types.ts'
import type { JsonObject } from '../../../../../shared/k8s/json.ts'
import { itemKeysOf } from '../../../../../shared/k8s/pod-template-fields.ts'
import { mergeEdit, type Taken } from '../../../../../shared/release/change/edit-template.ts'

const app = (more: JsonObject = {}): JsonObject => ({ name: 'app', image: 'app:1', ...more })
const spec = (more: JsonObject): JsonObject => ({ spec: { containers: [app()], ...more } })
const withApp = (more: JsonObject): JsonObject => ({ spec: { containers: [app(more)] } })

type Three = readonly [own: JsonObject, base: JsonObject, edited: JsonObject]

function merge([own, base, edited]: Three, taken?: Taken) {
  const { template, conflicts } = mergeEdit(own, { base, edited }, () => taken)
  return { template, paths: conflicts.map(({ path }) => path) }
}

test('the lists that are merged, and by which keys, are those that a real server’s types name', () => {
  const wrong: string[] = []
  const seen = new Set<string>()
  const walk = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const [field, type] of Object.entries(objectType(name).fields)) {
      check(field, type)
      const inner = typeof type === 'object' && 'list' in type ? type.list : type
      if (typeof inner === 'object' && 'object' in inner) walk(inner.object)
    }
  }
  const check = (field: string, type: FieldType): void => {
    if (typeof type !== 'object' || !('list' in type)) return
    const keys = itemKeysOf([field])
    const known = type.keys ?? (type.merge === undefined || type.merge === '' ? undefined : [type.merge])
    if (keys?.join() !== known?.join())
      wrong.push(`${field}: ${keys?.join() ?? ''}, not ${known?.join() ?? ''}`)
    if (type.merge !== undefined && type.merge !== '' && keys?.[0] !== type.merge) wrong.push(field)
  }
  walk('PodTemplateSpec')
  expect(seen.size).toBeGreaterThan(90)
  expect(wrong).toEqual([])
})

test('what a batch has of its own stays where the edit changes something beside it', () => {
  const base = spec({ nodeSelector: { disk: 'ssd' }, terminationGracePeriodSeconds: 30 })
  const own = {
    metadata: { labels: { track: 'canary' } },
    spec: {
      containers: [app({ env: [{ name: 'OWN', value: '1' }] }), { name: 'sidecar', image: 'sidecar:1' }],
      nodeSelector: { disk: 'ssd', zone: 'a' },
      terminationGracePeriodSeconds: 30,
    },
  }
  const edited = {
    spec: {
      containers: [app({ image: 'app:2', env: [{ name: 'NEW', value: 'x' }] })],
      nodeSelector: { disk: 'nvme' },
      terminationGracePeriodSeconds: 60,
    },
  }
  expect(merge([own, base, edited])).toEqual({
    paths: [],
    template: {
      metadata: { labels: { track: 'canary' } },
      spec: {
        containers: [
          app({
            image: 'app:2',
            env: [
              { name: 'NEW', value: 'x' },
              { name: 'OWN', value: '1' },
            ],
          }),
          { name: 'sidecar', image: 'sidecar:1' },
        ],
        nodeSelector: { disk: 'nvme', zone: 'a' },
        terminationGracePeriodSeconds: 60,
      },
    },
  })
})

const conflicts: readonly (readonly [what: string, ...Three, path: string])[] = [
  [
    'sets a value that the batch has set to another one',
    withApp({ image: 'app:0' }),
    withApp({ image: 'app:1' }),
    withApp({ image: 'app:2' }),
    'spec.containers[app].image',
  ],
  [
    'removes what the batch has changed',
    withApp({ env: [{ name: 'A', value: '2' }] }),
    withApp({ env: [{ name: 'A', value: '1' }] }),
    withApp({}),
    'spec.containers[app].env[A]',
  ],
  [
    'changes what the batch does not have',
    withApp({}),
    withApp({ workingDir: '/a' }),
    withApp({ workingDir: '/b' }),
    'spec.containers[app].workingDir',
  ],
  [
    'adds what the batch has added otherwise',
    spec({ nodeSelector: { zone: 'a' } }),
    spec({}),
    spec({ nodeSelector: { zone: 'b' } }),
    'spec.nodeSelector.zone',
  ],
  [
    'changes a list without keys that the batch has changed',
    spec({ tolerations: [{ key: 'own', operator: 'Exists' }] }),
    spec({ tolerations: [] }),
    spec({ tolerations: [{ key: 'edit', operator: 'Exists' }] }),
    'spec.tolerations',
  ],
  [
    'gives a variable another source than the batch has given it',
    withApp({ env: [{ name: 'A', value: '2' }] }),
    withApp({ env: [{ name: 'A', value: '1' }] }),
    withApp({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
    'spec.containers[app].env[A]',
  ],
  [
    'gives a volume another kind than the batch has given it',
    spec({ volumes: [{ name: 'v', hostPath: { path: '/own' } }] }),
    spec({ volumes: [{ name: 'v', emptyDir: {} }] }),
    spec({ volumes: [{ name: 'v', configMap: { name: 'edit' } }] }),
    'spec.volumes[v]',
  ],
]

test.each(conflicts)(
  'an edit that %s is a conflict, and each answer leaves one of the two whole',
  (...one) => {
    const [, own, base, edited, path] = one
    expect(merge([own, base, edited])).toEqual({ template: own, paths: [path] })
    expect(merge([own, base, edited], 'own')).toEqual({ template: own, paths: [] })
    expect(merge([own, base, edited], 'edited')).toEqual({ template: edited, paths: [] })
  },
)

test('a map that the edit removes goes without what the batch has of its own in it', () => {
  const base = spec({ nodeSelector: { disk: 'ssd' } })
  const own = spec({ nodeSelector: { disk: 'ssd', zone: 'a' } })
  expect(merge([own, base, spec({})])).toEqual({ template: spec({ nodeSelector: { zone: 'a' } }), paths: [] })
})

test('the same edit that a batch has already is none, also where it is written otherwise', () => {
  const own = withApp({ resources: { limits: { cpu: '1' } } })
  const base = withApp({ resources: {} })
  expect(merge([own, base, withApp({ resources: { limits: { cpu: '1000m' } } })])).toEqual({
    template: own,
    paths: [],
  })
})

test('two ports of one number are two by their protocol, and an item that is left out goes', () => {
  const dns = (protocol: string): JsonObject => ({ containerPort: 53, protocol })
  const base = withApp({ ports: [dns('TCP'), dns('UDP')] })
  const own = withApp({ ports: [dns('TCP'), { ...dns('UDP'), name: 'dns' }, { containerPort: 9 }] })
  expect(merge([own, base, withApp({ ports: [dns('UDP')] })])).toEqual({
    template: withApp({ ports: [{ ...dns('UDP'), name: 'dns' }, { containerPort: 9 }] }),
    paths: [],
  })
})

test('an edited order arrives, and two orders are a conflict', () => {
  const env = (...names: readonly string[]): JsonObject =>
    withApp({ env: names.map((name) => ({ name, value: name })) })
  expect(merge([env('A', 'OWN', 'B'), env('A', 'B'), env('B', 'A')]).template).toEqual(env('B', 'A', 'OWN'))
  expect(merge([env('A', 'B', 'C'), env('A', 'B', 'C'), env('A', 'C', 'B')]).template).toEqual(
    env('A', 'C', 'B'),
  )
  expect(merge([env('C', 'A', 'B'), env('A', 'B', 'C'), env('B', 'A', 'C')]).paths).toEqual([
    'spec.containers[app].env',
  ])
})

test('keys that look like something else are keys', () => {
  const labels = (value: JsonObject): JsonObject => ({ metadata: { labels: value }, spec: {} })
  const [base, own, edited] = [labels({ a: '1' }), labels({ a: '1', __proto__x: '1' }), labels({ a: '2' })]
  expect(merge([own, base, edited]).template).toEqual(labels({ a: '2', __proto__x: '1' }))
  const text = '{"metadata":{"labels":{"__proto__":"x","resources":"y"}},"spec":{}}'
  const odd = JSON.parse(text) as JsonObject
  expect(JSON.stringify(merge([labels({}), labels({}), odd]).template)).toBe(text)
  expect(Object.prototype).not.toHaveProperty('resources')
})
