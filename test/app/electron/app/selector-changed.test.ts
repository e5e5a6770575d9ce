import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import type { KubeClient } from '../../../support/kube-client.ts'
import { atGate, ended, kubectl, path, request, startShop } from '../../../support/shop-release.ts'

let bench: Bench
let cluster: KubeClient
let li: Desk
beforeEach(async () => {
  bench = await openBench()
  cluster = kubectl(bench)
  li = await bench.open({ person: 'li@laptop' })
})
afterEach(async () => {
  await cluster.close()
  await bench.close()
})

async function select(app: string): Promise<void> {
  const changed = await cluster.patch(path.service('shop-http'), 'merge', { spec: { selector: { app } } })
  expect(changed.status).toBe(200)
}

const isOutside = (view: PipelineView): boolean => view.headline.kind === 'release-unselected'

async function rollBack(release: string, view: PipelineView): Promise<void> {
  const batches = view.release?.rollBack?.batches.map((batch) => batch.uid) ?? []
  const target = li.target('shop-http')
  const mode = 'at-once'
  expect(
    await li.client.call('release/roll-back', { request: request(), target, release, mode, batches }),
  ).toMatchObject({ ok: true })
}

test('a batch that the Service selects no longer holds the release in its own words, and is still drawn', async () => {
  await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await select('nothing')
  const view = await li.picture('shop-http', isOutside)
  expect(view.batches.map((batch) => [batch.name, batch.sentence.kind])).toEqual([
    ['shop-1', 'batch-unselected'],
    ['shop-2', 'batch-unselected'],
    ['shop-3', 'batch-unselected'],
  ])
  // Its pods run on, and nothing reaches them by this Service.
  const idle = await li.picture('shop-http', (one) => one.endpoints.ready === 0)
  expect(idle.endpoints.expected).toBe(0)
})

test('a batch that the Service selects no longer is taken back like all the others', async () => {
  const release = await startShop(li, '2.9.0')
  const before = await li.picture('shop-http', atGate)
  await select('nothing')
  await rollBack(release, await li.picture('shop-http', isOutside))
  await li.picture('shop-http', (view) => view.release?.state !== 'rolling-back')
  const lease = await cluster.get(path.lease('shop-http'))
  expect(lease.status).toBe(200)
  await select('shop')
  const view = await li.picture('shop-http', ended(release))
  expect(view.release?.outcome).toBe('rolled-back')
  expect(view.headline).toMatchObject({ kind: 'release-rolled-back', remains: { returned: [1], stuck: [] } })
  expect(view.batches[0]?.images).not.toEqual(before.batches[0]?.images)
})

test('once the Service selects it again the release goes on', async () => {
  const release = await startShop(li, '2.9.0')
  await li.picture('shop-http', atGate)
  await select('nothing')
  await li.picture('shop-http', isOutside)
  await select('shop')
  const target = li.target('shop-http')
  await li.picture('shop-http', (view) => view.batches.every(({ unselected }) => unselected !== true))
  expect(await li.client.call('release/resume', { request: request(), target, release })).toMatchObject({
    ok: true,
  })
  await li.picture('shop-http', atGate)
  await li.client.call('release/push-all', { request: request(), target, release })
  const done = await li.picture('shop-http', ended(release))
  expect(done.release?.outcome).toBe('done')
})
