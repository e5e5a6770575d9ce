import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { Connection } from '../../cluster/connection.ts'
import type { ConnectionSpec } from '../../cluster/kubeconfig/kubeconfig.ts'
import type { PluginTalk } from '../../cluster/sign-in/plugin-talk.ts'
import { attemptToConnect, type AttemptTools } from './attempt-to-connect.ts'
import type { OpenConnections } from './open-connections.ts'

type State = ClusterView['state']

/** While it is being opened: whoever asks meanwhile would else take the cluster for connected, and is told the same. */
type Attempt = { readonly control: AbortController; readonly reply: Promise<Reply<null>> }

export type ConnectingOptions = AttemptTools & {
  readonly open: OpenConnections
  readonly talk: (id: ConnectionId) => PluginTalk
  readonly specOf: (id: ConnectionId) => ConnectionSpec | undefined
  readonly rescan: () => Promise<void>
  readonly tell: () => void
  /** Told before the end of a connection is: nothing of it is used any more. */
  readonly onClosed: (id: ConnectionId) => void
  /** A person connects once more where all is well: what could not be read there may be tried again. */
  readonly onAgain: (id: ConnectionId) => void
}

export type Connecting = {
  connect(id: ConnectionId, consent?: string): Promise<Reply<null>>
  disconnect(id: ConnectionId): Promise<Reply<null>>
  /** `undefined`: nobody has connected there yet. */
  state(id: ConnectionId): State | undefined
  /** Gives up what is being opened. */
  abort(): void
}

/** The way of each context between idle and connected. */
export function createConnecting(options: ConnectingOptions): Connecting {
  const { open, specOf, tell } = options
  const states = new Map<ConnectionId, State>()
  const attempts = new Map<ConnectionId, Attempt>()

  function setState(id: ConnectionId, state: State): void {
    states.set(id, state)
    tell()
  }

  function connect(id: ConnectionId, consent?: string): Promise<Reply<null>> {
    const same = attempts.get(id)
    if (same !== undefined) return same.reply
    const spec = specOf(id)
    if (spec === undefined) return Promise.resolve(failed('not-found', { kind: 'context-unlisted' }))
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
    const outcome = await attemptToConnect(options, { spec, consent, signal, talk: options.talk(id) })
    // Disconnected while it was being opened.
    if (signal.aborted) {
      if (outcome.kind === 'opened') await open.end(outcome.connection)
      return failed('closed', { kind: 'connection-closed' })
    }
    attempts.delete(id)
    switch (outcome.kind) {
      case 'consent':
        setState(id, outcome)
        return failed('consent-needed', { kind: 'consent-first' })
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
      await options.rescan()
    }
    return ok(null)
  }

  return {
    connect,
    disconnect,
    state: (id) => states.get(id),
    abort() {
      for (const { control } of attempts.values()) control.abort()
    },
  }
}
