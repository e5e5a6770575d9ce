import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { wordsOf } from '../../../support/spoken.ts'

const image = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000'
let bench: Bench
let desk: Desk
beforeEach(async () => {
  bench = await openBench()
  desk = await bench.open()
})
afterEach(() => bench.close())

/** The namespaces that are watched just now, each once. */
async function watched(): Promise<readonly string[]> {
  const report = await desk.client.call('doctor/report', {})
  if (!report.ok) throw new Error(wordsOf(report.fault))
  const watches = report.value.connections.flatMap((one) => one.watches)
  return [...new Set(watches.map((one) => one.namespace))].sort()
}

async function release(): Promise<string> {
  const draft = await desk.draft('demo-http', { images: { 'demo-aone': image } })
  const started = await desk.client.call('release/start', { request: 'request-1', draft })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  return started.value.release
}

test('of twenty namespaces that are opened one after the other only the last stays watched, and where a release is driven', async () => {
  await release()
  desk.lookAway()
  for (let number = 1; number <= 20; number++) {
    const place = { connection: desk.connection, namespace: `other-${number}` }
    const away = desk.client.subscribe('services', place, () => undefined)
    // Beginning twenty times seven watches takes a while at two a second.
    desk.clock.skip(5_000)
    await desk.until('services', place, (view) => view.freshness.kind === 'live')
    away()
  }
  expect(await watched()).toEqual(['demo', 'other-20'])
  const view = await desk.picture('demo-http', (one) => one.freshness.kind === 'live')
  expect(view.release?.driving).toBe(true)
})

test('a namespace whose release is over is watched no longer than somebody looks', async () => {
  const about = { target: desk.target('demo-http'), release: await release() }
  await desk.client.call('release/stop', { request: 'request-2', ...about })
  await desk.picture('demo-http', (one) => one.release?.state === 'ended')
  desk.lookAway()
  const place = { connection: desk.connection, namespace: 'other' }
  desk.client.subscribe('services', place, () => undefined)
  await desk.until('services', place, (view) => view.freshness.kind === 'live')
  expect(await watched()).toEqual(['other'])
})
