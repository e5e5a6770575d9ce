import {
  listAt,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../../electron/training/objects/json.ts'
import type { KubeClient } from '../../support/kube-client.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases } from '../run-cases.ts'
import { deployment, pod } from './objects.ts'

type Asked = { readonly verb: string; readonly resource: string; readonly [key: string]: string }

async function may(client: KubeClient, resourceAttributes: Asked): Promise<Json> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }
  const answer = await client.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', body)
  const status = objectAt(answer.body, 'status')
  return [answer.status, status['allowed'] ?? null]
}

const questions: readonly Asked[] = [
  { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'demo' },
  { verb: 'list', group: 'apps', resource: 'deployments' },
  { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'demo' },
  { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'demo', name: 'demo-aone-1' },
  { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'demo', name: 'demo-aone-4' },
  { verb: 'patch', group: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'demo' },
  { verb: 'create', group: 'coordination.k8s.io', resource: 'leases', namespace: 'demo' },
  { verb: 'get', group: 'coordination.k8s.io', resource: 'leases', namespace: 'demo' },
  { verb: 'get', resource: 'pods', subresource: 'log', namespace: 'demo' },
  { verb: 'create', resource: 'pods', subresource: 'eviction', namespace: 'demo' },
  { verb: 'get', resource: 'pods', subresource: 'portforward', namespace: 'demo' },
  { verb: 'create', resource: 'pods', subresource: 'portforward', namespace: 'demo' },
  { verb: 'list', resource: 'namespaces' },
  { verb: 'list', resource: 'nodes' },
  { verb: 'watch', resource: 'pods', namespace: 'other' },
  { verb: '*', group: '*', resource: '*' },
]

async function answers(client: KubeClient): Promise<Json> {
  const seen: Record<string, Json> = {}
  for (const question of questions) seen[Object.values(question).join(' ')] = await may(client, question)
  return seen
}

function scaleOf(body: JsonObject): Json {
  return {
    metadata: Object.keys(objectAt(body, 'metadata')).sort(),
    spec: body['spec'] ?? null,
    status: body['status'] ?? null,
  }
}

