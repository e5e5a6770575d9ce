import type { Json, JsonObject } from '../../../electron/training/objects/json.ts'
import { outcome, shown } from '../normalise.ts'
import type { Cases, Given } from '../run-cases.ts'
import { configMap, deployment, pod } from './objects.ts'

async function refusal(given: Given, body: JsonObject): Promise<Json> {
  const answer = await given.admin.post(`${given.apps}/deployments`, body)
  return answer.status < 300 ? answer.status : shown(answer)
}

async function refusals(given: Given, specs: readonly JsonObject[]): Promise<Json> {
  const seen: Json[] = []
  for (const [index, spec] of specs.entries()) seen.push(await refusal(given, deployment(`d${index}`, spec)))
  return seen
}

function podOf(container: JsonObject, more: JsonObject = {}): JsonObject {
  const main = { name: 'main', image: 'registry.example/demo:1', ...container }
  return { template: { metadata: { labels: { app: 'one' } }, spec: { containers: [main], ...more } } }
}

async function templates(given: Given, all: readonly JsonObject[]): Promise<Json> {
  const seen: Json[] = []
  const selector = { matchLabels: { app: 'one' } }
  for (const [index, spec] of all.entries())
    seen.push(await refusal(given, deployment(`d${index}`, { selector, ...spec })))
  return seen
}

async function changes(given: Given, patches: readonly unknown[]): Promise<Json> {
  await given.admin.post(`${given.apps}/deployments`, deployment('one'))
  const seen: Json[] = []
  for (const patch of patches) {
    const answer = await given.admin.patch(`${given.apps}/deployments/one?dryRun=All`, 'merge', patch)
    seen.push(answer.status < 300 ? answer.status : shown(answer))
  }
  return seen
}

