import { defaultGates } from '../../shared/release/gates/gate-table.ts'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApp, type App } from '../../electron/app/app.ts'
import { openSettings } from '../../electron/app/storage/settings-file.ts'
import { createAddedKubeconfigs } from '../../electron/app/clusters/added-kubeconfigs.ts'
import type { ProcessMark } from '../../electron/release/holder.ts'
import { surveyKubeconfigs } from '../../electron/app/clusters/survey-kubeconfigs.ts'
import { connect as connectCluster } from '../../electron/cluster/connection.ts'
import { loadKubeconfigs } from '../../electron/cluster/kubeconfig/kubeconfig.ts'
import { createRealClock } from '../../electron/training/clock/clock.ts'
import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../electron/training/training-kubeconfig.ts'
import type { CommandInput, Draft, FeedName, FeedParams, FeedPayload, Target } from '../../shared/contract.ts'
import { connectionId, type ConnectionId } from '../../shared/ids.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { arrayPair } from './pipe-pairs.ts'
import { createSkippingClock, type SkippingClock } from './skipping-clock.ts'
import { realFiles } from './foreign-files.ts'
import { wordsOf } from './spoken.ts'

/** A training cluster on a loopback port, twenty times as fast, and as many applications as a test wants to open. */
export type Bench = Desks & {
  readonly cluster: TrainingCluster
  readonly server: string
}

/** As many applications as a test wants to open, on one cluster. */
export type Desks = {
  /** `after`: the same laptop, started anew once that application was killed. */
  open(options?: OpenOptions): Promise<Desk>
  close(): Promise<void>
}

type OpenOptions = {
  readonly person?: string
  readonly user?: string
  readonly after?: Desk
  /** After a reboot, or elsewhere with the same home: what another one started can't be proved gone. */
  readonly machine?: string
}

/** One running application with a client at its pipe, as the page has it. */
export type Desk = {
  readonly client: Client
  readonly clock: SkippingClock
  readonly connection: ConnectionId
  /** The folder that outlives the process: settings and journals without a lock are in it. */
  readonly home: string
  target(service: string): Target
  /** The first snapshot of a feed that fits. */
  until<N extends FeedName>(
    feed: N,
    params: FeedParams<N>,
    fits: (payload: FeedPayload<N>) => boolean,
  ): Promise<FeedPayload<N>>
  /** The first picture of a Service that fits. From then on it is looked at, as an open page does. */
  picture(service: string, fits: (view: PipelineView) => boolean): Promise<PipelineView>
  /** Time passes beside a cluster that answers. The clock alone leaps, and whom it leaves no time looks silent. */
  pass(ms: number): Promise<void>
  /** The page is hidden or closed: nothing is looked at any more. */
  lookAway(): void
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
  const living = new Set<number>()
  let count = 0

  async function open(options: OpenOptions = {}): Promise<Desk> {
    const { person = 'li@laptop', user = 'training', after, machine } = options
    const number = (count += 1)
    const home = after?.home ?? join(folder, `home-${number}`)
    const kubeconfig = `${home}.kubeconfig`
    if (after === undefined) writeFileSync(kubeconfig, kubeconfigOf(user))
    const isGone = ({ pid }: ProcessMark): boolean => !living.has(pid)
    const { app, desk } = await openDesk({
      kubeconfig,
      home,
      person,
      number,
      isGone,
      ...(machine !== undefined && { machine }),
    })
    living.add(number)
    desks.push(app)
    return {
      ...desk,
      kill() {
        living.delete(number)
        return desk.kill()
      },
    }
  }

  return {
    open,
    async close() {
      for (const app of desks) await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/**
 * One application, as a host starts it, on the only context of a kubeconfig file. `number`: the process that it is;
 * the same number again is the same person's next start of it.
 */
export async function openDesk(options: {
  readonly kubeconfig: string
  readonly home: string
  readonly person: string
  readonly number: number
  readonly machine?: string
  readonly isGone?: (process: ProcessMark) => boolean
}): Promise<{ readonly app: App; readonly desk: Desk }> {
  const { kubeconfig, home, person, number, isGone = ({ pid }) => pid === number } = options
  const { machine = 'laptop' } = options
  const clock = createSkippingClock()
  const env = { KUBECONFIG: kubeconfig }
  const settings = openSettings(home, { newId: () => `install-${number}`, log: () => undefined })
  const loaded = () => loadKubeconfigs({ env, homedir: home }, realFiles)
  const kubeconfigs = await loaded()
  let id = 0
  const app = createApp({
    clock,
    newId: () => `release-${number}-${Date.now()}-${++id}`,
    settings,
    kubeconfigs,
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
        files: realFiles,
        pluginPolicy: () => Promise.resolve({ kind: 'allow-all' }),
      }),
    pluginOf: () => Promise.resolve(undefined),
    watchKubeconfigs: () => ({ refresh: () => undefined, stop: () => undefined }),
    addedKubeconfigs: createAddedKubeconfigs({ dataFolder: home, settings, homedir: home, files: realFiles }),
    survey: () => surveyKubeconfigs({ env, homedir: home }, realFiles),
    about: { version: '0', platform: 'test' },
    self: {
      person,
      install: settings.read().install,
      process: { machine, pid: number, started: '1' },
      session: randomUUID().slice(0, 8),
    },
    isGone,
    openTraining: false,
    log: () => undefined,
  })
  const pair = await arrayPair()
  app.attach(pair.app)
  const client = connect(pair.page)
  const { connections } = kubeconfigs
  const connection = connectionId(connections.find((one) => one.current)?.id ?? '')
  const connected = await client.call('cluster/connect', { connection })
  if (!connected.ok) {
    await app.close()
    throw new Error(wordsOf(connected.fault))
  }
  return { app, desk: desk({ app, client, clock, connection, home }) }
}

/** Shorter than anything waits that has asked the server. */
const passMs = 4_000

function desk(parts: {
  readonly app: App
  readonly client: Client
  readonly clock: SkippingClock
  readonly connection: ConnectionId
  readonly home: string
}): Desk {
  const { app, client, clock, connection, home } = parts
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

  const lookedAt = new Map<string, () => void>()

  async function picture(service: string, fits: (view: PipelineView) => boolean): Promise<PipelineView> {
    if (!lookedAt.has(service))
      lookedAt.set(
        service,
        client.subscribe('pipeline', target(service), () => undefined),
      )
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
    home,
    target,
    until,
    picture,
    async pass(ms) {
      for (let left = ms; left > 0; left -= passMs) {
        clock.skip(Math.min(passMs, left))
        // That there is no such pod is an answer as well.
        await client.call('pod/log', {
          target: target('none'),
          pod: 'none',
          container: 'none',
          previous: false,
        })
      }
    },
    lookAway() {
      for (const stop of lookedAt.values()) stop()
      lookedAt.clear()
    },
    async draft(service, { images = {}, sizes = [] }) {
      const view = await picture(service, (one) => one.freshness.kind === 'live')
      const gates = { ...defaultGates, bakeSeconds: 0 }
      return {
        target: target(service),
        change:
          Object.keys(images).length === 0
            ? { kind: 'none' }
            : {
                kind: 'image',
                images: view.batches.flatMap((batch) =>
                  Object.entries(images).map(([name, image]) => ({
                    batch: batch.uid,
                    container: name,
                    image,
                  })),
                ),
              },
        sizes: [...sizes],
        steps: view.batches.map((batch) => ({ batch: batch.uid, gates, leftOut: false })),
        onFailure: 'pause',
        batchLimitSeconds: 1800,
      }
    },
    kill: () => app.close(),
  }
}
