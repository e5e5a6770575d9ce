import { objectAt, textAt, type Json, type JsonObject } from '../../../electron/training/objects/json.ts'
import type { PatchKind } from '../../support/kube-client.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment } from './objects.ts'

const one = (given: Given) => `${given.apps}/deployments/one`

async function made(given: Given, spec: JsonObject = {}): Promise<JsonObject> {
  return (await given.admin.post(`${given.apps}/deployments`, deployment('one', spec))).body
}

function containersOf(body: Json): Json {
  const spec = objectAt(body, 'spec', 'template', 'spec')
  return (spec['containers'] as readonly Json[]).map((container) => {
    const {
      name = null,
      image = null,
      env = null,
      ports = null,
      args = null,
    } = objectAt({ container }, 'container')
    return {
      name,
      image,
      ...(env === null ? {} : { env }),
      ...(ports === null ? {} : { ports }),
      ...(args === null ? {} : { args }),
    }
  })
}

/** The containers after a patch, or its refusal. */
async function containersAfter(given: Given, kind: PatchKind, body: unknown): Promise<Json> {
  const answer = await given.admin.patch(one(given), kind, body)
  return answer.status === 200 ? containersOf(answer.body) : shown(answer)
}

function template(spec: JsonObject): JsonObject {
  return { spec: { template: { spec } } }
}

