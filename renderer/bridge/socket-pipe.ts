import type { Pipe } from '../../shared/rpc-pipe.ts'

/** Opens the one WebSocket and checks that the application at its other end knows our secret before it gets ours. */
export async function openSocketPipe(secret: string): Promise<Pipe | undefined> {
  const socket = new WebSocket(`ws://${location.host}/pipe`, 'tranche.v1')
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

  const opened = await new Promise<boolean>((resolve) => {
    socket.onopen = () => {
      socket.send(JSON.stringify({ hello }))
    }
    socket.onclose = () => resolve(false)
    socket.onmessage = (event: MessageEvent<string>) => {
      const message = JSON.parse(event.data) as {
        readonly nonce?: string
        readonly proof?: string
        readonly ready?: boolean
      }
      if (message.ready === true) {
        resolve(true)
        return
      }
      const nonces = hello + (message.nonce ?? '')
      void proof('server', nonces).then(async (expected) => {
        if (message.proof === expected) socket.send(JSON.stringify({ proof: await proof('page', nonces) }))
        else socket.close()
      })
    }
  })
  if (!opened) return undefined
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
