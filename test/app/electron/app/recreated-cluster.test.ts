import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ClustersView } from '../../../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'

let bench: Bench
let desk: Desk
beforeEach(async () => {
  bench = await openBench()
  desk = await bench.open()
})
afterEach(() => bench.close())

const own = ({ clusters }: ClustersView): ClusterView | undefined =>
  clusters.find((one) => one.id === desk.connection)

test('a cluster that was created anew behind the same context is noticed when it is connected again', async () => {
  const { client, connection } = desk
  await client.call('cluster/disconnect', { connection })
  await client.call('cluster/connect', { connection })
  expect(own(await desk.until('clusters', {}, () => true))).not.toHaveProperty('replacedAt')
  await client.call('cluster/disconnect', { connection })
  bench.cluster.reset()
  await client.call('cluster/connect', { connection })
  expect(own(await desk.until('clusters', {}, () => true))?.replacedAt).toBeTypeOf('number')
  await client.call('cluster/disconnect', { connection })
  expect(own(await desk.until('clusters', {}, () => true))).not.toHaveProperty('replacedAt')
})

test('one that is created anew while it is connected is connected anew, and shows nothing of the old one', async () => {
  const before = await desk.picture('demo-http', (view) => view.freshness.kind === 'live')
  bench.cluster.hooks.disturb({ times: 1_000_000, what: { kind: 'drop' } })
  bench.cluster.hooks.cutWatches()
  await desk.until('clusters', {}, (view) => {
    const state = own(view)?.state
    return state?.kind === 'connected' && state.fault !== undefined
  })
  bench.cluster.reset()
  bench.cluster.hooks.calm()
  await desk.until('clusters', {}, (view) => own(view)?.replacedAt !== undefined)
  const after = await desk.picture('demo-http', (view) => view.freshness.kind === 'live')
  expect(after.service.uid).not.toBe(before.service.uid)
})