export const patching: Cases = {
  'JSON patch: guarded by uid, generation, container and image it changes the image': async (given) => {
    const { uid = '', generation = 1 } = objectAt(await made(given), 'metadata')
    const image = '/spec/template/spec/containers/0/image'
    const guarded = (value: Json, from: string) => [
      { op: 'test', path: '/metadata/uid', value: uid },
      { op: 'test', path: '/metadata/generation', value },
      { op: 'test', path: '/spec/template/spec/containers/0/name', value: 'main' },
      { op: 'test', path: image, value: from },
      { op: 'replace', path: image, value: 'registry.example/demo:2' },
    ]
    return [
      shown(await given.admin.patch(one(given), 'json', guarded(generation, 'registry.example/demo:9'))),
      shown(await given.admin.patch(one(given), 'json', guarded(7, 'registry.example/demo:1'))),
      await containersAfter(given, 'json', guarded(generation, 'registry.example/demo:1')),
      shown(await given.admin.patch(one(given), 'json', guarded(generation, 'registry.example/demo:1'))),
    ]
  },
  'JSON patch: each operation, and what it does with what is not there': async ({ admin, core }) => {
    const seen: Record<string, Json> = {}
    const operations: readonly (readonly JsonObject[])[] = [
      [{ op: 'add', path: '/data/new', value: 'x' }],
      [{ op: 'add', path: '/data/key', value: 'x' }],
      [{ op: 'add', path: '/none/new', value: 'x' }],
      [{ op: 'replace', path: '/data/none', value: 'x' }],
      [{ op: 'replace', path: '/none/none', value: 'x' }],
      [{ op: 'remove', path: '/data/key' }],
      [{ op: 'remove', path: '/data/none' }],
      [{ op: 'test', path: '/data/key', value: 'value' }],
      [{ op: 'test', path: '/data/key', value: 'other' }],
      [{ op: 'test', path: '/data/none', value: 'x' }],
      [{ op: 'test', path: '/data/none', value: null }],
      [{ op: 'test', path: '/data/none' }],
      [{ op: 'test', path: '/metadata/labels', value: { a: '1', 'example.com/b': '2' } }],
      [{ op: 'test', path: '/metadata/labels/example.com~1b', value: '2' }],
      [{ op: 'copy', from: '/data/key', path: '/data/copied' }],
      [{ op: 'move', from: '/data/key', path: '/data/moved' }],
      [{ op: 'copy', from: '/data/none', path: '/data/copied' }],
      [{ op: 'move', from: '/data/none', path: '/data/moved' }],
      [{ op: 'add', path: '/metadata/finalizers', value: ['example.com/f'] }],
      [{ op: 'replace', path: '', value: configMap('one') }],
      [{ op: 'unknown', path: '/data/key' }],
      [{ op: 'add', path: '/data/new' }],
      [{ op: 'replace', path: '/data/key', value: null }],
      [{ op: 'add', path: 'data/new', value: 'x' }],
      [],
    ]
    for (const [index, operation] of operations.entries()) {
      const name = `c${index}`
      const body = { ...configMap(name), metadata: { name, labels: { a: '1', 'example.com/b': '2' } } }
      await admin.post(`${core}/configmaps`, body)
      const answer = await admin.patch(`${core}/configmaps/${name}`, 'json', operation)
      seen[JSON.stringify(operation)] = answer.status === 200 ? (answer.body['data'] ?? null) : shown(answer)
    }
    return seen
  },
  'JSON patch: in lists by position': async (given) => {
    await made(given)
    const path = '/spec/template/spec/containers'
    const third = { name: 'third', image: 'registry.example/third:1' }
    return [
      await containersAfter(given, 'json', [{ op: 'add', path: `${path}/-`, value: third }]),
      await containersAfter(given, 'json', [{ op: 'remove', path: `${path}/1` }]),
      await containersAfter(given, 'json', [
        { op: 'add', path: `${path}/0`, value: { ...third, name: 'zeroth' } },
      ]),
      await containersAfter(given, 'json', [{ op: 'replace', path: `${path}/9/image`, value: 'x' }]),
      await containersAfter(given, 'json', [{ op: 'add', path: `${path}/9`, value: third }]),
      await containersAfter(given, 'json', [{ op: 'remove', path: `${path}/9` }]),
      await containersAfter(given, 'json', [
        { op: 'replace', path: `${path}/-1/image`, value: 'registry.example/last:1' },
      ]),
    ]
  },
  'JSON patch: a stale version is 409, the right one is taken': async (given) => {
    const version =
      textAt(
        (await given.admin.post(`${given.core}/configmaps`, configMap('one'))).body,
        'metadata',
        'resourceVersion',
      ) ?? ''
    const patch = (value: string) => [
      { op: 'replace', path: '/metadata/resourceVersion', value },
      { op: 'replace', path: '/data/key', value: 'new' },
    ]
    const path = `${given.core}/configmaps/one`
    return [
      outcome(await given.admin.patch(path, 'json', patch(version))),
      shown(await given.admin.patch(path, 'json', patch(version))),
    ]
  },
  'JSON patch: a body that is none is refused': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, configMap('one'))
    const path = `${core}/configmaps/one`
    return [
      shown(await admin.patch(path, 'json', {})),
      shown(await admin.patch(path, 'json', 'x')),
      shown(await admin.patch(path, 'json', [1])),
      shown(await admin.patch(path, 'json', [{ op: 'add' }])),
    ]
  },
  'merge patch: a list of containers replaces the list, and the sidecar is gone': async (given) => {
    await made(given)
    const containers = [{ name: 'main', image: 'registry.example/demo:2' }]
    return containersAfter(given, 'merge', template({ containers }))
  },
  'merge patch: objects merge, null deletes': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, configMap('one', { labels: { a: '1' }, data: { a: '1', b: '2' } }))
    const answer = await admin.patch(`${core}/configmaps/one`, 'merge', {
      metadata: { labels: null },
      data: { a: null, c: '3' },
    })
    return [answer.body['data'] ?? null, objectAt(answer.body, 'metadata')['labels'] ?? null]
  },
  'merge patch: a body that is none is refused': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, configMap('one'))
    const seen: Json[] = []
    for (const kind of ['merge', 'strategic'] as const)
      for (const body of ['x', [], 'null', '1'])
        seen.push(shown(await admin.patch(`${core}/configmaps/one`, kind, body)))
    return seen
  },
  'strategic merge: one container by its name, the sidecar stays': async (given) => {
    await made(given)
    return containersAfter(
      given,
      'strategic',
      template({ containers: [{ name: 'main', image: 'registry.example/demo:2' }] }),
    )
  },
  'strategic merge: a misspelt container is added, and goes first': async (given) => {
    await made(given)
    return containersAfter(
      given,
      'strategic',
      template({ containers: [{ name: 'mian', image: 'registry.example/demo:2' }] }),
    )
  },
  'strategic merge: a container without its name is refused': async (given) => {
    await made(given)
    return containersAfter(
      given,
      'strategic',
      template({ containers: [{ image: 'registry.example/demo:2' }] }),
    )
  },
  'strategic merge: variables, ports, mounts and volumes each by their key': async (given) => {
    const container = {
      name: 'main',
      image: 'registry.example/demo:1',
      args: ['a', 'b'],
      env: [
        { name: 'A', value: '1' },
        { name: 'B', value: '2' },
      ],
      ports: [{ containerPort: 80, name: 'http' }, { containerPort: 81 }],
      volumeMounts: [{ name: 'v', mountPath: '/v' }],
    }
    const spec = {
      containers: [container],
      volumes: [{ name: 'v', emptyDir: {} }],
      tolerations: [{ key: 'a', operator: 'Exists' }],
    }
    await made(given, { template: { metadata: { labels: { app: 'one' } }, spec } })
    const patch = {
      containers: [
        {
          name: 'main',
          args: ['c'],
          env: [
            { name: 'B', value: '3' },
            { name: 'C', value: '4' },
            { name: 'A', $patch: 'delete' },
          ],
          ports: [
            { containerPort: 80, name: 'web' },
            { containerPort: 82, protocol: 'UDP' },
          ],
          volumeMounts: [{ name: 'v', mountPath: '/w' }],
        },
      ],
      volumes: [{ name: 'v', emptyDir: null, configMap: { name: 'c' } }],
      tolerations: [{ key: 'b', operator: 'Exists' }],
    }
    return shown(await given.admin.patch(one(given), 'strategic', template(patch)))
  },
  'strategic merge: $patch replaces and deletes': async (given) => {
    await made(given)
    const third = { name: 'third', image: 'registry.example/third:1' }
    return [
      await containersAfter(
        given,
        'strategic',
        template({ containers: [{ name: 'sidecar', $patch: 'delete' }, third] }),
      ),
      await containersAfter(
        given,
        'strategic',
        template({ containers: [{ ...third, name: 'only' }, { $patch: 'replace' }] }),
      ),
      await containersAfter(
        given,
        'strategic',
        template({ containers: [{ name: 'only', $patch: 'unknown' }] }),
      ),
    ]
  },
  'strategic merge: $setElementOrder puts the items in order': async (given) => {
    await made(given)
    const first = { name: 'first', image: 'registry.example/first:1' }
    const order = ['sidecar', 'first', 'main'].map((name) => ({ name }))
    return [
      await containersAfter(
        given,
        'strategic',
        template({ '$setElementOrder/containers': order, containers: [first] }),
      ),
      await containersAfter(
        given,
        'strategic',
        template({
          '$setElementOrder/containers': [{ name: 'main' }],
          containers: [{ ...first, image: 'registry.example/first:2' }],
        }),
      ),
    ]
  },
  'strategic merge: $retainKeys keeps what it names': async (given) => {
    await made(given)
    const answer = await given.admin.patch(one(given), 'strategic', {
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
    })
    const without = await given.admin.patch(one(given), 'strategic', {
      spec: { strategy: { type: 'RollingUpdate' } },
    })
    return [objectAt(answer.body, 'spec', 'strategy'), objectAt(without.body, 'spec', 'strategy')]
  },
  'strategic merge: null deletes a field, and $deleteFromPrimitiveList plain values': async (given) => {
    await made(given, { minReadySeconds: 5 })
    const deleted = await given.admin.patch(one(given), 'strategic', {
      metadata: { finalizers: ['example.com/a', 'example.com/b'] },
      spec: { minReadySeconds: null },
    })
    const list = await given.admin.patch(one(given), 'strategic', {
      metadata: { '$deleteFromPrimitiveList/finalizers': ['example.com/a'], finalizers: ['example.com/c'] },
    })
    await given.admin.patch(one(given), 'merge', { metadata: { finalizers: null } })
    return [
      objectAt(deleted.body, 'spec')['minReadySeconds'] ?? null,
      objectAt(list.body, 'metadata')['finalizers'] ?? null,
    ]
  },
  'strategic merge: another uid is 422': async (given) => {
    await made(given)
    const metadata = { uid: '00000000-0000-4000-8000-000000000000' }
    return [
      shown(await given.admin.patch(one(given), 'strategic', { metadata })),
      shown(await given.admin.patch(one(given), 'merge', { metadata })),
    ]
  },
  'a patch cannot rename or move an object': async (given) => {
    await made(given)
    return [
      shown(await given.admin.patch(one(given), 'merge', { metadata: { name: 'two' } })),
      shown(await given.admin.patch(one(given), 'merge', { metadata: { namespace: 'other' } })),
      shown(await given.admin.patch(one(given), 'merge', { kind: 'ReplicaSet' })),
      shown(await given.admin.patch(one(given), 'merge', { apiVersion: 'apps/v1beta2' })),
      shown(await given.admin.patch(one(given), 'merge', { metadata: { resourceVersion: 'abc' } })),
    ]
  },
  'a patch to fields of the wrong type is refused': async (given) => {
    await made(given)
    return [
      shown(await given.admin.patch(one(given), 'merge', { spec: { replicas: 'three' } })),
      shown(await given.admin.patch(one(given), 'strategic', { spec: { replicas: 'three' } })),
      shown(
        await given.admin.patch(one(given), 'json', [
          { op: 'replace', path: '/spec/replicas', value: 'three' },
        ]),
      ),
      shown(await given.admin.patch(one(given), 'strategic', template({ containers: 'none' }))),
    ]
  },
  'a PUT without a version overwrites a Deployment': async (given) => {
    await made(given)
    const answer = await given.admin.put(one(given), deployment('one', { minReadySeconds: 3 }))
    return [answer.status, objectAt(answer.body, 'spec')['minReadySeconds'] ?? null]
  },
}
