import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ClustersView } from '../../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { Unsaved } from '../../../shared/model/unsaved.ts'
import type { Connection } from '../../cluster/connection.ts'
import { isInsecure } from '../../cluster/kubeconfig/is-insecure.ts'
import type { ConnectionSpec, LoadedKubeconfigs } from '../../cluster/kubeconfig/kubeconfig.ts'
import type { UnansweredWrite } from '../../cluster/requests/unanswered-writes.ts'
import { createListeners } from '../async/listeners.ts'
import type { Resting } from '../watching/watch-order.ts'
import { attemptToConnect, type AttemptTools } from './attempt-to-connect.ts'
import { createKnownContexts } from './known-contexts.ts'
import { createOpenConnections } from './open-connections.ts'
import { createSignIns } from './sign-ins.ts'

export type ClustersOptions = AttemptTools & {
  /** Reads the kubeconfigs anew. Executes nothing, connects to nothing. */
  readonly load: () => Promise<LoadedKubeconfigs>
  /** As they were read when it began. */
  readonly first: LoadedKubeconfigs
  /** Files and folders that were added by hand. */
  readonly added: () => readonly string[]
  /** What is kept on this machine can't be written just now. */
  readonly unsaved: () => Unsaved | undefined
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

/** While it is being opened: whoever asks meanwhile would else take the cluster for connected, and is told the same. */
type Attempt = { readonly control: AbortController; readonly reply: Promise<Reply<null>> }

/** All contexts and how each of them stands. */
export function createClusters(options: ClustersOptions): Clusters {
  const { add, tell } = createListeners()
  const states = new Map<ConnectionId, State>()
  const attempts = new Map<ConnectionId, Attempt>()
  const open = createOpenConnections(options.log)
  const signIns = createSignIns(tell)
  const contexts = createKnownContexts({
    ...options,
    openOnes: () => open.all().map(({ spec }) => spec),
    onChange: tell,
  })
  const specOf = (id: ConnectionId) => contexts.now().connections.find((one) => one.id === id)

  function setState(id: ConnectionId, state: State): void {
    states.set(id, state)
    tell()
  }

  function connect(id: ConnectionId, consent?: string): Promise<Reply<null>> {
    const same = attempts.get(id)
    if (same !== undefined) return same.reply
    const spec = specOf(id)
    if (spec === undefined)
      return Promise.resolve(failed('not-found', 'This context is no longer in any kubeconfig.'))
    const already = open.get(id)
    // What is well stays as it is; what is not is tried again, with a new sign-in if need be.
    if (already !== undefined) return again(already)
    const control = new AbortController()
    states.set(id, { kind: 'connecting' })
    const reply = attempt(spec, consent, control.signal)
    attempts.set(id, { control, reply })
    // Only now: whoever is told may ask for the same.
    tell()
    return reply
  }

  async function attempt(
    spec: ConnectionSpec,
    consent: string | undefined,
    signal: AbortSignal,
  ): Promise<Reply<null>> {
    const { id } = spec
    const outcome = await attemptToConnect(options, { spec, consent, signal, talk: signIns.talk(id) })
    // Disconnected while it was being opened.
    if (signal.aborted) {
      if (outcome.kind === 'opened') await open.end(outcome.connection)
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

  function take(id: ConnectionId, opened: Connection, consent: string | undefined): void {
    open.put(id, opened)
    options.log(`connected to ${opened.spec.name} (${opened.version})`)
    const tellHealth = (): void => {
      if (open.get(id) === opened)
        setState(id, { kind: 'connected', version: opened.version, ...opened.health() })
    }
    opened.onHealth(tellHealth)
    // Another cluster answers: nothing that is known of the old one may be taken for it.
    opened.onReplaced(() => void disconnect(id).then(() => connect(id, consent)))
    tellHealth()
  }

  async function disconnect(id: ConnectionId): Promise<Reply<null>> {
    const connection = open.take(id)
    attempts.get(id)?.control.abort()
    attempts.delete(id)
    if (connection !== undefined) options.onClosed(id)
    setState(id, { kind: 'idle' })
    if (connection !== undefined) {
      await open.end(connection)
      await contexts.rescan()
    }
    return ok(null)
  }

  return {
    view: () => ({
      ...contextsView(contexts.now(), options, (id) => ({
        state: shownState(states.get(id), options.resting(id)),
        ...signIns.view(id),
      })),
      added: options.added(),
      ...unsavedView(options.unsaved()),
    }),
    onChange: add,
    connect,
    disconnect,
    rescan: contexts.rescan,
    answer: signIns.answer,
    specs: () => contexts.now().connections,
    spec: specOf,
    tell,
    get: open.get,
    resume: open.resume,
    unanswered: open.unanswered,
    close() {
      for (const { control } of attempts.values()) control.abort()
      return open.close()
    },
  }
}

/** What is not watched while it is connected is as old as its last watch. */
function shownState(state: State | undefined, resting: Resting | undefined): State {
  if (state?.kind !== 'connected' || state.freshness.kind !== 'live' || resting === undefined)
    return state ?? { kind: 'idle' }
  return { ...state, resting: true, freshness: { kind: 'stale', ...resting } }
}

function contextsView(
  { connections, problems, lookedAt }: LoadedKubeconfigs,
  { about, training }: Pick<ClustersOptions, 'about' | 'training'>,
  standing: (id: ConnectionId) => Pick<ClusterView, 'state' | 'signIn'>,
): Pick<ClustersView, 'clusters' | 'problems' | 'lookedAt'> {
  const clusters = connections.map((spec) => ({
    ...clusterView(spec, training?.id),
    ...about(spec),
    ...standing(spec.id),
  }))
  return { clusters, problems, lookedAt }
}

function unsavedView(unsaved: Unsaved | undefined): Pick<ClustersView, 'unsaved'> {
  return unsaved === undefined ? {} : { unsaved }
}

function clusterView(
  spec: ConnectionSpec,
  training: ConnectionId | undefined,
): Omit<ClusterView, 'state' | keyof ReturnType<ClustersOptions['about']>> {
  return {
    id: spec.id,
    name: spec.name,
    file: spec.file,
    server: spec.server,
    namespace: spec.namespace,
    training: spec.id === training,
    current: spec.current,
    warnings: spec.warnings,
    ...(spec.merged === true && { merged: true }),
    ...(isInsecure(spec) && { insecure: true }),
  }
}
