import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createApp, type App } from '../../electron/app/app.ts'
import { openSettings } from '../../electron/app/storage/settings-file.ts'
import { createAddedKubeconfigs } from '../../electron/app/clusters/added-kubeconfigs.ts'
import type { ProcessMark } from '../../electron/release/holder.ts'
import type { Clock } from '../../electron/cluster/clock/clock.ts'
import { connect as connectCluster } from '../../electron/cluster/connection.ts'
import { loadKubeconfigs } from '../../electron/cluster/kubeconfig/kubeconfig.ts'
import type { CommandInput, CommandName, CommandOutput, Draft, Target } from '../../shared/contract.ts'
import { faultText } from '../../shared/words/faults/say-fault.ts'
import type { Fault, Reply } from '../../shared/fault.ts'
import { connectionId, type ConnectionId, type Uid } from '../../shared/ids.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { SteeringVerb } from '../../shared/release/verbs.ts'
import { type FailurePolicy } from '../../shared/release/plan.ts'
import { defaultGates, type Gates } from '../../shared/release/gates/gate-table.ts'
import { sayEnglish } from '../../shared/words/sentences-en.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { arrayPair } from './pipe-pairs.ts'
import { realFiles } from './foreign-files.ts'

type Wish = {
  /** Of the image to be brought to every batch. */
  readonly tag?: string
  readonly change?: Draft['change']
  readonly gates?: Partial<Gates>
  /** Gates of single batches, by number. */
  readonly gatesOf?: Readonly<Record<number, Partial<Gates>>>
  readonly leftOut?: readonly number[]
  readonly sizes?: Readonly<Record<number, number>>
  readonly onFailure?: FailurePolicy
  readonly batchLimitSeconds?: number
  readonly supersede?: 'canary' | 'rest'
}

/** A person at a running application, as the page has it: looks at one Service and steers its releases. */
export type Operator = {
  readonly clock: Clock
  readonly client: Client
  readonly connection: ConnectionId
  /** The newest picture. */
  view(): PipelineView
  picture(): PipelineView | undefined
  /** The sentence over the picture, as it is said in English. */
  says(): string
  draft(wish: Wish): CommandInput<'release/check'>
  release(wish: Wish): Promise<Reply<CommandOutput<'release/start'>>>
  /** Presses a verb: what it is about is what the newest picture says. */
  press(verb: SteeringVerb | 'take-over', parts?: { readonly step?: number }): Promise<Reply<null>>
  rollBack(mode?: 'at-once' | 'batch-by-batch', numbers?: readonly number[]): Promise<Reply<null>>
  verb(name: VerbView['verb']): VerbView | undefined
  target(service?: string): Target
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<CommandOutput<N>>>
  /** Ends as a killed process does: nothing is written any more, the lock stays. */
  kill(): Promise<void>
  readonly log: readonly string[]
}

export type OperatorOptions = {
  readonly person: string
  /** Outlives the process: settings are in it. */
  readonly home: string
  readonly kubeconfig: () => string
  readonly clock: Clock
  readonly processId: number
  readonly isGone: (process: ProcessMark) => boolean
  readonly namespace: string
  readonly service: string
  readonly image: (tag: string) => string
  readonly container: string
}

