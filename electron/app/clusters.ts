import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { ClustersView, ClusterView } from '../../shared/contract.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Connection } from '../cluster/connection.ts'
import { isInsecure } from '../cluster/is-insecure.ts'
import { sameTarget, type ConnectionSpec, type LoadedKubeconfigs } from '../cluster/kubeconfig.ts'
import type { UnansweredWrite } from '../cluster/unanswered-writes.ts'
import { keepLastGood } from '../cluster/last-good.ts'
import type { PluginTalk } from '../cluster/plugin-talk.ts'
import { createListeners } from './listeners.ts'
import { createSignIns } from './sign-ins.ts'
import type { Resting } from './watch-budget.ts'

export type ClustersOptions = {
  /** Reads the kubeconfigs anew. Executes nothing, connects to nothing. */
  readonly load: () => LoadedKubeconfigs
  /** Files and folders that were added by hand. */
  readonly added: () => readonly string[]
  readonly connect: (
    spec: ConnectionSpec,
    how: { readonly consent: string | undefined; readonly signal: AbortSignal; readonly talk: PluginTalk },
  ) => Promise<Reply<Connection>>
  /** The plugin that this spec would run, for the question to the person. */
  readonly pluginOf: (
    spec: ConnectionSpec,
  ) => Promise<Omit<Extract<ClusterView['state'], { kind: 'consent' }>, 'kind'> | undefined>
  readonly training?: ConnectionSpec
  /** What the person says about it, and whether changes are switched on. */
  readonly about: (
    spec: ConnectionSpec,
  ) => Pick<ClusterView, 'alias' | 'colour' | 'production' | 'productionSaid' | 'replacedAt' | 'drives'>
  /** Since when it is connected without being watched. */
  readonly resting: (id: ConnectionId) => Resting | undefined
  /** Told before the end of a connection is: nothing of it is used any more. */
  readonly onClosed: (id: ConnectionId) => void
  readonly log: (line: string) => void
}

export type Clusters = {
  view(): ClustersView
  onChange(listener: () => void): () => void
  /** A click. The only other reason to connect is a release that this installation drives. */
  connect(id: ConnectionId, consent?: string): Promise<Reply<null>>
  disconnect(id: ConnectionId): Promise<Reply<null>>
  rescan(): void
  /** A line for the plugin that signs in there just now, if it is still the one that was answered. */
  answer(id: ConnectionId, said: { readonly run: number; readonly line: string }): Reply<null>
  spec(id: ConnectionId): ConnectionSpec | undefined
  specs(): readonly ConnectionSpec[]
  /** Something that `about` gives has changed. */
  tell(): void
  get(id: ConnectionId): Connection | undefined
  /** After sleep: no socket can be trusted. All watches start anew, spread by chance over the given time. */
  resume(withinMs: number): void
  /** Writes that were sent and not answered, over connections that are open. */
  unanswered(): readonly UnansweredWrite[]
  close(): Promise<void>
}

type State = ClusterView['state']

