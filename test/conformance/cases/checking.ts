import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { objectAt, textAt, type Json, type JsonObject } from '../../../electron/training/objects/json.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment, lease, pod } from './objects.ts'

/** A manifest as the team wrote it, filled in. */
function manifest(name: string, namespace: string): JsonObject {
  const text = readFileSync(new URL(`../manifests/${name}`, import.meta.url), 'utf8')
  return parse(text.replaceAll('{app_name}', namespace)) as JsonObject
}

const modes = ['Strict', 'Warn', 'Ignore', '', 'Nonsense']

async function inEachMode(given: Given, body: (name: string) => JsonObject): Promise<Json> {
  const seen: Record<string, Json> = {}
  for (const [index, mode] of modes.entries()) {
    const query = mode === '' ? '' : `?fieldValidation=${mode}`
    const answer = await given.admin.post(`${given.apps}/deployments${query}`, body(`d${index}`))
    const warning = answer.headers.get('warning')
    seen[mode] =
      answer.status < 300
        ? { code: answer.status, warning, strategy: objectAt(answer.body, 'spec', 'strategy') }
        : shown(answer)
  }
  return seen
}

export const checking: Cases = {
  'the strategy of the manifest of 2019 stands in the wrong place': async (given) => {
    const canary = manifest('canary.template.yaml', given.namespace)
    const fragment = manifest('batch-2.fragment.yaml', given.namespace)
    return inEachMode(given, (name) => ({
      ...canary,
      apiVersion: 'apps/v1',
      strategy: fragment['strategy'] ?? null,
      spec: { ...objectAt(canary, 'spec'), paused: true, replicas: 0 },
      metadata: { ...objectAt(canary, 'metadata'), name },
    }))
  },
  'the manifest of 2019 as it is: its group version is gone': async (given) => {
    const canary = manifest('canary.template.yaml', given.namespace)
    return [
      outcome(await given.admin.post(`/apis/apps/v1beta2/namespaces/${given.namespace}/deployments`, canary)),
      shown(await given.admin.post(`${given.apps}/deployments`, canary)),
    ]
  },
  'the Service of 2019 has an address that the cluster does not give out': async (given) =>
    outcome(
      await given.admin.post(`${given.core}/services`, {
        ...manifest('service.template.yaml', given.namespace),
        metadata: { name: 'one' },
      }),
    ),
  'unknown fields at any depth': async (given) =>
    inEachMode(given, (name) => {
      const base = deployment(name)
      const container = {
        name: 'main',
        image: 'registry.example/demo:1',
        imagePolicy: 'Always',
        env: [{ name: 'A', val: 'x' }],
      }
      return {
        ...base,
        spec: {
          ...objectAt(base, 'spec'),
          replica: 3,
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [container], restart: 'Always' },
          },
        },
      }
    }),
  'unknown fields in patches': async (given) => {
    await given.admin.post(`${given.apps}/deployments`, deployment('one'))
    const seen: Record<string, Json> = {}
    for (const mode of ['Strict', 'Warn', 'Ignore', '']) {
      const query = `${given.apps}/deployments/one?fieldValidation=${mode}`
      seen[mode] = [
        outcome(await given.admin.patch(query, 'merge', { spec: { replica: 1 } })),
        outcome(
          await given.admin.patch(query, 'strategic', {
            strategy: {},
            spec: { template: { spec: { none: 1 } } },
          }),
        ),
        outcome(await given.admin.patch(query, 'json', [{ op: 'add', path: '/spec/replica', value: 1 }])),
        outcome(await given.admin.put(query, deployment('one', { replica: 1 }))),
      ]
      const warned = await given.admin.patch(query, 'merge', { spec: { replica: 1 } })
      seen[`${mode} warning`] = warned.headers.get('warning')
    }
    return seen
  },
  'the same field twice': async ({ admin, core }) => {
    const body = '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"a":"1","a":"2"}}'
    return [
      shown(await admin.post(`${core}/configmaps?fieldValidation=Strict`, body)),
      shown(await admin.post(`${core}/configmaps`, body)),
    ]
  },
  'other kinds are checked as well': async ({ admin, core }) => [
    shown(await admin.post(`${core}/configmaps?fieldValidation=Strict`, { ...configMap('one'), datum: {} })),
    shown(await admin.post(`${core}/pods?fieldValidation=Strict`, pod('one', { spec: { node: 'x' } }))),
    shown(
      await admin.post(`${core}/services?fieldValidation=Strict`, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'one', label: {} },
        spec: { port: 1 },
      }),
    ),
  ],
  'a dry run answers as the write would, and changes nothing': async ({ admin, apps }) => {
    const path = `${apps}/deployments`
    const created = await admin.post(`${path}?dryRun=All`, deployment('one'))
    const absent = await admin.get(`${path}/one`)
    await admin.post(path, deployment('one'))
    const again = await admin.post(`${path}?dryRun=All`, deployment('one'))
    const version = objectAt((await admin.get(`${path}/one`)).body, 'spec')
    const patched = await admin.patch(`${path}/one?dryRun=All`, 'merge', { spec: { minReadySeconds: 5 } })
    const put = await admin.put(`${path}/one?dryRun=All`, deployment('one', { minReadySeconds: 6 }))
    const scaled = await admin.patch(`${path}/one/scale?dryRun=All`, 'merge', { spec: { replicas: 7 } })
    const deleted = await admin.remove(`${path}/one?dryRun=All`)
    const inBody = await admin.remove(`${path}/one`, {
      kind: 'DeleteOptions',
      apiVersion: 'v1',
      dryRun: ['All'],
    })
    const all = await admin.remove(`${path}?dryRun=All`)
    const after = await admin.get(`${path}/one`)
    return [
      shown(created),
      absent.status,
      shown(again),
      [
        patched.status,
        objectAt(patched.body, 'spec')['minReadySeconds'] ?? null,
        objectAt(patched.body, 'metadata')['generation'] ?? null,
      ],
      [put.status, objectAt(put.body, 'spec')['minReadySeconds'] ?? null],
      [scaled.status, objectAt(scaled.body, 'spec')['replicas'] ?? null],
      [deleted.status, deleted.body['kind'] ?? null, inBody.status, all.status],
      JSON.stringify(objectAt(after.body, 'spec')) === JSON.stringify(version),
    ]
  },
  'a dry run of a patch has the version that is there': async ({ admin, core }) => {
    const made = await admin.post(`${core}/configmaps`, configMap('one'))
    const dry = await admin.patch(`${core}/configmaps/one?dryRun=All`, 'merge', { data: { key: 'new' } })
    const version = (body: JsonObject) => textAt(body, 'metadata', 'resourceVersion') ?? null
    const created = await admin.post(`${core}/configmaps?dryRun=All`, configMap('two'))
    return [version(made.body) === version(dry.body), version(created.body)]
  },
  'a dry run refuses what the write would': async ({ admin, apps, core }) => [
    shown(await admin.post(`${apps}/deployments?dryRun=All`, deployment('One'))),
    shown(await admin.post(`${core}/configmaps?dryRun=Some`, configMap('one'))),
    shown(await admin.remove(`${core}/configmaps/none?dryRun=All`)),
  ],
  'Leases: of two that make one, the second is told that it is there': async ({ admin, namespace }) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
    const answers = await Promise.all([admin.post(path, lease('one')), admin.post(path, lease('one'))])
    return answers.sort((a, b) => a.status - b.status).map(shown)
  },
  'Leases: of two that renew one, the second is told that it has changed': async ({ admin, namespace }) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
    const { body } = await admin.post(path, lease('one'))
    const renewed = (holderIdentity: string) => ({
      ...body,
      spec: { ...objectAt(body, 'spec'), holderIdentity },
    })
    const answers = await Promise.all(['a', 'b'].map((holder) => admin.put(`${path}/one`, renewed(holder))))
    return answers.sort((a, b) => a.status - b.status).map(outcome)
  },
  'Leases: a PUT needs a version': async ({ admin, namespace }) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
    await admin.post(path, lease('one'))
    return [
      shown(await admin.put(`${path}/one`, lease('one'))),
      outcome(await admin.patch(`${path}/one`, 'merge', { spec: { holderIdentity: 'b' } })),
      shown(await admin.put(`${path}/two`, lease('two'))),
    ]
  },
  'Leases: a PUT makes a deleted one anew, whatever version it says, unless it says the uid': async ({
    admin,
    namespace,
  }) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
    const { body } = await admin.post(path, lease('one'))
    await admin.remove(`${path}/one`)
    const { uid: _, ...metadata } = objectAt(body, 'metadata')
    return [
      shown(await admin.put(`${path}/one`, body)),
      outcome(await admin.put(`${path}/one`, { ...body, metadata })),
    ]
  },
  'Leases: times have exactly six digits after the point': async ({ admin, namespace }) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
    const seen: Json[] = []
    const times = [
      '2026-01-02T03:04:05.123456Z',
      '2026-01-02T03:04:05.123Z',
      '2026-01-02T03:04:05Z',
      '2026-01-02T03:04:05.1234567Z',
      '2026-01-02T03:04:05.123456+08:00',
      'yesterday',
      5,
      null,
    ]
    for (const [index, renewTime] of times.entries()) {
      const answer = await admin.post(path, lease(`l${index}`, { renewTime }))
      seen.push([
        renewTime,
        answer.status < 300
          ? [answer.status, objectAt(answer.body, 'spec')['renewTime'] === renewTime]
          : shown(answer),
      ])
    }
    return seen
  },
  'Leases: durations and transitions are checked': async ({ admin, namespace }) => {
    const path = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`
    return [
      shown(await admin.post(path, lease('a', { leaseDurationSeconds: 0 }))),
      shown(await admin.post(path, lease('b', { leaseDurationSeconds: -1, leaseTransitions: -1 }))),
      shown(await admin.post(path, lease('c', { holderIdentity: '' }))),
      outcome(
        await admin.post(path, {
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { name: 'd' },
        }),
      ),
    ]
  },
}
