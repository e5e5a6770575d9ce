import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'

const image = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000'

let bench: Bench
let desk: Desk
beforeEach(async () => {
  bench = await openBench()
  desk = await bench.open()
})
afterEach(() => bench.close())

const cluster = (drives: boolean) =>
  desk.until('clusters', {}, ({ clusters }) =>
    clusters.some((one) => one.id === desk.connection && (one.drives !== undefined) === drives),
  )

test('a cluster on which a release is run from here is left by nobody who was not told of that release', async () => {
  const { client, connection } = desk
  const draft = await desk.draft('demo-http', { images: { 'demo-aone': image } })
  expect(await client.call('release/start', { request: randomUUID(), draft })).toMatchObject({ ok: true })
  await cluster(true)
  const told = [undefined, [], ['another-service']]
  for (const leaves of told)
    expect(
      await client.call('cluster/disconnect', { connection, ...(leaves !== undefined && { leaves }) }),
    ).toMatchObject({ fault: { code: 'release-runs', message: 'demo-http' } })
  await desk.picture('demo-http', (view) => view.release?.driving === true)
  expect(await client.call('cluster/disconnect', { connection, leaves: ['demo-http'] })).toMatchObject({
    ok: true,
  })
  await cluster(false)
})

test('a cluster on which nothing is run is left at once', async () => {
  const { client, connection } = desk
  expect(await client.call('cluster/disconnect', { connection })).toMatchObject({ ok: true })
})
