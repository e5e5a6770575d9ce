import { mkdirSync } from 'node:fs'
import { createApp } from '../../electron/app/app.ts'
import type { Settings, SettingsFile } from '../../electron/app/storage/settings-file.ts'
import { createListeners } from '../../electron/app/async/listeners.ts'
import type { Clock } from '../../electron/cluster/clock/clock.ts'
import type { ConnectionSpec } from '../../electron/cluster/dial/connection-spec.ts'
import { connect as connectCluster } from '../../electron/cluster/connection.ts'
import type { FeedPayload, Target } from '../../shared/contract.ts'
import { failedInWords } from '../../shared/fault.ts'
import { connectionId } from '../../shared/ids.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { arrayPair } from '../support/pipe-pairs.ts'
import type { Dice } from './dice.ts'
import type { SimulatedNetwork } from './simulated-network.ts'
import type { SimulatedTime } from './simulated-time.ts'
import { kubeconfigsOf, realFiles } from '../support/foreign-files.ts'

/** What one installation keeps when its process ends. */
export type Home = { readonly folder: string; settings: Settings; starts: number }

/** One application with a page at it, as a person has it. */
export type Operator = {
  readonly name: string
  /** Its pages: two windows over one application. */
  readonly client: (window: number) => Client
  readonly target: (service: string) => Target
  /** What the page has shown of a Service, the newest last. */
  shown(service: string): readonly PipelineView[]
  /** Its wall clock jumps, or was wrong from the start. */
  jump(ms: number): void
  /** Its machine stands still: timers and answers wait until it wakes. */
  sleep(ms: number): void
  /** As a killed process: nothing of it happens any more. */
  kill(): void
  readonly alive: () => boolean
  readonly awake: () => boolean
  /** Milliseconds of the world. */
  readonly openedAt: number
  readonly log: readonly string[]
}

type Parts = {
  readonly name: string
  readonly home: Home
  readonly time: SimulatedTime
  readonly dice: Dice
  readonly network: SimulatedNetwork
  readonly services: readonly string[]
  readonly isAlive: (pid: number) => boolean
  readonly pid: number
  readonly epoch: number
}

const kept = 12

export function newHome(folder: string, install: string): Home {
  mkdirSync(folder, { recursive: true })
  const settings: Settings = {
    schema: 1,
    install,
    driving: [],
    namespaces: {},
    kubeconfigs: [],
    clusters: {},
    plans: [],
  }
  return { folder, settings, starts: 0 }
}

const spec: ConnectionSpec = {
  id: connectionId('simulated'),
  name: 'simulated',
  file: '/simulated',
  namespace: 'demo',
  server: 'http://simulated.invalid',
  user: { kind: 'none' },
  tls: { insecure: true },
  warnings: [],
  current: true,
}

export async function startOperator(parts: Parts): Promise<Operator> {
  const { name, home, time, dice, pid } = parts
  const life = { alive: true, offset: parts.epoch, wakes: 0, slept: 0 }
  const sleeps = (): number => Math.max(0, life.wakes - time.now())
  const lines: string[] = []
  const log = (line: string): void => {
    if (life.alive) lines.push(line)
  }
  const clock: Clock = {
    wall: () => time.now() + life.offset,
    // As Linux has it: it stands still while the machine sleeps.
    monotonic: () => time.now() + 1_000 - life.slept,
    setTimer(delayMs, fire) {
      let stop = time.setTimer(delayMs + sleeps(), due)
      function due(): void {
        if (sleeps() > 0) stop = time.setTimer(sleeps(), due)
        else if (life.alive) fire()
      }
      return () => stop()
    },
  }
  home.starts += 1
  const session = `s${home.starts}`
  let ids = 0
  const app = createApp({
    clock,
    newId: () => `${name}-${session}-${++ids}`,
    settings: settingsIn(home, () => life.alive),
    kubeconfigs: kubeconfigsOf(spec),
    loadKubeconfigs: () => Promise.resolve(kubeconfigsOf(spec)),
    connect: (wanted, how) =>
      connectCluster(wanted, {
        ...how,
        clock,
        random: () => dice.next(),
        env: {},
        spawn: () => {
          throw new Error('no program is run here')
        },
        version: '0',
        trusted: () => [],
        network: () => parts.network.dispatcher(name, { alive: () => life.alive, sleeps }),
        log,
        consent: () => false,
        files: realFiles,
        pluginPolicy: () => Promise.resolve({ kind: 'allow-all' }),
      }),
    pluginOf: () => Promise.resolve(undefined),
    watchKubeconfigs: () => ({ refresh: () => undefined, stop: () => undefined }),
    addedKubeconfigs: {
      pasted: '/simulated/pasted',
      added: () => [],
      inspect: () => Promise.resolve(failedInWords('not-supported', 'none here')),
      add: () => Promise.resolve(failedInWords('not-supported', 'none here')),
      remove: () => failedInWords('not-supported', 'none here'),
    },
    survey: () => Promise.resolve([]),
    about: { version: '0', platform: 'simulated' },
    self: {
      person: `${name}@host`,
      install: home.settings.install,
      process: { machine: 'simulated', pid, started: String(pid) },
      session,
    },
    isGone: ({ pid: other }) => !parts.isAlive(other),
    openTraining: false,
    log,
  })
  const openWindow = async (): Promise<Client> => {
    const pair = await arrayPair()
    app.attach(pair.app)
    return connect(pair.page)
  }
  const client = await openWindow()
  const second = await openWindow()
  const views = new Map<string, PipelineView[]>()
  const target = (service: string): Target => ({ connection: spec.id, namespace: 'demo', service })
  void client.call('cluster/connect', { connection: spec.id })
  for (const service of parts.services) {
    const shown: PipelineView[] = []
    views.set(service, shown)
    client.subscribe('pipeline', target(service), (payload: FeedPayload<'pipeline'>) => {
      if (!life.alive) return
      // Whatever is said instead, the picture is not on the screen any more.
      if (payload.kind !== 'view') shown.length = 0
      else shown.push(payload.view)
      if (shown.length > kept) shown.shift()
    })
  }
  return {
    name,
    client: (window) => (window % 2 === 0 ? client : second),
    target,
    shown: (service) => views.get(service) ?? [],
    jump(ms) {
      life.offset += ms
    },
    sleep(ms) {
      life.slept += ms
      life.wakes = Math.max(life.wakes, time.now()) + ms
    },
    kill() {
      life.alive = false
    },
    alive: () => life.alive,
    awake: () => sleeps() === 0,
    openedAt: time.now(),
    log: lines,
  }
}

function settingsIn(home: Home, alive: () => boolean): SettingsFile {
  const { add, tell } = createListeners()
  return {
    folder: home.folder,
    read: () => home.settings,
    change(update) {
      if (!alive()) return
      home.settings = update(home.settings)
      tell()
    },
    onChange: add,
    unsaved: () => undefined,
  }
}
