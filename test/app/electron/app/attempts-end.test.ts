import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createApp } from '../../../../electron/app/app.ts'
import { createClusters, type ClustersOptions } from '../../../../electron/app/clusters/clusters.ts'
import { openSettings } from '../../../../electron/app/storage/settings-file.ts'
import { createAddedKubeconfigs } from '../../../../electron/app/clusters/added-kubeconfigs.ts'
import { createClusterClock } from '../../../../electron/cluster/clock/cluster-clock.ts'
import type { Api } from '../../../../electron/cluster/requests/api.ts'
import type { Connection } from '../../../../electron/cluster/connection.ts'
import type { WatchSet } from '../../../../electron/cluster/watch/watch-set.ts'
import { failedInWords, ok } from '../../../../shared/fault.ts'
import { connectionId } from '../../../../shared/ids.ts'
import { connect as connectPage } from '../../../../shared/rpc.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'
import { eventually } from '../../../support/eventually.ts'
import { kubeconfigsOf, realFiles } from '../../../support/foreign-files.ts'
import { arrayPair } from '../../../support/pipe-pairs.ts'

const id = connectionId('c')

function open(parts: Partial<ClustersOptions>) {
  const lines: string[] = []
  const clusters = createClusters({
    first: kubeconfigsOf(buildSpec()),
    load: () => Promise.resolve(kubeconfigsOf(buildSpec())),
    added: () => [],
    unsaved: () => undefined,
    connect: () => Promise.reject(new Error('not expected')),
    pluginOf: () => Promise.resolve(undefined),
    about: () => ({ productionSaid: false }),
    resting: () => undefined,
    onClosed: () => undefined,
    onAgain: () => undefined,
    log: (line) => lines.push(line),
    ...parts,
  })
  const state = () => clusters.view().clusters[0]?.state
  return { clusters, state, lines }
}

/** One that is well; what a test does not say is never asked for. */
function buildConnection(parts: Partial<Connection>): Connection {
  return {
    spec: buildSpec(),
    version: 'v1',
    clock: createClusterClock(buildConnectTools().clock),
    health: () => ({ freshness: { kind: 'live' } }),
    onHealth: () => () => undefined,
    onReplaced: () => () => undefined,
    identity: () => Promise.resolve(undefined),
    ...parts,
  } as Connection
}

const bug = new Error('a bug, with eyJhbGciOiJub25lIn0.secret in it')

test.each<[string, Partial<ClustersOptions>]>([
  ['finding out what it would run', { pluginOf: () => Promise.reject(bug) }],
  [
    'connecting, at once',
    {
      connect: () => {
        throw bug
      },
    },
  ],
  ['connecting, later', { connect: () => Promise.reject(bug) }],
])('an error in %s ends the attempt, and the next one is tried as the first was', async (_name, parts) => {
  const { clusters, state, lines } = open(parts)
  for (let tries = 0; tries < 2; tries++) {
    expect(await clusters.connect(id)).toMatchObject({ ok: false, fault: { code: 'internal' } })
    expect(state()).toMatchObject({ kind: 'failed', fault: { code: 'internal' } })
  }
  expect(lines).toHaveLength(2)
  expect(`${JSON.stringify(state())}${lines.join()}`).not.toContain('secret')
})

test('an attempt that was given up says nothing of the one that came after it', async () => {
  let fail = (): void => undefined
  let tries = 0
  const { clusters, state } = open({
    connect: () =>
      ++tries === 1
        ? new Promise((_resolve, reject) => (fail = () => reject(bug)))
        : new Promise(() => undefined),
  })
  const first = clusters.connect(id)
  await new Promise(setImmediate)
  await clusters.disconnect(id)
  void clusters.connect(id)
  await new Promise(setImmediate)
  fail()
  expect(await first).toMatchObject({ fault: { code: 'closed' } })
  expect(state()).toEqual({ kind: 'connecting' })
  // It is still the second one that runs: no third begins beside it.
  void clusters.connect(id)
  await new Promise(setImmediate)
  expect(tries).toBe(2)
})

/** One of which nothing may be read. */
function stillWatchSet(retry: () => void): WatchSet {
  const never = { kind: 'never', why: { kind: 'words', words: 'pods is forbidden' }, denied: 'list' } as const
  return {
    namespace: 'demo',
    snapshot: () => ({
      services: [],
      deployments: [],
      replicaSets: [],
      pods: [],
      slices: [],
      leases: [],
      events: [],
      freshness: {
        Service: never,
        Deployment: never,
        ReplicaSet: never,
        Pod: never,
        EndpointSlice: never,
        Lease: never,
        Event: never,
      },
    }),
    watches: () => [],
    subscribe: () => () => undefined,
    suspend: () => undefined,
    resume: () => undefined,
    retry,
    stop: () => undefined,
  }
}

