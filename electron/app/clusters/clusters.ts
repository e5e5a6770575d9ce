import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ClustersView } from '../../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { PluginConsent } from '../../../shared/model/plugin-consent.ts'
import type { Unsaved } from '../../../shared/model/unsaved.ts'
import type { Connection } from '../../cluster/connection.ts'
import { isInsecure } from '../../cluster/kubeconfig/is-insecure.ts'
import {
  sameTarget,
  type ConnectionSpec,
  type LoadedKubeconfigs,
} from '../../cluster/kubeconfig/kubeconfig.ts'
import { createRedactor, secretsOf } from '../../cluster/dial/redact.ts'
import type { UnansweredWrite } from '../../cluster/requests/unanswered-writes.ts'
import { keepLastGood } from '../../cluster/kubeconfig/last-good.ts'
import type { PluginTalk } from '../../cluster/sign-in/plugin-talk.ts'
import { createListeners } from '../async/listeners.ts'
import { createSignIns } from './sign-ins.ts'
import type { Resting } from '../watching/watch-order.ts'

export type ClustersOptions = {
  /** Reads the kubeconfigs anew. Executes nothing, connects to nothing. */
  readonly load: () => Promise<LoadedKubeconfigs>
  /** As they were read when it began. */
  readonly first: LoadedKubeconfigs
  /** Files and folders that were added by hand. */
  readonly added: () => readonly string[]
  /** What is kept on this machine can't be written just now. */
  readonly unsaved: () => Unsaved | undefined
  readonly connect: (
    spec: ConnectionSpec,
    how: { readonly consent: string | undefined; readonly signal: AbortSignal; readonly talk: PluginTalk },
  ) => Promise<Reply<Connection>>
  /** The plugin that this spec would run, for the question to the person; a fault where it can't be run at all. */
  readonly pluginOf: (spec: ConnectionSpec) => Promise<Reply<PluginConsent> | undefined>
  readonly training?: ConnectionSpec
  /** What the person says about it, and whether changes are switched on. */
  readonly about: (
    spec: ConnectionSpec,
  ) => Pick<ClusterView, 'alias' | 'colour' | 'production' | 'productionSaid' | 'replacedAt' | 'drives'>
  /** Since when it is connected without being watched. */
  readonly resting: (id: ConnectionId) => Resting | undefined
  /** Told before the end of a connection is: nothing of it is used any more. */
  readonly onClosed: (id: ConnectionId) => void
  /** A person connects once more where all is well: what could not be read there may be tried again. */
  readonly onAgain: (id: ConnectionId) => void
  readonly log: (line: string) => void
}

