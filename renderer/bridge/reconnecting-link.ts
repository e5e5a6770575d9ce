import type { DesktopBridge } from '../../shared/desktop-bridge.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { openPortPipe } from './port-pipe.ts'
import { openSocketPipe, type OpenedSocket } from './socket-pipe.ts'

export type BridgeStatus = 'connecting' | 'open' | 'lost' | 'refused'

declare global {
  interface Window {
    /** Put there by the desktop host's preload; absent in a browser. */
    readonly tranche?: DesktopBridge
  }
}

export type ReconnectingLink = {
  /** `undefined` while the application is not reached. */
  client(): Client | undefined
  onStatus(listener: (status: BridgeStatus) => void): () => void
  key(): string
  /** Tries with another key, whatever has become of the one before. */
  takeKey(key: string): void
}

const firstWaitMs = 250
const longestWaitMs = 5_000

/** One way to the application after the other; `onOpen` is told of each, once it is the one that counts. */
export function openLink(given: string, onOpen: (client: Client) => void): ReconnectingLink {
  const listeners = new Set<(status: BridgeStatus) => void>()
  let secret = given
  let status: BridgeStatus = 'connecting'
  let client: Client | undefined
  let waitMs = firstWaitMs
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
    waitMs = firstWaitMs
    client = connect(pipe)
    pipe.onClose(() => {
      if (own !== attempt) return
      client = undefined
      again()
    })
    setStatus('open')
    onOpen(client)
  }

  function again(): void {
    if (status !== 'lost') setStatus('lost')
    const own = attempt
    setTimeout(() => {
      if (own === attempt) void open()
    }, waitMs)
    waitMs = Math.min(longestWaitMs, waitMs * 2)
  }

  void open()
  return {
    client: () => client,
    onStatus(listener) {
      listeners.add(listener)
      listener(status)
      return () => listeners.delete(listener)
    },
    key: () => secret,
    takeKey(key) {
      secret = key
      client?.close()
      client = undefined
      setStatus('connecting')
      void open()
    },
  }
}
