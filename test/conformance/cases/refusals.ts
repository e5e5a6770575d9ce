import { outcome, shown } from '../normalise.ts'
import type { Cases } from '../run-cases.ts'
import { configMap, deployment } from './objects.ts'

export const refusals: Cases = {
  '404: an object that is not there, of the core group and of another': async ({ admin, core, apps }) => [
    shown(await admin.get(`${core}/configmaps/none`)),
    shown(await admin.get(`${apps}/deployments/none`)),
    shown(await admin.patch(`${apps}/deployments/none`, 'merge', {})),
    shown(await admin.put(`${apps}/deployments/none`, deployment('none'))),
    shown(await admin.remove(`${apps}/deployments/none`)),
    shown(await admin.get(`${apps}/deployments/none/scale`)),
    shown(await admin.get('/api/v1/namespaces/none')),
  ],
  '404: making something in a namespace that is not there': async ({ admin }) =>
    shown(await admin.post('/api/v1/namespaces/none-such/configmaps', configMap('one'))),
  '404: kinds and subresources that are not served': async ({ admin, core, apps }) => [
    outcome(await admin.get(`${core}/nothings`)),
    outcome(await admin.get(`${apps}/deployments/one/nothing`)),
    outcome(await admin.post(`${core}/configmaps/one/eviction`, {})),
  ],
  '405: methods that a path does not know': async ({ admin, core, apps }) => [
    shown(await admin.ask('PUT', `${core}/configmaps`, { body: configMap('one') })),
    shown(await admin.ask('POST', `${core}/configmaps/one`, { body: configMap('one') })),
    shown(
      await admin.ask('PATCH', `${core}/configmaps`, {
        body: {},
        contentType: 'application/merge-patch+json',
      }),
    ),
    shown(await admin.ask('DELETE', `${apps}/deployments/one/scale`)),
    shown(await admin.ask('POST', `${apps}/deployments/one/status`, { body: {} })),
    shown(await admin.ask('GET', `${core}/pods/one/eviction`)),
  ],
  '409: the name is taken': async ({ admin, core, apps }) => {
    await admin.post(`${core}/configmaps`, configMap('one'))
    await admin.post(`${apps}/deployments`, deployment('one'))
    return [
      shown(await admin.post(`${core}/configmaps`, configMap('one'))),
      shown(await admin.post(`${apps}/deployments`, deployment('one'))),
    ]
  },
  '409: a version that is no longer the newest': async ({ admin, core, apps }) => {
    const made = await admin.post(`${core}/configmaps`, configMap('one'))
    await admin.post(`${apps}/deployments`, deployment('one'))
    await admin.patch(`${core}/configmaps/one`, 'merge', { data: { key: 'new' } })
    const old = { metadata: { resourceVersion: '1' } }
    return [
      shown(await admin.put(`${core}/configmaps/one`, made.body)),
      shown(await admin.patch(`${core}/configmaps/one`, 'merge', old)),
      shown(await admin.patch(`${apps}/deployments/one`, 'strategic', old)),
      shown(await admin.patch(`${apps}/deployments/one/scale`, 'merge', { ...old, spec: { replicas: 0 } })),
    ]
  },
  '400: a body that is not what the path is about': async ({ admin, core, apps }) => [
    shown(await admin.post(`${core}/configmaps`, deployment('one'))),
    shown(await admin.post(`${apps}/deployments`, { ...deployment('one'), apiVersion: 'apps/v1beta2' })),
    shown(await admin.post(`${core}/configmaps`, { metadata: { name: 'one' }, data: {} })),
    shown(
      await admin.post(`${core}/configmaps`, {
        ...configMap('two'),
        metadata: { name: 'two', namespace: 'other' },
      }),
    ),
    shown(await admin.put(`${core}/configmaps/one`, configMap('two'))),
    shown(await admin.put(`${core}/configmaps/one`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} })),
  ],
  '400: a body that cannot be read': async ({ admin, core }) => [
    shown(await admin.post(`${core}/configmaps`, 'no json')),
    shown(await admin.post(`${core}/configmaps`, '{"kind":"ConfigMap",')),
    shown(await admin.post(`${core}/configmaps`, '')),
    shown(await admin.post(`${core}/configmaps`, [])),
  ],
  '400: fields of the wrong type': async ({ admin, core, apps }) => [
    shown(await admin.post(`${apps}/deployments`, deployment('one', { replicas: '3' }))),
    shown(await admin.post(`${apps}/deployments`, deployment('one', { replicas: 1.5 }))),
    shown(await admin.post(`${apps}/deployments`, deployment('one', { paused: 'yes' }))),
    shown(await admin.post(`${apps}/deployments`, deployment('one', { template: [] }))),
    shown(await admin.post(`${core}/configmaps`, configMap('one', { data: { key: 1 } }))),
    shown(await admin.post(`${core}/configmaps`, configMap('one', { labels: { key: true } }))),
  ],
  '415: media types that nobody reads': async ({ admin, core, apps }) => {
    await admin.post(`${core}/configmaps`, configMap('one'))
    await admin.post(`${apps}/deployments`, deployment('one'))
    return [
      shown(await admin.ask('POST', `${core}/configmaps`, { body: 'x', contentType: 'text/plain' })),
      shown(await admin.ask('PUT', `${core}/configmaps/one`, { body: 'x', contentType: 'application/xml' })),
      shown(
        await admin.ask('PATCH', `${core}/configmaps/one`, { body: {}, contentType: 'application/json' }),
      ),
      shown(
        await admin.ask('PATCH', `${apps}/deployments/one/scale`, { body: {}, contentType: 'text/plain' }),
      ),
    ]
  },
  '406: answers that nobody writes': async ({ admin, core }) =>
    shown(await admin.ask('GET', `${core}/configmaps`, { headers: { accept: 'text/html' } })),
  'YAML is read too': async ({ admin, core }) => {
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: one\ndata:\n  key: "value"\n'
    return shown(await admin.ask('POST', `${core}/configmaps`, { body, contentType: 'application/yaml' }))
  },
  '401: a token that nobody has': async ({ admin, core }) =>
    shown(await admin.ask('GET', `${core}/configmaps`, { headers: { authorization: 'Bearer nobody' } })),
  '403: each verb is named, with the resource and the place': async ({ viewer }) => {
    const path = '/apis/apps/v1/namespaces/demo/deployments'
    return [
      outcome(await viewer.get(path)),
      shown(await viewer.patch(`${path}/one`, 'merge', {})),
      shown(await viewer.post(path, deployment('one'))),
      shown(await viewer.put(`${path}/one`, deployment('one'))),
      shown(await viewer.remove(`${path}/one`)),
      shown(await viewer.remove(path)),
      shown(await viewer.patch(`${path}/one/scale`, 'merge', {})),
      shown(await viewer.get('/apis/apps/v1/deployments')),
      shown(await viewer.get('/apis/apps/v1/namespaces/other/deployments?watch=1')),
      shown(await viewer.get('/apis/coordination.k8s.io/v1/namespaces/demo/leases')),
      shown(await viewer.get('/api/v1/namespaces')),
      shown(await viewer.get('/api/v1/nodes')),
      shown(await viewer.post('/api/v1/namespaces/demo/pods/one/eviction', {})),
    ]
  },
  '403: one object may be closed to somebody who may change the others': async ({ admin, partial }) => {
    const path = '/apis/apps/v1/namespaces/demo/deployments'
    for (const name of ['demo-aone-3', 'demo-aone-4']) await admin.post(path, deployment(name))
    return [
      outcome(await partial.patch(`${path}/demo-aone-3`, 'merge', { metadata: { labels: { a: 'b' } } })),
      shown(await partial.patch(`${path}/demo-aone-4`, 'merge', { metadata: { labels: { a: 'b' } } })),
    ]
  },
  'a larger body than 3 MiB is refused': async ({ admin, core }) => {
    const answer = await admin.post(
      `${core}/configmaps`,
      configMap('large', { data: { key: 'x'.repeat(4 * 2 ** 20) } }),
    )
    return [answer.status, answer.text.startsWith('{') ? shown(answer) : answer.text]
  },
  'a ConfigMap and annotations have a largest size': async ({ admin, core }) => {
    const annotations = { large: 'x'.repeat(262_144) }
    const large = await admin.post(
      `${core}/configmaps`,
      configMap('large', { data: { key: 'x'.repeat(2 ** 20 + 1) } }),
    )
    return [
      outcome(large),
      shown(
        await admin.post(`${core}/configmaps`, {
          ...configMap('two'),
          metadata: { name: 'two', annotations },
        }),
      ),
    ]
  },
}