export type Clusters = {
  view(): ClustersView
  onChange(listener: () => void): () => void
  /** A click. The only other reason to connect is a release that this installation drives. */
  connect(id: ConnectionId, consent?: string): Promise<Reply<null>>
  disconnect(id: ConnectionId): Promise<Reply<null>>
  /** Settles once what is there now is known. */
  rescan(): Promise<void>
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

/** What an attempt to connect comes to. */
type Outcome =
  | Extract<State, { kind: 'consent' | 'failed' }>
  | { readonly kind: 'opened'; readonly connection: Connection }

/** All contexts and how each of them stands. */
export function createClusters(options: ClustersOptions): Clusters {
  const { add, tell } = createListeners()
  const states = new Map<ConnectionId, State>()
  const open = new Map<ConnectionId, Connection>()
  const attempts = new Map<ConnectionId, AbortController>()
  /** What the attempts will come to: whoever asks meanwhile would else take the cluster for connected. */
  const coming = new Map<ConnectionId, Promise<Reply<null>>>()
  const signIns = createSignIns(tell)
  let loaded: LoadedKubeconfigs = complete(options.first)
  let scanning: Promise<void> | undefined
  let scansAgain: Promise<void> | undefined

  function complete(read: LoadedKubeconfigs): LoadedKubeconfigs {
    const found = withOpenOnes(read)
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
        now === undefined ? ({ kind: 'context-gone' } as const) : ({ kind: 'context-changed' } as const)
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

  function connect(id: ConnectionId, consent?: string): Promise<Reply<null>> {
    const same = attempts.has(id) ? coming.get(id) : undefined
    if (same !== undefined) return same
    const own = attempt(id, consent)
    coming.set(id, own)
    return own
  }

  async function attempt(id: ConnectionId, consent?: string): Promise<Reply<null>> {
    const spec = loaded.connections.find((one) => one.id === id)
    if (spec === undefined) return failed('not-found', 'This context is no longer in any kubeconfig.')
    const already = open.get(id)
    // What is well stays as it is; what is not is tried again, with a new sign-in if need be.
    if (already !== undefined) return await again(already)
    const control = new AbortController()
    attempts.set(id, control)
    setState(id, { kind: 'connecting' })
    const outcome = await outcomeOf(spec, consent, control.signal)
    // Disconnected while it was being opened.
    if (control.signal.aborted) {
      if (outcome.kind === 'opened') await end(outcome.connection)
      return failed('closed', 'The connection was closed.')
    }
    attempts.delete(id)
    switch (outcome.kind) {
      case 'consent':
        setState(id, outcome)
        return failed('consent-needed', 'This context runs a program to sign in. Agree to it first.')
      case 'failed':
        setState(id, outcome)
        return { ok: false, fault: outcome.fault }
      case 'opened':
        take(id, outcome.connection, consent)
        return ok(null)
    }
  }

  async function again(connection: Connection): Promise<Reply<null>> {
    if (connection.health().fault !== undefined) return await connection.retry()
    // The way there is well; one of its watches may not be, for lack of a right that has been granted since.
    options.onAgain(connection.spec.id)
    return ok(null)
  }

  /** Never throws: without an outcome an attempt would never end, and no other could be made. */
  async function outcomeOf(
    spec: ConnectionSpec,
    consent: string | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      const plugin = spec.unusable === undefined ? await options.pluginOf(spec) : undefined
      if (plugin?.ok === false) return { kind: 'failed', fault: plugin.fault }
      if (plugin !== undefined && consent !== plugin.value.key) return { kind: 'consent', ...plugin.value }
      if (signal.aborted) return { kind: 'failed', fault: { code: 'closed', message: 'It was given up.' } }
      const connection = await options.connect(spec, { consent, signal, talk: signIns.talk(spec.id) })
      return connection.ok
        ? { kind: 'opened', connection: connection.value }
        : { kind: 'failed', fault: connection.fault }
    } catch (error) {
      note(`connecting to ${spec.name} failed`, error, spec)
      const message = 'Something went wrong inside Tranche. The log has the details.'
      return { kind: 'failed', fault: { code: 'internal', message } }
    }
  }

  function note(what: string, error: unknown, spec: ConnectionSpec): void {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    options.log(`${what}: ${createRedactor(secretsOf([spec]))(why)}`)
  }

  const closed: Connection[] = []

  /** Whatever is broken in it, nothing waits for it any more. */
  async function end(connection: Connection): Promise<void> {
    try {
      await connection.close()
    } catch (error) {
      note(`closing ${connection.spec.name} failed`, error, connection.spec)
    }
  }

  function take(id: ConnectionId, opened: Connection, consent: string | undefined): void {
    open.set(id, opened)
    options.log(`connected to ${opened.spec.name} (${opened.version})`)
    const tellHealth = (): void => {
      if (open.get(id) === opened)
        setState(id, { kind: 'connected', version: opened.version, ...opened.health() })
    }
    opened.onHealth(tellHealth)
    opened.onReplaced(() => void connectAnew(id, consent))
    tellHealth()
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
    if (connection !== undefined) {
      await end(connection)
      await rescan()
    }
    return ok(null)
  }

  async function scan(): Promise<void> {
    const found = await options.load()
    const before = JSON.stringify(loaded)
    loaded = keepLastGood(loaded, complete(found))
    if (JSON.stringify(loaded) !== before) tell()
  }

  /** One look at a time, and one more for all who ask meanwhile: it may have begun before what they have changed. */
  function rescan(): Promise<void> {
    if (scanning === undefined) {
      scanning = scan()
        .catch((error: unknown) => options.log(`kubeconfigs: ${String(error)}`))
        .finally(() => (scanning = undefined))
      return scanning
    }
    scansAgain ??= scanning.then(() => {
      scansAgain = undefined
      return rescan()
    })
    return scansAgain
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
      ...unsavedView(options.unsaved()),
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
    unanswered: () => [...open.values(), ...closed].flatMap((connection) => connection.unanswered()),
    async close() {
      for (const attempt of attempts.values()) attempt.abort()
      // What was cut off with them is in doubt still.
      closed.push(...open.values())
      open.clear()
      await Promise.all(closed.map(end))
    },
  }
}

function unsavedView(unsaved: Unsaved | undefined): Pick<ClustersView, 'unsaved'> {
  return unsaved === undefined ? {} : { unsaved }
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
