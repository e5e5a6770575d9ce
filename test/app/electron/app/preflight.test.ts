import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommandInput } from '../../../../shared/contract.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import type { CheckLevel, CheckWhat } from '../../../../shared/preflight/check.ts'
import type { RequestInfo } from '../../../../electron/training/api/request-info.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { wordsOf } from '../../../support/spoken.ts'

const registry = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo'
const images = { 'demo-aone': `${registry}:20190215093000` }
type Draft = CommandInput<'release/check'>

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

/** The checks as `level kind`, and one of them in full. */
async function check(desk: Desk, change: (draft: Draft) => Draft = (draft) => draft) {
  const report = await desk.client.call('release/check', change(await desk.draft('demo-http', { images })))
  if (!report.ok) throw new Error(wordsOf(report.fault))
  const { checks } = report.value
  return {
    kinds: checks.map(({ level, what }) => `${level} ${what.kind}`),
    of: (level: CheckLevel) => checks.filter((one) => one.level === level).map((one) => one.what),
    all: (kind: CheckWhat['kind']) => checks.map((one) => one.what).filter((what) => what.kind === kind),
  }
}

function put(
  apiVersion: string,
  kind: string,
  { name, ...more }: JsonObject & { readonly name: string },
): void {
  bench.cluster.hooks.plane.apply({ apiVersion, kind, metadata: { name, namespace: 'demo' }, ...more })
}

const cordon = { spec: { unschedulable: true } }

async function merge(path: string, body: JsonObject): Promise<void> {
  const answer = await fetch(`${bench.server}${path}?fieldManager=somebody`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const deployment = (batch: number): string => `/apis/apps/v1/namespaces/demo/deployments/demo-aone-${batch}`

function refuse(code: number, message: string, when: (info: RequestInfo) => boolean): void {
  const error = { code, reason: code === 404 ? 'NotFound' : 'Forbidden', message } as const
  bench.cluster.hooks.disturb({ when, times: 99, what: { kind: 'refuse', error } })
}

const writes = () =>
  bench.cluster.hooks.requests.filter((one) => one.method === 'PATCH' && !one.query.has('dryRun'))

test('a healthy batch set has no blockers and no warnings, and nothing was written', async () => {
  const desk = await bench.open()
  const report = await check(desk)
  expect(report.of('blocker')).toEqual([])
  expect(report.of('warning')).toEqual([])
  expect(report.of('ok').map((what) => what.kind)).toEqual(
    expect.arrayContaining(['image-ok', 'probes-ok', 'permissions-ok', 'dry-run-ok', 'nodes-ok']),
  )
  expect(report.all('nodes-ok')).toEqual([{ kind: 'nodes-ok', pods: 4 }])
  expect(writes()).toEqual([])
})

test('while a person types, only the dry runs are asked again', async () => {
  const desk = await bench.open()
  await check(desk)
  const before = bench.cluster.hooks.requests.length
  await check(desk, (draft) => ({
    ...draft,
    change: {
      kind: 'image',
      images: draft.steps.map(({ batch }) => ({
        batch,
        container: 'demo-aone',
        image: `${registry}:20190215093001`,
      })),
    },
  }))
  const asked = bench.cluster.hooks.requests.slice(before).filter((one) => !one.query.has('watch'))
  expect(asked.map((one) => `${one.method} ${one.name}`).sort()).toEqual(
    [1, 2, 3, 4].map((number) => `PATCH demo-aone-${number}`),
  )
})

test('scenario 50: a right that is missing for batch 4 alone is found before the start', async () => {
  const desk = await bench.open({ user: 'partial' })
  const report = await check(desk)
  expect(report.of('blocker')).toEqual([
    { kind: 'permission', verb: 'patch', resource: 'deployments', name: 'demo-aone-4', batch: 4 },
  ])
  const without = await check(desk, (draft) => ({
    ...draft,
    steps: draft.steps.map((step, index) => ({ ...step, leftOut: index === 3 })),
  }))
  expect(without.of('blocker')).toEqual([])
})

test('scenario 50: who may only look is told of every batch and of the lock; agreeing to no lock takes that one away', async () => {
  const desk = await bench.open({ user: 'viewer' })
  const report = await check(desk)
  expect(report.of('blocker').map((what) => what.kind)).toEqual([
    ...['permission', 'permission', 'permission', 'permission'],
    'no-lease-right',
  ])
  expect(report.all('not-known')).toEqual([
    { kind: 'not-known', about: expect.arrayContaining(['nodes']) as string[] },
  ])
  expect(report.kinds).not.toContain('ok nodes-ok')
  const agreed = await check(desk, (draft) => ({ ...draft, withoutLock: true }))
  expect(agreed.kinds).toContain('warning without-lock')
  expect(agreed.kinds).not.toContain('blocker no-lease-right')
})

test('scenario 14: nodes without room for the surge are told with how many fit', async () => {
  const desk = await bench.open()
  await Promise.all([1, 2, 3, 4, 5, 6].map((number) => merge(`/api/v1/nodes/training-w${number}`, cordon)))
  const report = await check(desk)
  expect(report.all('nodes-short')).toEqual([
    { kind: 'nodes-short', batch: 1, needs: 1, fits: 0 },
    ...[2, 3, 4].map((batch) => ({ kind: 'nodes-short', batch, needs: 4, fits: 0 })),
  ])
  expect(report.kinds).not.toContain('ok nodes-ok')
})

test('growth is counted before the surge, and for the batches that surge after it', async () => {
  const desk = await bench.open()
  const report = await check(desk, (draft) => ({
    ...draft,
    sizes: [{ batch: draft.steps[3]?.batch ?? '', from: 16, to: 60 }],
  }))
  expect(report.all('nodes-short')).toMatchObject([
    { batch: 1, needs: 45 },
    { batch: 2, needs: 48 },
    { batch: 3, needs: 48 },
    { batch: 4, needs: 59 },
  ])
})

test('scenario 37: an autoscaler on a batch is named with its limits, and that it undoes a new size', async () => {
  const desk = await bench.open()
  put('autoscaling/v2', 'HorizontalPodAutoscaler', {
    name: 'demo-2',
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'demo-aone-2' },
      minReplicas: 8,
      maxReplicas: 24,
    },
  })
  const report = await check(desk, (draft) => ({
    ...draft,
    sizes: [{ batch: draft.steps[1]?.batch ?? '', from: 16, to: 20 }],
  }))
  expect(report.of('warning')).toEqual([
    { kind: 'autoscaler', name: 'demo-2', min: 8, max: 24, keda: false, batches: [2] },
    { kind: 'autoscaler-resize', name: 'demo-2', batches: [2] },
    { kind: 'autoscaler-shared-metrics', name: 'demo-2', batches: [2] },
  ])
})

