import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { App } from '../../../../electron/app/app.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import type { ConnectionId } from '../../../../shared/ids.ts'
import { createRealClock } from '../../../../electron/training/clock/clock.ts'
import { createTrainingCluster } from '../../../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import { openDesk, type Desk } from '../../../support/app-on-training.ts'

let folder: string
let app: App
let desk: Desk
let stop: () => Promise<void>
/** Five contexts that lead to one cluster: five connections all the same. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-many-'))
  const cluster = createTrainingCluster({ clock: createRealClock(20) })
  const served = await cluster.listen({ port: 0 })
  stop = async () => {
    await served.stop()
    await cluster.stop()
  }
  const kubeconfig = join(folder, 'kubeconfig')
  const more = ['b', 'c', 'd', 'e'].map(
    (name) => `- name: ${name}\n  context: {cluster: training, user: training, namespace: demo}\n`,
  )
  writeFileSync(
    kubeconfig,
    trainingKubeconfig(served.server).replace('contexts:\n', `contexts:\n${more.join('')}`),
  )
  const opened = await openDesk({ kubeconfig, home: join(folder, 'home'), person: 'li@laptop', number: 1 })
  app = opened.app
  desk = opened.desk
})
afterEach(async () => {
  await app.close()
  await stop()
  rmSync(folder, { recursive: true, force: true })
})

async function all(): Promise<readonly ClusterView[]> {
  return (await desk.until('clusters', {}, () => true)).clusters
}

async function idOf(name: string): Promise<ConnectionId> {
  const found = (await all()).find((one) => one.name === name)
  if (found === undefined) throw new Error(name)
  return found.id
}

/** Connects and looks at it until its Services are live. Returns what looking away is. */
async function look(name: string): Promise<() => void> {
  const connection = await idOf(name)
  await desk.client.call('cluster/connect', { connection })
  const place = { connection, namespace: 'demo' }
  const away = desk.client.subscribe('services', place, () => undefined)
  await desk.until('services', place, (view) => view.freshness.kind === 'live')
  return away
}

const freshness = async (): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (await all()).flatMap(({ name, state }) =>
      state.kind === 'connected' ? [[name, state.freshness.kind]] : [],
    ),
  )

test('of four clusters three are watched; the fourth says since when it is not, and is back as soon as it is looked at', async () => {
  for (const name of ['training', 'b', 'c']) (await look(name))()
  expect(await freshness()).toEqual({ training: 'live', b: 'live', c: 'live' })
  const away = await look('d')
  expect(await freshness()).toEqual({ training: 'stale', b: 'live', c: 'live', d: 'live' })
  away()
  await look('training')
  expect(await freshness()).toEqual({ training: 'live', b: 'stale', c: 'live', d: 'live' })
})

test('with every window hidden nothing is watched but what a release needs', async () => {
  const draft = await desk.draft('demo-http', {
    images: { 'demo-aone': 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000' },
  })
  expect(await desk.client.call('release/start', { request: 'request-1', draft })).toMatchObject({ ok: true })
  const away = await look('b')
  away()
  // `picture` of the desk still looks at the first one, as an open page: here it goes as well.
  desk.lookAway()
  desk.clock.skip(11_000)
  await desk.until('clusters', {}, ({ clusters }) =>
    clusters.some(
      ({ name, state }) => name === 'b' && state.kind === 'connected' && state.freshness.kind === 'stale',
    ),
  )
  expect(await freshness()).toEqual({ training: 'live', b: 'stale' })
})

test('a release that is driven here is gone on with after its cluster was disconnected and connected again', async () => {
  const draft = await desk.draft('demo-http', {
    images: { 'demo-aone': 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000' },
  })
  expect(await desk.client.call('release/start', { request: 'request-1', draft })).toMatchObject({ ok: true })
  await desk.picture('demo-http', (view) => view.headline.kind === 'release-approval')
  const { client, connection } = desk
  await client.call('cluster/disconnect', { connection })
  expect(await client.call('cluster/connect', { connection })).toMatchObject({ ok: true })
  const view = await desk.picture('demo-http', (one) => one.release?.driving === true)
  const target = desk.target('demo-http')
  expect(
    await client.call('release/approve', {
      request: 'request-2',
      target,
      release: view.release?.id ?? '',
      step: 0,
    }),
  ).toMatchObject({ ok: true })
  await desk.picture(
    'demo-http',
    (one) => one.batches[1]?.look === 'approval' || one.batches[1]?.look === 'done',
  )
})
