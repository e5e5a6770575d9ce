import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CommandInput } from '../../../../shared/contract.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import { listAt, objectAt } from '../../../../shared/k8s/read-json.ts'
import type { CheckWhat } from '../../../../shared/preflight/check.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { wordsOf } from '../../../support/spoken.ts'

const images = { 'demo-aone': 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000' }
type Draft = CommandInput<'release/check'>

let bench: Bench
beforeEach(async () => {
  bench = await openBench()
})
afterEach(() => bench.close())

async function check(desk: Desk, change: (draft: Draft) => Draft = (draft) => draft) {
  const report = await desk.client.call('release/check', change(await desk.draft('demo-http', { images })))
  if (!report.ok) throw new Error(wordsOf(report.fault))
  const whats = report.value.checks.map((one) => one.what)
  return (kind: CheckWhat['kind']) => whats.filter((what) => what.kind === kind)
}

function put(apiVersion: string, kind: string, { name, ...more }: JsonObject & { name: string }): void {
  bench.cluster.hooks.plane.apply({ apiVersion, kind, metadata: { name, namespace: 'demo' }, ...more })
}

async function read(path: string): Promise<JsonObject> {
  return (await (await fetch(`${bench.server}${path}`)).json()) as JsonObject
}

test('what a LimitRange makes pods ask for is looked for on the nodes', async () => {
  // No node here has any of it to give.
  const limits = [{ type: 'Container', defaultRequest: { 'ephemeral-storage': '10Gi' } }]
  put('v1', 'LimitRange', { name: 'disk', spec: { limits } })
  const kinds = await check(await bench.open())
  expect(kinds('nodes-short')[0]).toEqual({ kind: 'nodes-short', batch: 1, needs: 1, fits: 0 })
  expect(kinds('nodes-ok')).toEqual([])
})

test('a quota for pods that ask for nothing does not count those that ask, however its scope is written', async () => {
  const hard = { pods: '1' }
  const full = { status: { hard, used: { pods: '1' } } }
  const scoped = (scopeName: string) => ({ matchExpressions: [{ scopeName, operator: 'Exists' }] })
  put('v1', 'ResourceQuota', { name: 'best', spec: { hard, scopeSelector: scoped('BestEffort') }, ...full })
  put('v1', 'ResourceQuota', { name: 'ends', spec: { hard, scopeSelector: scoped('Terminating') }, ...full })
  const not = { hard, scopeSelector: scoped('NotBestEffort') }
  put('v1', 'ResourceQuota', { name: 'not-best', spec: not, ...full })
  const kinds = await check(await bench.open())
  expect(kinds('quota-short')).toEqual([
    { kind: 'quota-short', quota: 'not-best', resource: 'pods', needs: '4', left: '0' },
  ])
  expect(kinds('not-known')).toEqual([])
})

test('budgets of two batches that share no pod are not called two on one pod', async () => {
  const desk = await bench.open()
  await label(2, 'blue')
  await label(3, 'green')
  const budget = (name: string, matchLabels: JsonObject) =>
    put('policy/v1', 'PodDisruptionBudget', { name, spec: { selector: { matchLabels } } })
  budget('blue', { tier: 'blue' })
  budget('green', { tier: 'green' })
  budget('also-green', { tier: 'green' })
  await desk.picture('demo-http', (view) => view.batches.every((one) => one.ready === one.desired))
  const kinds = await check(desk)
  expect(kinds('budgets-twice')).toEqual([
    { kind: 'budgets-twice', names: ['also-green', 'green'], batches: [3] },
  ])
})

test('an edit that asks for more than there is anywhere is told, although the old pods fit', async () => {
  const desk = await bench.open()
  const deployment = await read('/apis/apps/v1/namespaces/demo/deployments/demo-aone-1')
  const template = objectAt(objectAt(deployment, 'spec'), 'template')
  const spec = objectAt(template, 'spec')
  const resources = { requests: { cpu: '9k' }, limits: { cpu: '9k' } }
  const containers = listAt(spec, 'containers').map((one) => ({ ...(one as JsonObject), resources }))
  const text = JSON.stringify({ ...template, spec: { ...spec, containers } })
  const hard = { 'requests.cpu': '500' }
  put('v1', 'ResourceQuota', { name: 'team', spec: { hard }, status: { hard, used: {} } })
  const kinds = await check(desk, (draft) => ({
    ...draft,
    change: { kind: 'template', batch: draft.steps[0]?.batch ?? '', text, otherwise: 'edited' },
  }))
  expect(kinds('nodes-short-replaced')).toEqual([
    { kind: 'nodes-short-replaced', batch: 1, needs: 1, fits: 0 },
  ])
  expect(kinds('quota-short')).toMatchObject([{ quota: 'team', resource: 'requests.cpu', left: '500' }])
})

async function label(batch: number, tier: string): Promise<void> {
  const answer = await fetch(`${bench.server}/apis/apps/v1/namespaces/demo/deployments/demo-aone-${batch}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ spec: { template: { metadata: { labels: { tier } } } } }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}
