import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../../electron/app/app.ts'
import { openSettings } from '../../electron/app/files.ts'
import { createKubeconfigShelf } from '../../electron/app/kubeconfig-shelf.ts'
import { connect as connectCluster } from '../../electron/cluster/connection.ts'
import { loadKubeconfigs } from '../../electron/cluster/kubeconfig.ts'
import { createRealClock } from '../../electron/training/clock.ts'
import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../electron/training/training-kubeconfig.ts'
import type { CommandInput, Draft, FeedName, FeedParams, FeedPayload, Target } from '../../shared/contract.ts'
import { connectionId, type ConnectionId } from '../../shared/ids.ts'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { arrayPair } from './pipe-pairs.ts'
import { createSkippingClock, type SkippingClock } from './skipping-clock.ts'

/** A training cluster on a loopback port, twenty times as fast, and as many applications as a test wants to open. */
export type Bench = Desks & {
  readonly cluster: TrainingCluster
  readonly server: string
}

/** As many applications as a test wants to open, on one cluster. */
export type Desks = {
  open(options?: { readonly person?: string; readonly user?: string }): Promise<Desk>
  close(): Promise<void>
}

/** One running application with a client at its pipe, as the page has it. */
export type Desk = {
  readonly client: Client
  readonly clock: SkippingClock
  readonly connection: ConnectionId
  target(service: string): Target
  /** The first snapshot of a feed that fits. */
  until<N extends FeedName>(
    feed: N,
    params: FeedParams<N>,
    fits: (payload: FeedPayload<N>) => boolean,
  ): Promise<FeedPayload<N>>
  /** The first picture of a Service that fits. From then on it is looked at, as an open page does. */
  picture(service: string, fits: (view: PipelineView) => boolean): Promise<PipelineView>
  /** What the page would send for this image on all batches. */
  draft(
    service: string,
    parts: Partial<Pick<Draft, 'sizes'>> & { readonly images?: Readonly<Record<string, string>> },
  ): Promise<CommandInput<'release/check'>>
  /** Ends as a killed process does: nothing is written any more, the lock stays. */
  kill(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const cluster = createTrainingCluster({ clock: createRealClock(20) })
  const { server, stop } = await cluster.listen({ port: 0 })
  const desks = openDesks((user) => trainingKubeconfig(server, user))
  return {
    cluster,
    server,
    open: (options) => desks.open(options),
    async close() {
      await desks.close()
      await stop()
      await cluster.stop()
    },
  }
}

/** On whatever cluster the kubeconfig of a user leads to. */
export function openDesks(kubeconfigOf: (user: string) => string): Desks {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-'))
  const desks: App[] = []
  let count = 0

  async function open(options: { readonly person?: string; readonly user?: string } = {}): Promise<Desk> {
    const { person = 'li@laptop', user = 'training' } = options
    const home = join(folder, `home-${++count}`)
    const kubeconfig = `${home}.kubeconfig`
    writeFileSync(kubeconfig, kubeconfigOf(user))
    const clock = createSkippingClock()
    const env = { KUBECONFIG: kubeconfig }
    const settings = openSettings(home, { newId: () => `install-${count}`, log: () => undefined })
    const loaded = () => loadKubeconfigs({ env, homedir: home })
    let id = 0
    const app = createApp({
      clock,
      newId: () => `release-${count}-${++id}`,
      settings,
      loadKubeconfigs: loaded,
      connect: (spec) =>
        connectCluster(spec, {
          clock,
          random: Math.random,
          env,
          spawn: () => {
            throw new Error('no program is run here')
          },
          version: '0',
          trusted: () => [],
          log: () => undefined,
          consent: () => false,
          pluginPolicy: () => ({ kind: 'allow-all' }),
        }),
      pluginOf: () => Promise.resolve(undefined),
      watchKubeconfigs: () => ({ refresh: () => undefined, stop: () => undefined }),
      shelf: createKubeconfigShelf(home, settings),
      self: { person, install: settings.read().install, pid: count, session: `s${count}` },
      isAlive: () => true,
      openTraining: false,
      log: () => undefined,
    })
    desks.push(app)
    const pair = await arrayPair()
    app.attach(pair.app)
    const client = connect(pair.page)
    const { connections } = loaded()
    const connection = connectionId(connections.find((one) => one.current)?.id ?? '')
    const connected = await client.call('cluster/connect', { connection })
    if (!connected.ok) throw new Error(connected.fault.message)
    return desk({ app, client, clock, connection })
  }

  return {
    open,
    async close() {
      for (const app of desks) await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function desk(parts: {
  readonly app: App
  readonly client: Client
  readonly clock: SkippingClock
  readonly connection: ConnectionId
}): Desk {
  const { app, client, clock, connection } = parts
  const target = (service: string): Target => ({ connection, namespace: 'demo', service })

  function until<N extends FeedName>(
    feed: N,
    params: FeedParams<N>,
    fits: (payload: FeedPayload<N>) => boolean,
  ): Promise<FeedPayload<N>> {
    return new Promise((resolve) => {
      const subscription = { stop: (): void => undefined, done: false }
      subscription.stop = client.subscribe(feed, params, (payload) => {
        if (subscription.done || !fits(payload)) return
        subscription.done = true
        subscription.stop()
        resolve(payload)
      })
      if (subscription.done) subscription.stop()
    })
  }

  const lookedAt = new Set<string>()

  async function picture(service: string, fits: (view: PipelineView) => boolean): Promise<PipelineView> {
    if (!lookedAt.has(service)) client.subscribe('pipeline', target(service), () => undefined)
    lookedAt.add(service)
    const found = await until(
      'pipeline',
      target(service),
      (payload) => payload.kind === 'view' && fits(payload.view),
    )
    if (found.kind !== 'view') throw new Error(found.kind)
    return found.view
  }

  return {
    client,
    clock,
    connection,
    target,
    until,
    picture,
    async draft(service, { images = {}, sizes = [] }) {
      const view = await picture(service, (one) => one.freshness.kind === 'live')
      const gates = { tolerance: 0, bakeSeconds: 0, restartsAllowed: 0, approval: true, waitForEnding: false }
      return {
        target: target(service),
        change:
          Object.keys(images).length === 0 ? { kind: 'none' } : { kind: 'image', images: { ...images } },
        sizes: [...sizes],
        steps: view.batches.map((batch) => ({ batch: batch.uid, gates, leftOut: false })),
        onFailure: 'pause',
        batchLimitSeconds: 1800,
      }
    },
    kill: () => app.close(),
  }
}
