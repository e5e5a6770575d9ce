import type {
  CommandInput,
  CommandName,
  CommandOutput,
  FeedName,
  FeedParams,
  FeedPayload,
} from '../../shared/contract.ts'
import type { DesktopBridge } from '../../shared/desktop-bridge.ts'
import { failed, type Reply } from '../../shared/fault.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { openPortPipe } from './port-pipe.ts'
import { openSocketPipe } from './socket-pipe.ts'

export type BridgeStatus = 'connecting' | 'open' | 'lost'
export type BridgeClient = Omit<Client, 'close'> & {
  onStatus(listener: (status: BridgeStatus) => void): () => void
}

declare global {
  interface Window {
    /** Put there by the desktop host's preload; absent in a browser. */
    readonly tranche?: DesktopBridge
  }
}

const storageKey = 'tranche.secret'
const longestWaitMs = 5_000

type Subscription = { start(client: Client): () => void; stop?: (() => void) | undefined }

/** Reaches the application, again and again: a feed that was subscribed stays subscribed over reconnects. */
export function openClient(): BridgeClient {
  const secret = takeSecret()
  const listeners = new Set<(status: BridgeStatus) => void>()
  const subscriptions = new Set<Subscription>()
  let status: BridgeStatus = 'connecting'
  let client: Client | undefined
  let waitMs = 250

  function setStatus(next: BridgeStatus): void {
    status = next
    for (const listener of listeners) listener(next)
  }

  async function open(): Promise<void> {
    const pipe =
      window.tranche === undefined ? await openSocketPipe(secret) : await openPortPipe(window.tranche)
    if (pipe === undefined) {
      again()
      return
    }
    waitMs = 250
    client = connect(pipe)
    pipe.onClose(() => {
      client = undefined
      again()
    })
    setStatus('open')
    for (const one of subscriptions) one.stop = one.start(client)
  }

  function again(): void {
    if (status !== 'lost') setStatus('lost')
    setTimeout(() => void open(), waitMs)
    waitMs = Math.min(longestWaitMs, waitMs * 2)
  }

  void open()
  return {
    call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<CommandOutput<N>>> {
      return (
        client?.call(name, input) ??
        Promise.resolve(failed('closed', 'The application is not reachable just now.'))
      )
    },
    subscribe<N extends FeedName>(
      feed: N,
      params: FeedParams<N>,
      listener: (payload: FeedPayload<N>, revision: number) => void,
    ): () => void {
      // Each connection counts its revisions from 1; the page goes by one count over all of them.
      let revision = 0
      const one: Subscription = {
        start: (to) => to.subscribe(feed, params, (payload) => listener(payload, ++revision)),
      }
      subscriptions.add(one)
      if (client !== undefined) one.stop = one.start(client)
      return () => {
        subscriptions.delete(one)
        one.stop?.()
      }
    },
    onStatus(listener) {
      listeners.add(listener)
      listener(status)
      return () => listeners.delete(listener)
    },
  }
}

/**
 * The secret comes in the fragment, which is cleared at once: it must not stay in the address bar or the history.
 * sessionStorage keeps it for a reload of this very tab; other origins, so other ports too, can't read it.
 */
function takeSecret(): string {
  const fragment = new URLSearchParams(location.hash.slice(1)).get('k')
  if (fragment !== null) {
    sessionStorage.setItem(storageKey, fragment)
    history.replaceState(null, '', location.pathname)
  }
  return sessionStorage.getItem(storageKey) ?? ''
}
