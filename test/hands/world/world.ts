import type {
  CommandInput,
  CommandName,
  FeedName,
  FeedParams,
  FeedPayloads,
  Target,
} from '../../../shared/contract.ts'
import { failedInWords, type Fault, type Reply } from '../../../shared/fault.ts'
import type { Pipe } from '../../../shared/rpc-pipe.ts'
import type { Served } from '../../../shared/rpc.ts'
import { connectionId, releaseId } from '../../../shared/ids.ts'
import type { Notice } from '../../../shared/view/notice.ts'
import { createDice } from '../../simulation/dice.ts'
import { clustersPicture, servicesPicture } from './cluster-picture.ts'
import { commandsOf } from './do-command.ts'
import { firstClusters } from './first-clusters.ts'
import type { WorldCluster } from './places.ts'
import { podsPicture, servicePicture } from './service-picture.ts'

/** How the next commands are answered: at once, after others, with a no, or never, because the connection breaks. */
export type Manner = 'now' | 'late' | 'refused' | 'late-refused' | 'lost'

export type World = {
  readonly clusters: WorldCluster[]
  readonly served: Pick<Served, 'handlers' | 'subscribe'>
  /** Tells every window what is there now. */
  push(): void
  answer(manner: Manner, times: number): void
  /** Gives an answer that was kept back: the how-manieth of those that wait. */
  deliver(index: number): void
  readonly waiting: () => number
  /** Breaks every connection. */
  cut(): void
  keep(pipe: Pipe): () => void
  /** Feeds that are subscribed to, over all windows. */
  readonly subscriptions: () => readonly string[]
}

type Subscriber = { readonly feed: FeedName; readonly key: string; readonly send: () => void }

/** Clusters, Services and releases behind the page, steered by a test. */
export function createWorld(seed: number): World {
  const clusters = firstClusters(createDice(seed).apart('world'))
  const commands = commandsOf(clusters)
  const subscribers = new Set<Subscriber>()
  const pipes = new Set<Pipe>()
  const late: (() => void)[] = []
  let manner: Manner = 'now'
  let left = 0
  let refused = 0

  function push(): void {
    for (const { send } of [...subscribers]) send()
  }

  function cut(): void {
    for (const pipe of [...pipes]) pipe.close()
  }

  function next(): Manner {
    if (left === 0) return 'now'
    left--
    return manner
  }

  /** Each no is told from all others; now and then it names a Service whose release stands in the way. */
  function refusal(name: CommandName, input: unknown): Reply<unknown> {
    refused++
    const message = `The world says no (${String(refused)}).`
    const elsewhere = { namespace: 'demo', service: refused % 2 === 0 ? 'notify' : 'pay-gateway' }
    const { fault: bare } = failedInWords('conflict', message)
    const fault = refused % 3 === 0 ? bare : { ...bare, elsewhere }
    if (name === 'cluster/connect') failConnecting(input as CommandInput<'cluster/connect'>, fault)
    return { ok: false, fault }
  }

  /** One that is being connected has failed with it: it says so itself, as the application's does. */
  function failConnecting({ connection }: CommandInput<'cluster/connect'>, fault: Fault): void {
    const cluster = clusters.find((one) => one.id === connection)
    if (cluster?.state.kind !== 'connecting') return
    cluster.state = { kind: 'failed', fault }
    cluster.signIn = undefined
    push()
  }

  function handle<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<unknown>> {
    const how = next()
    if (how === 'refused' && name !== 'release/check') {
      return Promise.resolve(refusal(name, input))
    }
    if (how === 'late-refused' && name !== 'release/check')
      return new Promise((resolve) => late.push(() => resolve(refusal(name, input))))
    const reply = commands[name](input)
    push()
    if (how === 'lost') {
      cut()
      return new Promise(() => undefined)
    }
    if (how !== 'late') return Promise.resolve(reply)
    return new Promise((resolve) => late.push(() => resolve(reply)))
  }

  function payload(feed: FeedName, params: unknown): FeedPayloads[FeedName] {
    switch (feed) {
      case 'clusters':
        return clustersPicture(clusters)
      case 'training':
        return { kind: 'off' }
      case 'notices':
        return noticesOf(clusters)
      case 'services':
      case 'pipeline':
      case 'pods':
        return ofPlace(clusters, feed, params as Target)
      default:
        throw new Error(`No feed ${String(feed)}`)
    }
  }

  function subscriber<F extends FeedName>(feed: F) {
    return (params: FeedParams<F>, send: (payload: FeedPayloads[F]) => void): (() => void) => {
      const key = `${feed} ${JSON.stringify(params)}`
      const tell = () => send(payload(feed, params) as FeedPayloads[F])
      const one = { feed, key, send: tell }
      subscribers.add(one)
      tell()
      return () => void subscribers.delete(one)
    }
  }

  const names = Object.keys(commands) as CommandName[]
  const handlers = Object.fromEntries(
    names.map((name) => [name, (input: CommandInput<typeof name>) => handle(name, input)]),
  )
  return {
    clusters,
    served: {
      // The table's names and its handlers belong together; a union of names can't express that.
      handlers: handlers as unknown as Served['handlers'],
      subscribe: {
        clusters: subscriber('clusters'),
        services: subscriber('services'),
        pipeline: subscriber('pipeline'),
        pods: subscriber('pods'),
        training: subscriber('training'),
        notices: subscriber('notices'),
      },
    },
    push,
    answer(next, times) {
      manner = next
      left = times
    },
    deliver(index) {
      const [give] = late.splice(Math.min(index, late.length - 1), 1)
      give?.()
    },
    waiting: () => late.length,
    cut,
    keep(pipe) {
      pipes.add(pipe)
      return () => void pipes.delete(pipe)
    },
    subscriptions: () => [...subscribers].map((one) => one.key),
  }
}

function ofPlace(
  clusters: readonly WorldCluster[],
  feed: 'services' | 'pipeline' | 'pods',
  target: Target,
): FeedPayloads['services'] | FeedPayloads['pipeline'] | FeedPayloads['pods'] {
  const cluster = clusters.find((one) => one.id === target.connection)
  if (cluster === undefined)
    return { kind: 'missing', why: { kind: 'words', words: 'There is no such cluster.' } }
  if (feed === 'services') return servicesPicture(cluster, target.namespace)
  const namespace = cluster.namespaces.find((one) => one.name === target.namespace)
  const service = namespace?.services.find((one) => one.name === target.service)
  if (namespace === undefined || service === undefined)
    return { kind: 'missing', why: { kind: 'words', words: `Services "${target.service}" not found` } }
  return feed === 'pods' ? podsPicture(service) : servicePicture({ cluster, namespace, service })
}

function noticesOf(clusters: readonly WorldCluster[]): readonly Notice[] {
  return clusters.flatMap((cluster) =>
    cluster.namespaces.flatMap((namespace) =>
      namespace.services.flatMap(({ name, release }) =>
        release?.state === 'held' && release.driver === 'us'
          ? [
              {
                target: { connection: connectionId(cluster.id), namespace: namespace.name, service: name },
                release: releaseId(release.id),
                why: {
                  kind: 'standstill' as const,
                  sentence: { kind: 'release-deadline' as const, batch: 1 },
                },
              },
            ]
          : [],
      ),
    ),
  )
}
