import { afterEach, beforeEach, expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

const registry = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo'
const good = { 'demo-aone': `${registry}:20190215093000` }
let bench: Bench
let desk: Desk
beforeEach(async () => {
  bench = await openBench()
  desk = await bench.open()
})
afterEach(() => bench.close())

const request = (): string => randomUUID()

function writes(): readonly string[] {
  return bench.cluster.hooks.requests
    .filter((one) => one.method !== 'GET' && one.plural !== 'selfsubjectaccessreviews')
    .map((one) => `${one.method} ${one.plural}`)
}

test('a Service without Deployments is drawn as such, checked as such and not released', async () => {
  const view = await desk.picture('legacy-http', (one) => one.freshness.kind === 'live')
  expect(view.batches).toEqual([])
  expect(view.headline).toEqual({ kind: 'no-batches', service: 'legacy-http', ready: 0, all: 0 })
  const draft = await desk.draft('legacy-http', {})
  expect(await desk.client.call('release/check', draft)).toEqual({
    ok: true,
    value: { checks: [{ level: 'blocker', what: { kind: 'no-batches' } }] },
  })
  expect(spoken(await desk.client.call('release/start', { request: request(), draft }))).toMatchObject({
    fault: { code: 'not-found', message: 'No Deployment stands behind legacy-http.' },
  })
  expect(writes()).toEqual([])
})

test.each([
  'no image at all',
  'demo/UPPER:1',
  'demo:tag with space',
  ':',
  '',
  `${registry}:`,
  'a@sha256:short',
])('the image "%s" is refused with what is wrong with it, and nothing is written', async (image) => {
  const draft = await desk.draft('demo-http', { images: { 'demo-aone': image } })
  const report = await desk.client.call('release/check', draft)
  if (!report.ok) throw new Error(wordsOf(report.fault))
  const blockers = report.value.checks.filter((check) => check.level === 'blocker')
  expect(blockers).toMatchObject([{ what: { kind: 'image-invalid', image } }])
  expect(await desk.client.call('release/start', { request: request(), draft })).toMatchObject({
    fault: { code: 'invalid-input' },
  })
  expect(writes()).toEqual([])
})

test('a container that no batch has is refused by name', async () => {
  const draft = await desk.draft('demo-http', { images: { sidecar: `${registry}:1` } })
  const started = await desk.client.call('release/start', { request: request(), draft })
  expect(started).toMatchObject({ fault: { code: 'invalid-input' } })
  expect(JSON.stringify(started)).toContain('sidecar')
  expect(writes()).toEqual([])
})

test.each([-1, 5_001, 1.5, Number.NaN])('a size of %s is refused at the door', async (to) => {
  const draft = await desk.draft('demo-http', {})
  const batch = draft.steps[0]?.batch ?? ''
  const sizes = [{ batch, from: 1, to }]
  for (const reply of [
    await desk.client.call('release/check', { ...draft, sizes }),
    await desk.client.call('release/start', { request: request(), draft: { ...draft, sizes } }),
  ])
    expect(spoken(reply)).toMatchObject({
      fault: { code: 'invalid-input', message: expect.stringContaining('sizes') as string },
    })
  expect(writes()).toEqual([])
})

test('a second release while one runs is refused in words, and the first goes on', async () => {
  const draft = await desk.draft('demo-http', { images: good })
  expect(await desk.client.call('release/start', { request: request(), draft })).toMatchObject({ ok: true })
  expect(spoken(await desk.client.call('release/start', { request: request(), draft }))).toMatchObject({
    fault: {
      code: 'conflict',
      message: 'A release of this Service is running. Stop it or roll it back first.',
    },
  })
  const view = await desk.picture('demo-http', (one) => one.headline.kind === 'release-approval')
  expect(view.release?.id).toMatch(/^release-1-\d+-1$/)
})

test('the same request twice starts one release', async () => {
  const draft = await desk.draft('demo-http', { images: good })
  const same = request()
  const [first, second] = await Promise.all([
    desk.client.call('release/start', { request: same, draft }),
    desk.client.call('release/start', { request: same, draft }),
  ])
  expect(first).toMatchObject({ ok: true })
  expect(second).toEqual(first)
})

test("somebody else's patch in the middle halts the release, is named and is not overwritten", async () => {
  const draft = await desk.draft('demo-http', { images: good })
  await desk.client.call('release/start', { request: request(), draft })
  await desk.picture('demo-http', (one) => one.headline.kind === 'release-approval')
  const theirs = `${registry}:20200101000000`
  await fetch(
    `${bench.server}/apis/apps/v1/namespaces/demo/deployments/demo-aone-2?fieldManager=kubectl-set`,
    {
      method: 'PATCH',
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body: JSON.stringify({
        spec: { template: { spec: { containers: [{ name: 'demo-aone', image: theirs }] } } },
      }),
    },
  )
  const before = writes().length
  const view = await desk.picture('demo-http', (one) => one.release?.state === 'held')
  expect(view.headline).toMatchObject({ kind: 'release-foreign', batch: 2, manager: 'kubectl-set' })
  expect(
    writes()
      .slice(before)
      .filter((one) => one.includes('deployments')),
  ).toEqual([])
})

test('a person who may only look sees everything and is told what is missing before a start', async () => {
  const viewer = await bench.open({ user: 'viewer', person: 'wang@desk' })
  const view = await viewer.picture('demo-http', (one) => one.freshness.kind === 'live')
  expect(view.batches.map((batch) => batch.desired)).toEqual([1, 16, 16, 16])
  expect(view.lock.kind).toBe('unknown')
  const draft = await viewer.draft('demo-http', { images: good })
  const report = await viewer.client.call('release/check', draft)
  if (!report.ok) throw new Error(wordsOf(report.fault))
  const missing = report.value.checks.flatMap(({ level, what }) =>
    what.kind === 'permission'
      ? [`${level} ${what.verb} ${what.resource} ${what.name}`]
      : what.kind === 'no-lease-right'
        ? [`${level} ${what.verbs.join(', ')} leases`]
        : [],
  )
  expect(missing).toEqual([
    'blocker patch deployments demo-aone-1',
    'blocker patch deployments demo-aone-2',
    'blocker patch deployments demo-aone-3',
    'blocker patch deployments demo-aone-4',
    'blocker get, create, update leases',
  ])
  expect(await viewer.client.call('release/start', { request: request(), draft })).toMatchObject({
    fault: { code: 'no-lock-right' },
  })
})

test('a namespace that is not there shows no Services, and a Service that is not there says so', async () => {
  const { connection } = desk
  const services = await desk.until(
    'services',
    { connection, namespace: 'nowhere' },
    (one) => one.freshness.kind === 'live',
  )
  expect(services.services).toEqual([])
  const pipeline = await desk.until('pipeline', desk.target('nothing-http'), (one) => one.kind !== 'loading')
  expect(pipeline).toMatchObject({
    kind: 'missing',
    why: { kind: 'no-service', service: 'nothing-http', namespace: 'demo' },
  })
})