test('two autoscalers on batches with one selector scale nothing, and two budgets on a pod block every eviction', async () => {
  const desk = await bench.open()
  for (const number of [2, 3])
    put('autoscaling/v2', 'HorizontalPodAutoscaler', {
      name: `keda-hpa-${number}`,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `demo-aone-${number}` },
        maxReplicas: 24,
      },
    })
  for (const name of ['one', 'two'])
    put('policy/v1', 'PodDisruptionBudget', {
      name,
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'demo-aone' } } },
    })
  const report = await check(desk)
  expect(report.all('autoscalers-ambiguous')).toEqual([
    { kind: 'autoscalers-ambiguous', names: ['keda-hpa-2', 'keda-hpa-3'], batches: [2, 3] },
  ])
  expect(report.all('autoscaler')).toMatchObject([{ keda: true }, { keda: true }])
  expect(report.all('budgets-twice')).toEqual([
    { kind: 'budgets-twice', names: ['one', 'two'], batches: [1, 2, 3, 4] },
  ])
})

test('scenario 39: a Deployment that is paused already blocks the start', async () => {
  await merge(deployment(3), { spec: { paused: true } })
  const desk = await bench.open()
  const report = await check(desk)
  expect(report.of('blocker')).toEqual([{ kind: 'paused', batches: [3] }])
})

test('Argo CD is told as one that reverts, kubectl apply as one that may', async () => {
  await merge(deployment(2), {
    metadata: {
      annotations: {
        'argocd.argoproj.io/tracking-id': 'shop-prod:apps/Deployment:demo/demo-aone-2',
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
      },
    },
  })
  const desk = await bench.open()
  const report = await check(desk)
  expect(report.of('warning')).toEqual([
    { kind: 'reverted-by', manager: 'Argo CD (shop-prod)', batches: [2] },
    { kind: 'last-applied', batches: [2] },
  ])
})

test('a quota without room for the surge is told with what is needed and what is left', async () => {
  const desk = await bench.open()
  const hard = { pods: '67', 'requests.memory': '8Ti' }
  put('v1', 'ResourceQuota', { name: 'team', spec: { hard }, status: { hard, used: { pods: '66' } } })
  const report = await check(desk)
  expect(report.all('quota-short')).toEqual([
    { kind: 'quota-short', quota: 'team', resource: 'pods', needs: '4', left: '1' },
  ])
  expect(report.kinds).not.toContain('ok quota-ok')
})

test('a webhook that refuses a batch is a blocker in its own words, although it answers 403', async () => {
  const desk = await bench.open()
  const message = 'admission webhook "policy" denied the request: no releases on Friday'
  refuse(403, message, (info) => info.method === 'PATCH' && info.name === 'demo-aone-3')
  const report = await check(desk)
  expect(report.of('blocker')).toEqual([
    { kind: 'dry-run', batch: 3, says: { kind: 'words', words: message } },
  ])
})

test('what may not be read or is not served is told as not known', async () => {
  const desk = await bench.open()
  refuse(404, 'the server could not find the requested resource', (info) =>
    ['horizontalpodautoscalers', 'limitranges'].includes(info.plural),
  )
  const report = await check(desk)
  expect(report.of('warning')).toEqual([{ kind: 'not-known', about: ['autoscalers', 'limits'] }])
})