/** A whole application whose one connection is this. */
async function openApp(connection: Connection) {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-attempts-'))
  const settings = openSettings(folder, { newId: () => 'install-1', log: () => undefined })
  const app = createApp({
    clock: buildConnectTools().clock,
    newId: () => 'release-1',
    settings,
    addedKubeconfigs: createAddedKubeconfigs({
      dataFolder: folder,
      settings,
      homedir: folder,
      files: realFiles,
    }),
    survey: () => Promise.resolve([]),
    about: { version: '0', platform: 'test' },
    watchKubeconfigs: () => ({ refresh: () => undefined, stop: () => undefined }),
    kubeconfigs: kubeconfigsOf(buildSpec()),
    loadKubeconfigs: () => Promise.resolve(kubeconfigsOf(buildSpec())),
    connect: () => Promise.resolve(ok(connection)),
    pluginOf: () => Promise.resolve(undefined),
    self: {
      person: 'li@laptop',
      install: 'install-1',
      process: { machine: 'm', pid: 1, started: '1' },
      session: 's',
    },
    isGone: () => false,
    openTraining: false,
    log: () => undefined,
  })
  const pair = await arrayPair()
  app.attach(pair.app)
  return {
    client: connectPage(pair.page),
    async close() {
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

test('a connection of which nothing can be found out is closed again', async () => {
  let closed = 0
  const connection = buildConnection({
    namespaces: () => Promise.reject(bug),
    close() {
      closed++
      return Promise.resolve()
    },
  })
  const app = await openApp(connection)
  const reply = await app.client.call('cluster/connect', { connection: id })
  expect([reply.ok, closed]).toEqual([false, 1])
  await app.close()
})

test('what might not be read is tried at once by looking, by asking for the rights and by connecting again', async () => {
  let retries = 0
  const watchSet = stillWatchSet(() => retries++)
  const app = await openApp(
    buildConnection({
      namespaces: () => Promise.resolve(ok(['demo'])),
      watchNamespace: () => watchSet,
      api: { accessReview: () => Promise.resolve(ok({ allowed: true, reason: '' })) } as unknown as Api,
      close: () => Promise.resolve(),
    }),
  )
  const { client } = app
  const look = () =>
    new Promise<void>((resolve) => {
      client.subscribe('services', { connection: id, namespace: 'demo' }, () => resolve())
    })
  const retriesOf = async (act: () => Promise<unknown>): Promise<number> => {
    const before = retries
    await act()
    return retries - before
  }
  await client.call('cluster/connect', { connection: id })
  await look()
  expect(await retriesOf(look)).toBe(1)
  const place = { connection: id, namespace: 'demo' }
  expect(await retriesOf(() => client.call('rights/review', place))).toBe(1)
  expect(await retriesOf(() => client.call('cluster/connect', { connection: id }))).toBe(1)
  await app.close()
})

test('namespaces that might not be listed at the start are listed once they may be', async () => {
  let granted = false
  const app = await openApp(
    buildConnection({
      namespaces: () =>
        Promise.resolve(
          granted ? ok(['demo', 'shop']) : failedInWords('forbidden', 'namespaces is forbidden'),
        ),
      api: { accessReview: () => Promise.resolve(ok({ allowed: true, reason: '' })) } as unknown as Api,
      watchNamespace: () => stillWatchSet(() => undefined),
      close: () => Promise.resolve(),
    }),
  )
  const { client } = app
  await client.call('cluster/connect', { connection: id })
  const shown: unknown[] = []
  client.subscribe('services', { connection: id, namespace: 'demo' }, (payload) => {
    shown.push(payload.namespaces)
  })
  const last = (names: readonly string[]) =>
    eventually(
      () => Promise.resolve(JSON.stringify(shown.at(-1)).includes(JSON.stringify(names)) || undefined),
      {
        what: `namespaces ${names.join()}, not ${JSON.stringify(shown.at(-1))}`,
        atMostMs: 5_000,
      },
    )
  await last(['demo'])
  granted = true
  await client.call('rights/review', { connection: id, namespace: 'demo' })
  await last(['demo', 'shop'])
  expect(shown.at(-1)).toEqual({ names: ['demo', 'shop'], known: true })
  await app.close()
})

test('a connection that breaks while it is closed is closed all the same', async () => {
  const connection = buildConnection({ close: () => Promise.reject(bug) })
  const { clusters, state } = open({ connect: () => Promise.resolve(ok(connection)) })
  await clusters.connect(id)
  expect(state()).toMatchObject({ kind: 'connected' })
  expect(await clusters.disconnect(id)).toEqual(ok(null))
  expect(state()).toEqual({ kind: 'idle' })
})

test('who asks to connect as soon as it is told that a connection is being opened begins no second one', async () => {
  let asked = 0
  const connect: ClustersOptions['connect'] = () => {
    asked += 1
    return Promise.resolve(ok(buildConnection({})))
  }
  const { clusters, state } = open({ connect })
  const others: Promise<unknown>[] = []
  clusters.onChange(() => {
    if (state()?.kind === 'connecting' && others.length === 0) others.push(clusters.connect(id))
  })
  const own = clusters.connect(id)
  expect(await Promise.all([own, ...others])).toEqual([ok(null), ok(null)])
  expect(asked).toBe(1)
})
