import type { Pipe } from '../../shared/rpc-pipe.ts'

/** `refused`: our secret and that of the other end are not the same. `unreachable`: nobody answers as Tranche does. */
export type OpenedSocket =
  | { readonly kind: 'open'; readonly pipe: Pipe }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unreachable' }

const patienceMs = 10_000

/** Opens the one WebSocket and checks that the application at its other end knows our secret before it gets ours. */
export async function openSocketPipe(secret: string): Promise<OpenedSocket> {
  // Without a key there is nothing to prove, and none can be made of nothing.
  if (secret === '') return { kind: 'refused' }
  const socket = new WebSocket(`ws://${location.host}/pipe`, 'tranche.v1')
  const kind = await shakeHands(socket, secret)
  return kind === 'open' ? { kind, pipe: pipeOver(socket) } : { kind }
}

async function shakeHands(socket: WebSocket, secret: string): Promise<OpenedSocket['kind']> {
  const key = await crypto.subtle.importKey(
    'raw',
    fromBase64(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const hello = toBase64(crypto.getRandomValues(new Uint8Array(24)))

  async function proof(role: 'server' | 'page', nonces: string): Promise<string> {
    const bytes = new TextEncoder().encode(`${role}:${nonces}`)
    return toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes)))
  }

  return new Promise((resolve) => {
    // Somebody who takes the connection and says nothing is not waited for without end.
    const timer = setTimeout(() => give('unreachable'), patienceMs)
    function give(kind: OpenedSocket['kind']): void {
      clearTimeout(timer)
      if (kind !== 'open') socket.close()
      resolve(kind)
    }
    const greet = () => socket.send(JSON.stringify({ hello }))
    if (socket.readyState === WebSocket.OPEN) greet()
    else socket.onopen = greet
    socket.onclose = () => give('unreachable')
    if (socket.readyState === WebSocket.CLOSED) give('unreachable')
    socket.onmessage = (event: MessageEvent<unknown>) => {
      const message = read(event.data)
      if (message?.ready === true) {
        give('open')
        return
      }
      if (message?.nonce === undefined) {
        give('unreachable')
        return
      }
      const nonces = hello + message.nonce
      void proof('server', nonces).then(async (expected) => {
        if (message.proof === expected) socket.send(JSON.stringify({ proof: await proof('page', nonces) }))
        else give('refused')
      })
    }
  })
}

type Greeting = { readonly nonce?: string; readonly proof?: string; readonly ready?: boolean }

/** Whatever listens at this port may answer. */
function read(data: unknown): Greeting | undefined {
  try {
    const message: unknown = typeof data === 'string' ? JSON.parse(data) : undefined
    return typeof message === 'object' && message !== null ? message : undefined
  } catch {
    return undefined
  }
}

function pipeOver(socket: WebSocket): Pipe {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage(listener) {
      socket.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data))
      return () => (socket.onmessage = null)
    },
    onClose(listener) {
      socket.addEventListener('close', listener)
      return () => socket.removeEventListener('close', listener)
    },
    close: () => socket.close(),
  }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
}
