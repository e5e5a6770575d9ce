import type {
  CommandInput,
  CommandName,
  CommandOutput,
  FeedName,
  FeedParams,
  FeedPayload,
} from '../../shared/contract.ts'
import { failed, type Reply } from '../../shared/fault.ts'
import type { Client } from '../../shared/rpc.ts'
import { keyIn, readAddress } from './read-address.ts'
import { openLink, type BridgeStatus } from './reconnecting-link.ts'

export type BridgeClient = Omit<Client, 'close'> & {
  onStatus(listener: (status: BridgeStatus) => void): () => void
  enter?(address: string): boolean
}

const storageKey = 'tranche.secret'

type Subscription = { start(client: Client): () => void; stop?: (() => void) | undefined }

/** Reaches the application, again and again: a feed that was subscribed stays subscribed over reconnects. */
export function openClient(): BridgeClient {
  const subscriptions = new Set<Subscription>()
  const link = openLink(takeSecret(), (client) => {
    for (const one of subscriptions) one.stop = one.start(client)
  })

  function takeKey(key: string): void {
    sessionStorage.setItem(storageKey, key)
    link.takeKey(key)
  }

  // The address of a new start, pasted over the old one in this very tab, only changes the fragment.
  window.addEventListener('hashchange', () => {
    const now = takeSecret()
    if (now !== link.key()) takeKey(now)
  })
  return {
    call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<CommandOutput<N>>> {
      return (
        link.client()?.call(name, input) ?? Promise.resolve(failed('closed', { kind: 'app-unreachable' }))
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
      const client = link.client()
      if (client !== undefined) one.stop = one.start(client)
      return () => {
        subscriptions.delete(one)
        one.stop?.()
      }
    },
    onStatus: link.onStatus,
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
