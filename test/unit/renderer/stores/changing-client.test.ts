import { expect, test } from 'vitest'
import { changingClient } from '../../../../renderer/stores/changing-client.ts'
import type { Client } from '../../../../renderer/stores/client.ts'
import { createNaming } from '../../../../renderer/stores/naming.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import { failedInWords, ok, type Reply } from '../../../../shared/fault.ts'
import { clusterStates } from '../../../visual/cluster-states.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const picture = pipelineStates.canary()
const target = { connection: 'staging', namespace: 'demo', service: 'demo-http' }
const common = { request: 'request-1', target, release: 'one' }

function page(state: 'production' | 'production-open' | 'connected') {
  const view = clusterStates[state]()
  const sent: string[] = []
  let locked = state === 'production'
  const call = (name: string): Promise<Reply<null>> => {
    sent.push(name)
    return Promise.resolve(locked && name !== 'release/stop' ? failedInWords('read-only', '') : ok(null))
  }
  const naming = createNaming()
  const inner = { call, subscribe: () => () => undefined, onStatus: () => () => undefined }
  const client = changingClient(inner as unknown as Client, {
    clusters: () => view,
    picture: () => picture,
    naming,
  })
  const unlock = (): void => {
    locked = false
    naming.answer(true)
  }
  return { client, naming, sent, unlock, cluster: view.clusters[0] as ClusterView }
}

test('a step forward on a cluster that is read-only asks for the name of the cluster and is then taken', async () => {
  const { client, naming, sent, unlock, cluster } = page('production')
  const reply = client.call('release/resume', common)
  await Promise.resolve()
  await Promise.resolve()
  expect(naming.store.getState().question).toEqual({ kind: 'unlock', cluster, name: cluster.name })
  unlock()
  expect([(await reply).ok, sent]).toEqual([true, ['release/resume', 'release/resume']])
})

test('stopping asks for nothing, on a cluster that is read-only too', async () => {
  const { client, naming } = page('production')
  expect((await client.call('release/stop', common)).ok).toBe(true)
  expect(naming.store.getState().question).toBeUndefined()
})

test('a far step on production asks for the name of the service; without it nothing is sent', async () => {
  const { client, naming, sent } = page('production-open')
  const reply = client.call('release/push-all', common)
  expect(naming.store.getState().question).toMatchObject({ kind: 'far', name: 'demo-http' })
  naming.answer(false)
  expect([await reply, sent]).toMatchObject([{ fault: { code: 'declined' } }, []])
})

test('elsewhere nothing is asked', async () => {
  const { client, sent } = page('connected')
  await client.call('release/push-all', common)
  expect(sent).toEqual(['release/push-all'])
})

test('the question says where the step is taken, not where one looks by then', () => {
  const { client, naming } = page('production-open')
  void client.call('release/push-all', common)
  expect(naming.store.getState().question).toMatchObject({ namespace: 'demo', step: 'release/push-all' })
})