export const subresources: Cases = {
  'what each user may do is told by access reviews': async ({ admin, viewer, partial }) => ({
    admin: await answers(admin),
    viewer: await answers(viewer),
    partial: await answers(partial),
  }),
  'an access review as a whole': async ({ admin, viewer }) => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
    const review = (spec: JsonObject) => ({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec,
    })
    const attributes = { verb: 'list', resource: 'pods', namespace: 'demo' }
    const { reason: _, ...status } = objectAt(
      (await viewer.post(path, review({ resourceAttributes: attributes }))).body,
      'status',
    )
    return [
      status,
      shown(await viewer.post(path, review({ resourceAttributes: { ...attributes, verb: 'create' } }))),
      shown(await admin.post(path, review({}))),
    ]
  },
  'the rules of a user, as far as they are about the demo': async ({ admin, viewer }) => {
    const path = '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews'
    const review = (namespace: string) => ({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectRulesReview',
      spec: { namespace },
    })
    const reviewed = await viewer.post(path, review('demo'))
    const rules = listAt(reviewed.body, 'status', 'resourceRules')
    const grants = (body: Json, [verb, group, resource]: readonly [string, string, string]) =>
      listAt(body, 'status', 'resourceRules').some((rule) => {
        const has = (key: string, value: string) =>
          listAt(rule, key).some((one) => one === value || one === '*')
        return has('verbs', verb) && has('apiGroups', group) && has('resources', resource)
      })
    const all = await admin.post(path, review('demo'))
    return [
      reviewed.status,
      textAt(reviewed.body, 'kind') ?? null,
      objectAt(reviewed.body, 'status')['incomplete'] ?? null,
      rules.length > 0,
      grants(reviewed.body, ['list', 'apps', 'deployments']),
      grants(reviewed.body, ['patch', 'apps', 'deployments']),
      grants(reviewed.body, ['create', 'authorization.k8s.io', 'selfsubjectaccessreviews']),
      grants(all.body, ['patch', 'apps', 'deployments']),
      shown(await viewer.post(path, review(''))),
    ]
  },
  'a port is forwarded of a pod that is there and has a node, for whoever may create that': async ({
    admin,
    viewer,
    core,
  }) => {
    await admin.post(`${core}/pods`, pod('one', { spec: { schedulerName: 'none' } }))
    return [
      shown(await admin.get(`${core}/pods/none/portforward?ports=80`)),
      shown(await admin.get(`${core}/pods/one/portforward?ports=80`)),
      shown(await admin.post(`${core}/pods/one/portforward?ports=80`, {})),
      shown(await admin.ask('DELETE', `${core}/pods/one/portforward`)),
      shown(await viewer.get('/api/v1/namespaces/demo/pods/none/portforward?ports=80')),
    ]
  },
  'who am I': async ({ admin, viewer }) => {
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' }
    const seen: Json[] = []
    for (const client of [admin, viewer]) {
      const answer = await client.post(path, body)
      const { username = null, groups = null } = objectAt(answer.body, 'status', 'userInfo')
      seen.push([answer.status, textAt(answer.body, 'kind') ?? null, username, groups])
    }
    return seen
  },
  'who scales is recorded as the one who wrote the replicas, through the scale and without a time': async ({
    admin,
    apps,
  }) => {
    const path = `${apps}/deployments/one`
    await admin.post(`${apps}/deployments?fieldManager=creator`, deployment('one'))
    const owners = async (): Promise<Json> => {
      const { body } = await admin.get(path)
      return listAt(body, 'metadata', 'managedFields').flatMap((entry): Json[] => {
        if (textAt(entry, 'subresource') === 'status') return []
        const { fieldsV1 = null, ...rest } = entry as JsonObject
        return [{ ...rest, replicas: 'f:replicas' in objectAt(fieldsV1, 'f:spec') }]
      })
    }
    const seen: Json[] = []
    await admin.patch(`${path}/scale?fieldManager=first`, 'merge', { spec: { replicas: 1 } })
    seen.push(await owners())
    // Without a version: the controller's writes of the status would make it stale now and then.
    const scale = {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'one', namespace: textAt((await admin.get(path)).body, 'metadata', 'namespace') },
      spec: { replicas: 2 },
    }
    await admin.put(`${path}/scale?fieldManager=second`, scale)
    seen.push(await owners())
    await admin.patch(`${path}/scale?fieldManager=third`, 'merge', { spec: { replicas: 2 } })
    seen.push(await owners())
    await admin.patch(`${path}?fieldManager=fourth`, 'merge', { spec: { replicas: 3 } })
    seen.push(await owners())
    return seen
  },
  'a scale shows and sets the replicas': async ({ admin, apps }) => {
    const path = `${apps}/deployments/one/scale`
    await admin.post(
      `${apps}/deployments`,
      deployment('one', {
        selector: {
          matchLabels: { app: 'one' },
          matchExpressions: [{ key: 'app', operator: 'In', values: ['one', 'two'] }],
        },
      }),
    )
    const read = await admin.get(path)
    const merged = await admin.patch(path, 'merge', { spec: { replicas: 0 } })
    const json = await admin.patch(path, 'json', [{ op: 'test', path: '/spec/replicas', value: 1 }])
    const put = await admin.put(path, {
      ...read.body,
      metadata: { name: 'one', namespace: objectAt(read.body, 'metadata')['namespace'] ?? '' },
      spec: { replicas: 0 },
    })
    return [
      shown(read),
      scaleOf(merged.body),
      shown(json),
      [put.status, scaleOf(put.body)],
      shown(await admin.patch(path, 'merge', { spec: { replicas: -1 } })),
      shown(
        await admin.put(path, {
          apiVersion: 'autoscaling/v1',
          kind: 'Scale',
          metadata: { name: 'two' },
          spec: { replicas: 1 },
        }),
      ),
      shown(await admin.patch(path, 'merge', { spec: { replicas: 'x' } })),
    ]
  },
  'a binding puts a pod on a node, once': async ({ admin, core }) => {
    await admin.post(`${core}/pods`, pod('one'))
    const binding = (node: string) => ({
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name: 'one' },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    })
    const bound = await admin.post(`${core}/pods/one/binding`, binding('somewhere'))
    const after = await admin.get(`${core}/pods/one`)
    const scheduled = listAt(after.body, 'status', 'conditions')
      .map((one) => [textAt(one, 'type') ?? '', textAt(one, 'status') ?? ''])
      .filter(([type]) => type === 'PodScheduled')
    return [
      shown(bound),
      textAt(after.body, 'spec', 'nodeName') ?? null,
      scheduled,
      shown(await admin.post(`${core}/pods/one/binding`, binding('elsewhere'))),
      shown(await admin.post(`${core}/pods/none/binding`, binding('somewhere'))),
      shown(await admin.post(`${core}/pods/one/binding`, { ...binding(''), target: { kind: 'Node' } })),
    ]
  },
  'an eviction of a pod that nothing protects ends it': async ({ admin, core }) => {
    await admin.post(`${core}/pods`, pod('one'))
    const eviction = (name: string) => ({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name } })
    return [
      shown(await admin.post(`${core}/pods/one/eviction`, eviction('one'))),
      (await admin.get(`${core}/pods/one`)).status,
      shown(await admin.post(`${core}/pods/none/eviction`, eviction('none'))),
      shown(await admin.post(`${core}/pods/none/eviction`, eviction('other'))),
    ]
  },
  'the log of a pod that no node runs, and of a container that is not there': async ({ admin, core }) => {
    await admin.post(`${core}/pods`, pod('one'))
    await admin.post(
      `${core}/pods`,
      pod('two', {
        spec: {
          containers: [
            { name: 'a', image: 'x:1' },
            { name: 'b', image: 'x:1' },
          ],
        },
      }),
    )
    const log = (path: string) => admin.get(`${core}/pods/${path}`)
    return [
      outcome(await log('none/log')),
      shown(await log('two/log')),
      shown(await log('one/log?container=other')),
      shown(await log('one/log?tailLines=-1')),
      shown(await log('one/log?tailLines=x')),
      shown(await log('one/log?sinceSeconds=0')),
    ]
  },
}