export const validating: Cases = {
  'surge and unavailable must leave room to move': async (given) =>
    refusals(
      given,
      [
        { maxSurge: 0, maxUnavailable: 0 },
        { maxSurge: '0%', maxUnavailable: '0%' },
        { maxSurge: 0, maxUnavailable: '1%' },
        { maxSurge: 0 },
        { maxUnavailable: '101%' },
        { maxSurge: '150%' },
        { maxSurge: -1 },
        { maxUnavailable: -1 },
        { maxSurge: 'some' },
        { maxSurge: '5' },
      ].map((rollingUpdate) => ({ strategy: { rollingUpdate } })),
    ),
  'a strategy is one of two, and Recreate has no numbers': async (given) => [
    await refusals(given, [
      { strategy: { type: 'Sudden' } },
      { strategy: { type: 'Recreate', rollingUpdate: { maxSurge: 1 } } },
    ]),
    await changes(given, [
      { spec: { strategy: { type: 'Recreate' } } },
      { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } },
    ]),
  ],
  'numbers below zero, and a deadline that is not longer than minReadySeconds': async (given) =>
    refusals(given, [
      { replicas: -1 },
      { minReadySeconds: -1 },
      { revisionHistoryLimit: -1 },
      { revisionHistoryLimit: 0 },
      { progressDeadlineSeconds: 0 },
      { progressDeadlineSeconds: -1 },
      { progressDeadlineSeconds: 30, minReadySeconds: 30 },
      { progressDeadlineSeconds: 31, minReadySeconds: 30 },
      { progressDeadlineSeconds: 2_147_483_647 },
      { minReadySeconds: 600 },
      { replicas: 4_000_000_000 },
    ]),
  'a selector is needed, must match the template, and cannot be changed': async (given) => [
    await refusals(given, [
      { selector: null },
      { selector: {} },
      { selector: { matchLabels: { other: 'x' } } },
      { selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } },
      { selector: { matchExpressions: [{ key: 'app', operator: 'Like', values: ['x'] }] } },
      { selector: { matchExpressions: [{ key: 'app', operator: 'In' }] } },
      { selector: { matchLabels: { 'bad key': 'x' } } },
    ]),
    await changes(given, [
      { spec: { selector: { matchLabels: { other: 'x' } } } },
      {
        spec: {
          selector: { matchLabels: { app: 'two' } },
          template: { metadata: { labels: { app: 'two' } } },
        },
      },
      { spec: { template: { metadata: { labels: { app: 'two' } } } } },
    ]),
  ],
  'names of Deployments': async (given) => {
    const names = [
      'Upper',
      'under_score',
      '-dash',
      'dash-',
      'dots.are.fine',
      'a'.repeat(253),
      'a'.repeat(254),
      'with space',
      'ümlaut',
      '.dot',
      '',
    ]
    const seen: Json[] = []
    for (const name of names) seen.push(await refusal(given, { ...deployment('x'), metadata: { name } }))
    return seen
  },
  'names of Services and namespaces are labels': async ({ admin, core }) => {
    const service = (name: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec: { ports: [{ port: 80 }] },
    })
    return [
      shown(await admin.post(`${core}/services`, service('with.dot'))),
      outcome(await admin.post(`${core}/services`, service('1number'))),
      shown(await admin.post(`${core}/services`, service('a'.repeat(64)))),
      shown(
        await admin.post('/api/v1/namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'with.dot' },
        }),
      ),
      shown(await admin.post(`${core}/configmaps`, configMap('Upper'))),
      shown(await admin.post(`${core}/pods`, pod('Upper'))),
    ]
  },
  'labels, annotations and finalizers': async (given) => {
    const metadata = (more: JsonObject) => ({ ...deployment('one'), metadata: { name: 'one', ...more } })
    const seen: Json[] = []
    for (const more of [
      { labels: { 'a b': 'c' } },
      { labels: { a: 'b c' } },
      { labels: { a: 'x'.repeat(64) } },
      { labels: { 'example.com/a/b': 'c' } },
      { labels: { 'Example.com/a': 'c' } },
      { labels: { ['a'.repeat(64)]: 'c' } },
      { annotations: { 'a b': 'c' } },
      { annotations: { 'Example.com/a': 'c' } },
      { finalizers: ['no-domain'] },
      { ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: '', uid: '' }] },
    ])
      seen.push(await refusal(given, metadata(more)))
    return seen
  },
  images: async (given) =>
    templates(
      given,
      [
        '',
        ' registry.example/demo:1',
        'registry.example/demo:1 ',
        'registry.example/Demo:1',
        'registry.example/demo:',
        'a:b:c',
      ].map((image) => podOf({ image })),
    ),
  'containers: name, policy, ports, variables, mounts': async (given) =>
    templates(given, [
      podOf({ name: 'Upper' }),
      podOf({ name: '' }),
      podOf({ name: 'with.dot' }),
      podOf({ imagePullPolicy: 'Sometimes' }),
      podOf({ ports: [{ containerPort: 0 }] }),
      podOf({ ports: [{ containerPort: 70_000 }] }),
      podOf({ ports: [{ containerPort: 80, protocol: 'HTTP' }] }),
      podOf({ ports: [{ containerPort: 80, name: 'TooUpper' }] }),
      podOf({
        ports: [
          { containerPort: 80, name: 'a' },
          { containerPort: 81, name: 'a' },
        ],
      }),
      podOf({ env: [{ name: '' }] }),
      podOf({ env: [{ name: 'A=B', value: 'x' }] }),
      podOf({ volumeMounts: [{ name: 'none', mountPath: '/x' }] }),
      podOf({ terminationMessagePolicy: 'Loud' }),
    ]),
  'pod specs: containers, restart policy, grace, volumes, DNS': async (given) =>
    templates(given, [
      podOf({}, { containers: [] }),
      podOf(
        {},
        {
          containers: [
            { name: 'a', image: 'x:1' },
            { name: 'a', image: 'x:1' },
          ],
        },
      ),
      podOf({}, { restartPolicy: 'Never' }),
      podOf({}, { restartPolicy: 'Sometimes' }),
      podOf({}, { terminationGracePeriodSeconds: -1 }),
      podOf(
        {},
        {
          volumes: [
            { name: 'v', emptyDir: {} },
            { name: 'v', emptyDir: {} },
          ],
        },
      ),
      podOf({}, { volumes: [{ name: 'v', emptyDir: {}, hostPath: { path: '/x' } }] }),
      podOf({}, { volumes: [{ name: 'V', emptyDir: {} }] }),
      podOf({}, { dnsPolicy: 'Other' }),
      podOf({}, { initContainers: [{ name: 'main', image: 'x:1' }] }),
      podOf({}, { activeDeadlineSeconds: 5 }),
    ]),
  probes: async (given) =>
    templates(given, [
      podOf({ readinessProbe: {} }),
      podOf({ readinessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } }),
      podOf({ readinessProbe: { httpGet: { port: 0 } } }),
      podOf({ readinessProbe: { httpGet: { port: 80, path: 'x' } } }),
      podOf({ readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: -1 } }),
      podOf({ livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
      podOf({ livenessProbe: { exec: { command: [] } } }),
    ]),
  resources: async (given) =>
    templates(given, [
      podOf({ resources: { limits: { cpu: '1' }, requests: { cpu: '2' } } }),
      podOf({ resources: { limits: { cpu: '-1' } } }),
      podOf({ resources: { limits: { memory: '1GB' } } }),
      podOf({ resources: { limits: { nonsense: '1' } } }),
      podOf({ resources: { limits: { cpu: 1, memory: '0.5Gi' } } }),
    ]),
  'a missing spec, template or labels': async (given) => [
    await refusal(given, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'one' } }),
    await refusal(given, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'one' }, spec: {} }),
    await refusal(given, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      spec: deployment('one')['spec'] ?? {},
    }),
    await refusals(given, [{ template: {} }, { template: { metadata: { labels: { app: 'd1' } } } }]),
  ],
  'Services: ports, types, addresses, and what cannot be changed': async ({ admin, core }) => {
    const service = (name: string, spec: JsonObject) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name },
      spec,
    })
    const seen: Json[] = []
    for (const [index, spec] of [
      {},
      { ports: [{ port: 0 }] },
      { ports: [{ port: 80, targetPort: 0 }] },
      { ports: [{ port: 80 }, { port: 81 }] },
      {
        ports: [
          { name: 'a', port: 80 },
          { name: 'a', port: 81 },
        ],
      },
      { ports: [{ port: 80, protocol: 'HTTP' }] },
      { type: 'Other', ports: [{ port: 80 }] },
      { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] },
      { ports: [{ port: 80, nodePort: 30_100 }] },
      { clusterIP: 'nonsense', ports: [{ port: 80 }] },
      { sessionAffinity: 'Other', ports: [{ port: 80 }] },
    ].entries()) {
      const answer = await admin.post(`${core}/services`, service(`s${index}`, spec))
      seen.push(answer.status < 300 ? answer.status : shown(answer))
    }
    return seen
  },
  'ConfigMaps: keys, and what is immutable': async ({ admin, core }) => {
    await admin.post(`${core}/configmaps`, { ...configMap('fixed'), immutable: true })
    return [
      shown(await admin.post(`${core}/configmaps`, configMap('a', { data: { 'a b': 'x' } }))),
      shown(await admin.post(`${core}/configmaps`, { ...configMap('a'), binaryData: { key: 'eA==' } })),
      shown(await admin.patch(`${core}/configmaps/fixed`, 'merge', { data: { key: 'new' } })),
      shown(await admin.patch(`${core}/configmaps/fixed`, 'merge', { immutable: null })),
    ]
  },
  'pods: only a few fields may change': async ({ admin, core }) => {
    await admin.post(`${core}/pods`, pod('one'))
    const image = (value: string) => ({ spec: { containers: [{ name: 'main', image: value }] } })
    return [
      (await admin.patch(`${core}/pods/one`, 'strategic', image('registry.example/demo:2'))).status,
      shown(await admin.patch(`${core}/pods/one`, 'strategic', { metadata: { labels: { 'a b': 'c' } } })),
      shown(await admin.patch(`${core}/pods/one`, 'strategic', image(''))),
    ]
  },
  'ReplicaSets: selector and template': async ({ admin, apps }) => {
    const set = (spec: JsonObject) => ({
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'one' },
      spec: { replicas: 0, ...spec },
    })
    const { selector, template } = deployment('one')['spec'] as { selector: JsonObject; template: JsonObject }
    return [
      shown(await admin.post(`${apps}/replicasets`, set({ selector }))),
      shown(await admin.post(`${apps}/replicasets`, set({ template }))),
      shown(
        await admin.post(`${apps}/replicasets`, set({ selector: { matchLabels: { a: 'b' } }, template })),
      ),
      shown(await admin.post(`${apps}/replicasets`, set({ selector, template, replicas: -1 }))),
    ]
  },
}
