import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect, type Connection, type ConnectTools } from '../../../../../electron/cluster/connection.ts'
import type { WatchSet } from '../../../../../electron/cluster/watch/watch-set.ts'
import { createRealClock } from '../../../../../electron/training/clock/clock.ts'
import {
  createTrainingCluster,
  type TrainingCluster,
} from '../../../../../electron/training/training-cluster.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { eventually } from '../../../../support/eventually.ts'
import { createSkippingClock, type SkippingClock } from '../../../../support/skipping-clock.ts'
import { wordsOf } from '../../../../support/spoken.ts'

let cluster: TrainingCluster
let server: string
let stopServer: () => Promise<void>
let clock: SkippingClock
let connection: Connection
const logged: string[] = []

beforeEach(async () => {
  cluster = createTrainingCluster({ clock: createRealClock(20) })
  const served = await cluster.listen({ port: 0 })
  server = served.server
  stopServer = served.stop
  clock = createSkippingClock()
  logged.length = 0
})
afterEach(async () => {
  await connection.close()
  await stopServer()
  await cluster.stop()
})

async function open(token: string, tools: Partial<ConnectTools> = {}): Promise<WatchSet> {
  const opened = await connect(
    buildSpec({ server, user: { kind: 'token', token } }),
    buildConnectTools({ clock, log: (line) => logged.push(line), ...tools }),
  )
  if (!opened.ok) throw new Error(wordsOf(opened.fault))
  connection = opened.value
  return connection.watchNamespace('demo', () => false)
}

const kinds = (set: WatchSet): string =>
  Object.entries(set.snapshot().freshness)
    .map(([kind, one]) => `${kind} ${one.kind}`)
    .join(', ')

function allLive(set: WatchSet): Promise<true> {
  return eventually(
    () =>
      Promise.resolve(
        Object.values(set.snapshot().freshness).every((one) => one.kind === 'live') ? true : undefined,
      ),
    { what: 'everything live', atMostMs: 10_000 },
  )
}

test('a namespace is seven watches over one agent, each a streaming list, and nothing is polled', async () => {
  const set = await open('training-token')
  await allLive(set)
  const { services, deployments, pods } = set.snapshot()
  expect([services.length > 0, deployments.length > 0, pods.length > 48]).toEqual([true, true, true])
  const asked = cluster.hooks.requests.map((one) => `${one.verb} ${one.plural}`)
  expect(asked.filter((one) => one.startsWith('list'))).toEqual([])
  expect(asked.filter((one) => one.startsWith('watch')).sort()).toEqual([
    'watch deployments',
    'watch endpointslices',
    'watch events',
    'watch leases',
    'watch pods',
    'watch replicasets',
    'watch services',
  ])
  const before = cluster.hooks.requests.length
  // As long as a server is not silent for longer than is said of it in silence-watch.ts.
  clock.skip(11_000)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(cluster.hooks.requests.length).toBe(before)
})

test('a kind that may not be read says so in its own freshness and hides nothing else', async () => {
  const set = await open('viewer-token')
  await eventually(
    () => Promise.resolve(JSON.stringify(set.snapshot().freshness.Lease).includes('forbidden') || undefined),
    { what: 'the refusal' },
  )
  await eventually(() => Promise.resolve(set.snapshot().pods.length > 48 || undefined), { what: 'the pods' })
  expect(set.snapshot().freshness.Lease.kind).toBe('never')
  expect(kinds(set)).toContain('Pod live')
})

test('a listener that throws neither ends the process nor keeps the news from the others', async () => {
  const set = await open('training-token')
  let told = 0
  set.subscribe(() => {
    throw new Error('a bug')
  })
  set.subscribe(() => told++)
  await allLive(set)
  expect(told).toBeGreaterThan(0)
  expect(logged[0]).toBe('a listener of demo failed: Error: a bug')
})

test('changes that arrive together are told together', async () => {
  const set = await open('training-token')
  await allLive(set)
  const thaw = cluster.hooks.freezeWatches()
  for (let n = 0; n < 20; n++)
    await connection.api.jsonPatch(
      'Service',
      { namespace: 'demo', name: 'demo-http' },
      { operations: [{ op: 'add', path: '/metadata/annotations', value: { n: `${n}` } }], dryRun: false },
    )
  let told = 0
  set.subscribe(() => told++)
  thaw()
  await eventually(
    () =>
      Promise.resolve(set.snapshot().services.some((one) => one.meta.annotations['n'] === '19') || undefined),
    { what: 'the last change' },
  )
  expect(told).toBeLessThan(20)
})

test('when the network is gone the connection says since when, and comes back by itself', async () => {
  const set = await open('training-token')
  await allLive(set)
  const told: string[] = []
  connection.onHealth(() => told.push(connection.health().freshness.kind))
  const calm = cluster.hooks.disturb({ times: Infinity, what: { kind: 'drop' } })
  cluster.hooks.cutWatches()
  await eventually(() => Promise.resolve(connection.health().fault !== undefined || undefined), {
    what: 'a fault',
  })
  expect(connection.health()).toMatchObject({ freshness: { kind: 'stale' }, fault: { code: 'unreachable' } })
  expect(set.snapshot().pods.length).toBeGreaterThan(48)
  calm()
  await eventually(
    () => {
      clock.skip(1_000)
      return Promise.resolve(connection.health().fault === undefined || undefined)
    },
    { what: 'health' },
  )
  await allLive(set)
  expect(told).toEqual(['stale', 'live'])
})

test('after sleep every watch starts anew from where it was', async () => {
  const set = await open('training-token')
  await allLive(set)
  const before = cluster.hooks.requests.length
  connection.suspend({ kind: 'words', words: 'The machine was asleep.' })
  expect(kinds(set)).not.toContain('live')
  connection.resume()
  await allLive(set)
  const again = cluster.hooks.requests.slice(before).filter((one) => one.verb === 'watch')
  expect(again).toHaveLength(7)
  expect(again.every((one) => Number(one.query.get('resourceVersion')) > 0)).toBe(true)
})