/** All contexts and how each of them stands. */
export function createClusters(options: ClustersOptions): Clusters {
  const { add, tell } = createListeners()
  const states = new Map<ConnectionId, State>()
  const open = new Map<ConnectionId, Connection>()
  const attempts = new Map<ConnectionId, AbortController>()
  const signIns = createSignIns(tell)
  let loaded: LoadedKubeconfigs = load()

  function load(): LoadedKubeconfigs {
    const found = withOpenOnes(options.load())
    return options.training === undefined
      ? found
      : { ...found, connections: [...found.connections, options.training] }
  }

  /** A connection that is open stays what it was opened as, whatever happens to its file: a release may run on it. */
  function withOpenOnes(found: LoadedKubeconfigs): LoadedKubeconfigs {
    const pinned = [...open.values()].flatMap(({ spec }) => {
      if (spec.id === options.training?.id) return []
      const now = found.connections.find((one) => one.id === spec.id)
      if (now !== undefined && sameTarget(now, spec)) return []
      const warning =
        now === undefined
          ? 'This context is no longer in its kubeconfig. The connection stays until you close it.'
          : 'Its kubeconfig has changed since it was connected. Connect anew to use what is there now.'
      return [{ ...spec, current: false, warnings: [...spec.warnings, warning] }]
    })
    const others = found.connections.filter((one) => !pinned.some((pin) => pin.id === one.id))
    return { ...found, connections: [...others, ...pinned] }
  }

  function stateOf(id: ConnectionId): State | undefined {
    const state = states.get(id)
    const resting = options.resting(id)
    if (state?.kind !== 'connected' || state.freshness.kind !== 'live' || resting === undefined) return state
    return { ...state, resting: true, freshness: { kind: 'stale', ...resting } }
  }

  function setState(id: ConnectionId, state: State): void {
    states.set(id, state)
    tell()
  }

  async function connect(id: ConnectionId, consent?: string): Promise<Reply<null>> {
    const spec = loaded.connections.find((one) => one.id === id)
    if (spec === undefined) return failed('not-found', 'This context is no longer in any kubeconfig.')
    if (attempts.has(id)) return ok(null)
    const already = open.get(id)
    // What is well stays as it is; what is not is tried again, with a new sign-in if need be.
    if (already !== undefined) return already.health().fault === undefined ? ok(null) : await already.retry()
    const attempt = new AbortController()
    const isGivenUp = (): boolean => attempt.signal.aborted
    attempts.set(id, attempt)
    setState(id, { kind: 'connecting' })
    const plugin = spec.unusable === undefined ? await options.pluginOf(spec) : undefined
    if (isGivenUp()) return failed('closed', 'The connection was closed.')
    if (plugin !== undefined && consent !== plugin.key) {
      attempts.delete(id)
      setState(id, { kind: 'consent', ...plugin })
      return failed('consent-needed', 'This context runs a program to sign in. Agree to it first.')
    }
    const connection = await options.connect(spec, {
      consent,
      signal: attempt.signal,
      talk: signIns.talk(id),
    })
    // Disconnected while it was being opened.
    if (isGivenUp()) {
      if (connection.ok) await connection.value.close()
      return failed('closed', 'The connection was closed.')
    }
    attempts.delete(id)
    if (!connection.ok) {
      setState(id, { kind: 'failed', fault: connection.fault })
      return connection
    }
    const opened = connection.value
    open.set(id, opened)
    options.log(`connected to ${spec.name} (${opened.version})`)
    const tellHealth = (): void => {
      if (open.get(id) === opened)
        setState(id, { kind: 'connected', version: opened.version, ...opened.health() })
    }
    opened.onHealth(tellHealth)
    opened.onReplaced(() => void connectAnew(id, consent))
    tellHealth()
    return ok(null)
  }

  /** Another cluster answers: nothing that is known of the old one may be taken for it. */
  async function connectAnew(id: ConnectionId, consent: string | undefined): Promise<void> {
    await disconnect(id)
    await connect(id, consent)
  }

  async function disconnect(id: ConnectionId): Promise<Reply<null>> {
    const connection = open.get(id)
    open.delete(id)
    attempts.get(id)?.abort()
    attempts.delete(id)
    if (connection !== undefined) options.onClosed(id)
    setState(id, { kind: 'idle' })
    await connection?.close()
    if (connection !== undefined) rescan()
    return ok(null)
  }

  function rescan(): void {
    const before = JSON.stringify(loaded)
    loaded = keepLastGood(loaded, load())
    if (JSON.stringify(loaded) !== before) tell()
  }

  return {
    view: () => ({
      clusters: loaded.connections.map((spec) => ({
        ...clusterView(spec, stateOf(spec.id), options.training?.id),
        ...options.about(spec),
        ...signIns.view(spec.id),
      })),
      problems: loaded.problems,
      lookedAt: loaded.lookedAt,
      added: options.added(),
    }),
    onChange: add,
    connect,
    disconnect,
    rescan,
    answer: signIns.answer,
    specs: () => loaded.connections,
    spec: (id) => loaded.connections.find((one) => one.id === id),
    tell,
    get: (id) => open.get(id),
    resume(withinMs) {
      for (const connection of open.values()) {
        connection.suspend('The machine was asleep.')
        connection.resume(withinMs)
      }
    },
    unanswered: () => [...open.values()].flatMap((connection) => connection.unanswered()),
    async close() {
      for (const attempt of attempts.values()) attempt.abort()
      const all = [...open.values()]
      open.clear()
      await Promise.all(all.map((connection) => connection.close()))
    },
  }
}

function clusterView(
  spec: ConnectionSpec,
  state: State | undefined,
  training: ConnectionId | undefined,
): ClusterView {
  return {
    id: spec.id,
    name: spec.name,
    file: spec.file,
    server: spec.server,
    namespace: spec.namespace,
    training: spec.id === training,
    current: spec.current,
    warnings: spec.warnings,
    state: state ?? { kind: 'idle' },
    ...(spec.merged === true && { merged: true }),
    ...(isInsecure(spec) && { insecure: true }),
  }
}