export async function startOperator(options: OperatorOptions): Promise<Operator> {
  const { person, home, clock, namespace, container } = options
  const log: string[] = []
  const env = (): Readonly<Record<string, string>> => ({ KUBECONFIG: options.kubeconfig() })
  const settings = openSettings(join(home, 'settings'), {
    newId: () => `install-${randomUUID().slice(0, 8)}`,
    log: (line) => log.push(line),
  })
  const load = (): ReturnType<typeof loadKubeconfigs> =>
    loadKubeconfigs({ env: env(), homedir: home }, realFiles)
  const kubeconfigs = await load()
  const app: App = createApp({
    clock,
    newId: () => randomUUID().slice(0, 12),
    settings,
    kubeconfigs,
    loadKubeconfigs: load,
    connect: (spec) =>
      connectCluster(spec, {
        clock,
        random: () => 0.5,
        env: env(),
        spawn: () => {
          throw new Error('no program is run here')
        },
        version: '0',
        trusted: () => [],
        log: (line) => log.push(line),
        consent: () => false,
        files: realFiles,
        pluginPolicy: () => Promise.resolve({ kind: 'allow-all' }),
      }),
    pluginOf: () => Promise.resolve(undefined),
    watchKubeconfigs: () => ({ refresh: () => undefined, stop: () => undefined }),
    addedKubeconfigs: createAddedKubeconfigs({ dataFolder: home, settings, homedir: home, files: realFiles }),
    survey: () => Promise.resolve([]),
    about: { version: '0', platform: 'test' },
    self: {
      person,
      install: settings.read().install,
      process: { machine: 'laptop', pid: options.processId, started: '1' },
      session: randomUUID().slice(0, 8),
    },
    isGone: options.isGone,
    openTraining: false,
    log: (line) => log.push(line),
  })
  const pair = await arrayPair()
  app.attach(pair.app)
  const client = connect(pair.page)
  const { connections } = kubeconfigs
  const connection = connectionId((connections.find((one) => one.current) ?? connections[0])?.id ?? '')
  let latest: PipelineView | undefined
  const target = (service = options.service): Target => ({ connection, namespace, service })

  // As the page does; a release of ours that waits for this cluster may have connected it by now.
  void client.call('cluster/connect', { connection })
  client.subscribe('pipeline', target(), (payload) => {
    latest = payload.kind === 'view' ? payload.view : undefined
  })

  function view(): PipelineView {
    if (latest === undefined) throw new Error(`there is no picture yet: ${log.join('\n')}`)
    return latest
  }

  function uidOf(number: number): Uid {
    const batch = view().batches.find((one) => one.number === number)
    if (batch === undefined) throw new Error(`there is no batch ${number}`)
    return batch.uid
  }

  function draft(wish: Wish): CommandInput<'release/check'> {
    const { batches, release } = view()
    const gates = { ...defaultGates, bakeSeconds: 0, ...wish.gates }
    const sizes = Object.entries(wish.sizes ?? {}).map(([number, to]) => {
      const batch = batches.find((one) => one.number === Number(number))
      return { batch: uidOf(Number(number)), from: batch?.desired ?? 0, to }
    })
    const images = batches.map((batch) => ({
      batch: batch.uid,
      container,
      image: options.image(wish.tag ?? ''),
    }))
    return {
      target: target(),
      change: wish.change ?? (wish.tag === undefined ? { kind: 'none' } : { kind: 'image', images }),
      sizes,
      steps: batches.map((batch) => ({
        batch: batch.uid,
        gates: { ...gates, ...wish.gatesOf?.[batch.number] },
        leftOut: wish.leftOut?.includes(batch.number) ?? false,
      })),
      onFailure: wish.onFailure ?? 'pause',
      batchLimitSeconds: wish.batchLimitSeconds ?? 1800,
      ...(wish.supersede !== undefined &&
        release !== undefined && { supersedes: { release: release.id, from: wish.supersede } }),
    }
  }

  function press(
    verb: SteeringVerb | 'take-over',
    parts: { readonly step?: number } = {},
  ): Promise<Reply<null>> {
    const { release } = view()
    const seen = release?.verbs.find((one) => one.verb === verb)
    const version = release === undefined ? {} : { version: release.version }
    const common = { request: randomUUID(), target: target(), release: release?.id ?? '', ...version }
    switch (verb) {
      case 'pause':
      case 'resume':
      case 'freeze':
      case 'push-all':
      case 'stop':
        return client.call(`release/${verb}`, common)
      case 'approve':
        return client.call('release/approve', { ...common, step: parts.step ?? seen?.step ?? 0 })
      case 'retry':
      case 'skip':
      case 'adopt':
      case 'restore':
        return client.call(`release/${verb}`, { ...common, batch: seen?.batch ?? '' })
      case 'take-over':
        return client.call('release/take-over', common)
      case 'roll-back':
        return rollBack()
    }
  }

  function rollBack(
    mode: 'at-once' | 'batch-by-batch' = 'at-once',
    numbers?: readonly number[],
  ): Promise<Reply<null>> {
    const { release, batches } = view()
    const offered = release?.rollBack?.batches.map((one) => one.uid) ?? batches.map((one) => one.uid)
    return client.call('release/roll-back', {
      request: randomUUID(),
      target: target(),
      release: release?.id ?? '',
      mode,
      batches: numbers === undefined ? [...offered] : numbers.map(uidOf),
    })
  }

  return {
    clock,
    client,
    connection,
    log,
    view,
    picture: () => latest,
    says: () => (latest === undefined ? '' : sayEnglish(latest.headline)),
    draft,
    release: (wish) => client.call('release/start', { request: randomUUID(), draft: draft(wish) }),
    press,
    rollBack,
    verb: (name) => latest?.release?.verbs.find((one) => one.verb === name),
    target,
    call: (name, input) => client.call(name, input),
    kill: () => app.close(),
  }
}

/** What a person reads of a refusal, in English; undefined where nothing was refused. */
export function refusalOf(reply: Reply<unknown>): string | undefined {
  return reply.ok ? undefined : faultText(reply.fault, 'en')
}

export function faultOf(reply: Reply<unknown>): Fault | undefined {
  return reply.ok ? undefined : reply.fault
}
