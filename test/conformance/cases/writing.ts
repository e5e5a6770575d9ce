import {
  numberAt,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../../electron/training/objects/json.ts'
import type { KubeAnswer } from '../../support/kube-client.ts'
import { eventually } from '../../support/eventually.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment, pod } from './objects.ts'

const one = (given: Given) => `${given.apps}/deployments/one`

/** A Deployment whose controller has seen it and will not write again. */
async function settled(given: Given, spec: JsonObject = {}): Promise<JsonObject> {
  await given.admin.post(`${given.apps}/deployments`, deployment('one', spec))
  return settle(given)
}

async function settle(given: Given): Promise<JsonObject> {
  return eventually(
    async () => {
      const { body } = await given.admin.get(one(given))
      const seen = numberAt(body, 'status', 'observedGeneration')
      return seen === numberAt(body, 'metadata', 'generation') ? body : undefined
    },
    { what: 'the controller has seen the Deployment' },
  )
}

function identity(body: Json): Json {
  const { uid, creationTimestamp, generation } = objectAt(body, 'metadata')
  return [uid ?? null, creationTimestamp ?? null, generation ?? null]
}

/** Whether a write raised the generation and the version. */
async function effect(given: Given, write: () => Promise<KubeAnswer>): Promise<Json> {
  const before = await settle(given)
  const answer = await write()
  const grown =
    (numberAt(answer.body, 'metadata', 'generation') ?? 0) - (numberAt(before, 'metadata', 'generation') ?? 0)
  const isNew =
    textAt(answer.body, 'metadata', 'resourceVersion') !== textAt(before, 'metadata', 'resourceVersion')
  return { code: answer.status, generation: `+${grown}`, version: isNew ? 'new' : 'same' }
}

export const writing: Cases = {
  'a new Deployment gets its identity, its defaults and a record of its writer': async ({ admin, apps }) => {
    const spec = {
      template: {
        metadata: { labels: { app: 'one' } },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'registry.example/demo',
              ports: [{ containerPort: 80 }, { name: 'm', containerPort: 81, protocol: 'UDP' }],
              env: [
                { name: 'A', value: 'a' },
                { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              ],
              resources: { limits: { cpu: '0.5', memory: '1024Mi' }, requests: { cpu: '100m' } },
              readinessProbe: { httpGet: { path: '/', port: 80 } },
              livenessProbe: { tcpSocket: { port: 'm' }, periodSeconds: 5 },
              startupProbe: { exec: { command: ['true'] } },
              lifecycle: { preStop: { httpGet: { port: 80 } } },
              volumeMounts: [{ name: 'v', mountPath: '/v' }],
            },
          ],
          initContainers: [{ name: 'first', image: 'registry.example/init:latest' }],
          volumes: [
            { name: 'v', emptyDir: {} },
            { name: 'c', configMap: { name: 'c' } },
            { name: 's', secret: { secretName: 's' } },
            { name: 'h', hostPath: { path: '/h' } },
          ],
        },
      },
      paused: true,
      replicas: 0,
    }
    return shown(
      await admin.ask('POST', `${apps}/deployments?fieldManager=somebody`, { body: deployment('one', spec) }),
    )
  },
  'the smallest Deployment': async ({ admin, apps }) => {
    const { replicas: _, paused: __, ...spec } = deployment('one')['spec'] as JsonObject
    return shown(await admin.post(`${apps}/deployments`, { ...deployment('one'), spec }))
  },
  'strategies: Recreate, and half given rolling updates': async ({ admin, apps }) => {
    const seen: Json[] = []
    const strategies = [
      { type: 'Recreate' },
      { type: 'RollingUpdate' },
      { rollingUpdate: { maxSurge: 1 } },
      { rollingUpdate: { maxUnavailable: '50%' } },
      {},
    ]
    for (const [index, strategy] of strategies.entries()) {
      const answer = await admin.post(`${apps}/deployments`, deployment(`d${index}`, { strategy }))
      seen.push(objectAt(answer.body, 'spec', 'strategy'))
    }
    return seen
  },
  'pull policies follow the tag': async ({ admin, apps }) => {
    const digest = `sha256:${'a'.repeat(64)}`
    const images = [
      'a',
      'a:latest',
      'a:1',
      `a@${digest}`,
      `a:latest@${digest}`,
      'r.example:5000/a',
      'r.example:5000/a:2',
    ]
    const containers = images.map((image, index) => ({ name: `c${index}`, image }))
    const template = { metadata: { labels: { app: 'one' } }, spec: { containers } }
    const answer = await admin.post(`${apps}/deployments`, deployment('one', { template }))
    const spec = objectAt(answer.body, 'spec', 'template', 'spec')
    return (spec['containers'] as readonly Json[]).map((one) => [
      textAt(one, 'image') ?? '',
      textAt(one, 'imagePullPolicy') ?? '',
    ])
  },
  'a new ReplicaSet, Service, pod and namespace get their defaults': async ({
    admin,
    core,
    apps,
    namespace,
  }) => {
    const template = {
      metadata: { labels: { app: 'r' } },
      spec: { containers: [{ name: 'main', image: 'r.example/demo:1' }] },
    }
    const set = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'r' },
      spec: { replicas: 0, selector: { matchLabels: { app: 'r' } }, template },
    }
    const service = (name: string, spec: JsonObject) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec,
    })
    const headless = await admin.post(
      `${core}/services`,
      service('h', { clusterIP: 'None', selector: { a: 'b' }, ports: [{ port: 80 }] }),
    )
    const cluster = await admin.post(
      `${core}/services`,
      service('s', {
        selector: { a: 'b' },
        ports: [
          { name: 'a', port: 80, targetPort: 'http' },
          { name: 'b', port: 81 },
        ],
      }),
    )
    const made = objectAt(cluster.body, 'spec', 'clusterIP')
    return [
      shown(await admin.post(`${apps}/replicasets`, set)),
      shown(headless),
      JSON.parse(
        JSON.stringify(shown(cluster)).replaceAll(
          textAt(cluster.body, 'spec', 'clusterIP') ?? JSON.stringify(made),
          '<ip>',
        ),
      ) as Json,
      shown(await admin.post(`${core}/pods`, pod('p'))),
      shown(
        await admin.post('/api/v1/namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: `${namespace.slice(0, 30)}-x` },
        }),
      ),
    ]
  },
  'a name can be made up by the server': async ({ admin, core }) => {
    const generated = { ...configMap(''), metadata: { generateName: 'gen-' } }
    const answers = [
      await admin.post(`${core}/configmaps`, generated),
      await admin.post(`${core}/configmaps`, generated),
    ]
    const names = answers.map((answer) => textAt(answer.body, 'metadata', 'name') ?? '')
    return [
      names[0] !== names[1],
      names.every((name) => /^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name)),
      textAt(answers[0]?.body, 'metadata', 'generateName') ?? null,
    ]
  },
  'what a client says of server-side fields is not believed': async ({ admin, apps }) => {
    const metadata = {
      name: 'one',
      uid: '00000000-0000-4000-8000-000000000000',
      creationTimestamp: '2001-01-01T00:00:00Z',
      generation: 77,
      selfLink: '/x',
      deletionTimestamp: '2001-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 5,
    }
    const made = await admin.post(`${apps}/deployments`, {
      ...deployment('one'),
      metadata,
      status: { replicas: 9, observedGeneration: 9 },
    })
    const meta = objectAt(made.body, 'metadata')
    return [
      made.status,
      meta['uid'] !== metadata.uid,
      meta['creationTimestamp'] !== metadata.creationTimestamp,
      meta['generation'] ?? null,
      meta['selfLink'] ?? null,
      meta['deletionTimestamp'] ?? null,
      made.body['status'] ?? null,
    ]
  },
  'a version in a new object is refused': async ({ admin, core }) =>
    shown(
      await admin.post(`${core}/configmaps`, {
        ...configMap('one'),
        metadata: { name: 'one', resourceVersion: '5' },
      }),
    ),
  'an update cannot change identity, generation or status': async (given) => {
    const before = await settled(given)
    const { resourceVersion: _, ...meta } = objectAt(before, 'metadata')
    const metadata = { ...meta, creationTimestamp: '2001-01-01T00:00:00Z', generation: 77 }
    const after = await given.admin.put(one(given), { ...before, metadata, status: { replicas: 9 } })
    return [
      after.status,
      JSON.stringify(identity(before)) === JSON.stringify(identity(after.body)),
      objectAt(after.body, 'status')['replicas'] ?? null,
    ]
  },
  'what raises the generation and what does not': async (given) => {
    await settled(given)
    const path = one(given)
    const { admin } = given
    const merge = (body: unknown) => () => admin.patch(path, 'merge', body)
    return {
      spec: await effect(given, merge({ spec: { minReadySeconds: 5 } })),
      template: await effect(given, merge({ spec: { template: { metadata: { annotations: { a: 'b' } } } } })),
      annotation: await effect(given, merge({ metadata: { annotations: { a: 'b' } } })),
      label: await effect(given, merge({ metadata: { labels: { a: 'b' } } })),
      finalizer: await effect(given, merge({ metadata: { finalizers: ['example.com/a'] } })),
      'no finalizer': await effect(given, merge({ metadata: { finalizers: null } })),
      nothing: await effect(given, merge({})),
      'the same value': await effect(given, merge({ spec: { minReadySeconds: 5 } })),
      'a default written out': await effect(given, merge({ spec: { revisionHistoryLimit: 10 } })),
      'a default taken out': await effect(given, merge({ spec: { revisionHistoryLimit: null } })),
      'status in the object': await effect(given, merge({ status: { replicas: 5 } })),
      scale: await effect(given, async () => {
        await admin.patch(`${path}/scale`, 'merge', { spec: { replicas: 0 } })
        return admin.get(path)
      }),
      'an empty map of annotations': await effect(given, merge({ metadata: { annotations: { a: null } } })),
    }
  },
  'a status write touches neither spec nor generation': async ({ admin, core, apps }) => {
    // Of a scheduler that is not there: nobody else writes its status.
    await admin.post(`${core}/pods`, pod('one', { spec: { schedulerName: 'nobody' } }))
    const status = { phase: 'Failed', reason: 'Because' }
    const written = await admin.patch(`${core}/pods/one/status`, 'merge', {
      status,
      spec: { nodeName: 'x' },
      metadata: { labels: { a: 'b' } },
    })
    return [
      shown(written),
      outcome(await admin.get(`${core}/pods/one/status`)),
      outcome(await admin.get(`${apps}/deployments/none/status`)),
    ]
  },
  'an update of a ConfigMap without a version is taken; with one it is compared': async ({ admin, core }) => {
    const made = await admin.post(`${core}/configmaps`, configMap('one'))
    const again = await admin.put(`${core}/configmaps/one`, configMap('one', { data: { key: 'second' } }))
    return [
      again.status,
      objectAt(again.body, 'data'),
      outcome(await admin.put(`${core}/configmaps/one`, made.body)),
      outcome(
        await admin.put(`${core}/configmaps/one`, {
          ...configMap('one'),
          metadata: { name: 'one', uid: '00000000-0000-4000-8000-000000000000' },
        }),
      ),
    ]
  },
  'an update with the same content makes no new version': async ({ admin, core }) => {
    const made = await admin.post(`${core}/configmaps`, configMap('one'))
    const again = await admin.put(`${core}/configmaps/one`, made.body)
    return (
      textAt(made.body, 'metadata', 'resourceVersion') === textAt(again.body, 'metadata', 'resourceVersion')
    )
  },
  'the manager is what the client names, or how its User-Agent begins': async ({ admin, core }) => {
    const seen: Json[] = []
    const ask = async (query: string, agent: string) => {
      const path = `${core}/configmaps/one${query}`
      const answer = await admin.ask('PATCH', path, {
        body: { data: { [`k${seen.length}`]: 'v' } },
        contentType: 'application/merge-patch+json',
        headers: { 'user-agent': agent },
      })
      seen.push(
        answer.status < 300 ? (objectAt(answer.body, 'metadata')['managedFields'] ?? null) : shown(answer),
      )
    }
    await admin.ask('POST', `${core}/configmaps`, {
      body: configMap('one'),
      headers: { 'user-agent': 'maker/1.2 (x)' },
    })
    await ask('?fieldManager=named', 'agent/1')
    await ask('', 'agent/1 more')
    await ask('', 'agent')
    await ask('?fieldManager=maker', 'agent')
    await ask(`?fieldManager=${'x'.repeat(129)}`, 'agent')
    await ask('?fieldManager=%01', 'agent')
    return seen
  },
  'the record of writers follows a Deployment through changes': async (given) => {
    const { admin, apps } = given
    await admin.ask('POST', `${apps}/deployments?fieldManager=maker`, { body: deployment('one') })
    const change = async (manager: string, body: unknown, suffix = '') => {
      const answer = await admin.ask('PATCH', `${one(given)}${suffix}?fieldManager=${manager}`, {
        body: JSON.stringify(body),
        contentType: 'application/strategic-merge-patch+json',
      })
      return answer.status
    }
    const image = (name: string, tag: string) => ({
      spec: { template: { spec: { containers: [{ name, image: `registry.example/demo:${tag}` }] } } },
    })
    const steps = [
      await change('releaser', image('main', '2')),
      await change('labeller', { metadata: { labels: { a: 'b' }, annotations: { c: 'd' } } }),
      await change('adder', image('third', '1')),
      await change('remover', {
        spec: { template: { spec: { containers: [{ $patch: 'delete', name: 'sidecar' }] } } },
      }),
    ]
    const scaled = await admin.ask('PATCH', `${one(given)}/scale?fieldManager=scaler`, {
      body: '{"spec":{"replicas":0}}',
      contentType: 'application/merge-patch+json',
    })
    const scaledUp = await admin.ask('PATCH', `${one(given)}/scale?fieldManager=scaler`, {
      body: '{"spec":{"replicas":1}}',
      contentType: 'application/merge-patch+json',
    })
    await admin.ask('PATCH', `${one(given)}/scale?fieldManager=scaler`, {
      body: '{"spec":{"replicas":2}}',
      contentType: 'application/merge-patch+json',
    })
    const after = await admin.get(one(given))
    return [steps, scaled.status, scaledUp.status, objectAt(after.body, 'metadata')['managedFields'] ?? null]
  },
  'managed fields can be cleared': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, configMap('one'))
    const cleared = await admin.patch(`${core}/configmaps/one`, 'merge', {
      metadata: { managedFields: [{}] },
    })
    return shown(cleared)
  },
}
