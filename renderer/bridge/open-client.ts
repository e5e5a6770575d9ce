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
import { keyIn, readAddress } from './read-address.ts'
import { openSocketPipe, type OpenedSocket } from './socket-pipe.ts'

type BridgeStatus = 'connecting' | 'open' | 'lost' | 'refused'
export type BridgeClient = Omit<Client, 'close'> & {
  onStatus(listener: (status: BridgeStatus) => void): () => void
  enter?(address: string): boolean
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
  let secret = takeSecret()
  const listeners = new Set<(status: BridgeStatus) => void>()
  const subscriptions = new Set<Subscription>()
  let status: BridgeStatus = 'connecting'
  let client: Client | undefined
  let waitMs = 250
  /** A later attempt with another key makes an earlier one count no more. */
  let attempt = 0

  function setStatus(next: BridgeStatus): void {
    status = next
    for (const listener of listeners) listener(next)
  }

  async function open(): Promise<void> {
    const own = ++attempt
    const opened: OpenedSocket =
      window.tranche === undefined
        ? await openSocketPipe(secret)
        : { kind: 'open', pipe: await openPortPipe(window.tranche) }
    if (own !== attempt) {
      if (opened.kind === 'open') opened.pipe.close()
      return
    }
    if (opened.kind === 'refused') {
      setStatus('refused')
      return
    }
    if (opened.kind === 'unreachable') {
      again()
      return
    }
    const { pipe } = opened
    waitMs = 250
    client = connect(pipe)
    pipe.onClose(() => {
      if (own !== attempt) return
      client = undefined
      again()
    })
    setStatus('open')
    for (const one of subscriptions) one.stop = one.start(client)
  }

  function again(): void {
    if (status !== 'lost') setStatus('lost')
    const own = attempt
    setTimeout(() => {
      if (own === attempt) void open()
    }, waitMs)
    waitMs = Math.min(longestWaitMs, waitMs * 2)
  }

  function takeKey(key: string): void {
    secret = key
    sessionStorage.setItem(storageKey, key)
    client?.close()
    client = undefined
    setStatus('connecting')
    void open()
  }

  // The address of a new start, pasted over the old one in this very tab, only changes the fragment.
  window.addEventListener('hashchange', () => {
    const before = secret
    const now = takeSecret()
    if (now !== before) takeKey(now)
  })
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
    ...(window.tranche === undefined && {
      enter(address: string) {
        const read = readAddress(address, location.host)
        if (read.kind === 'elsewhere') location.assign(read.url)
        if (read.kind === 'key') takeKey(read.key)
        return read.kind !== 'none'
      },
    }),
  }
}

/**
 * The secret comes in the fragment, which is cleared at once: it must not stay in the address bar or the history.
 * sessionStorage keeps it for a reload of this very tab; other origins, so other ports too, can't read it.
 */
function takeSecret(): string {
  const key = keyIn(location.hash)
  if (key !== undefined) sessionStorage.setItem(storageKey, key)
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  return keyIn(`k=${sessionStorage.getItem(storageKey) ?? ''}`) ?? ''
}
