import type { Pipe } from '../../shared/rpc-pipe.ts'
import { createHandshake, type Handshake } from './handshake.ts'

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
  const handshake = await createHandshake(secret)
  const socket = new WebSocket(`ws://${location.host}/pipe`, 'tranche.v1')
  const kind = await shakeHands(socket, handshake)
  return kind === 'open' ? { kind, pipe: pipeOver(socket) } : { kind }
}

function shakeHands(socket: WebSocket, handshake: Handshake): Promise<OpenedSocket['kind']> {
  return new Promise((resolve) => {
    // Somebody who takes the connection and says nothing is not waited for without end.
    const timer = setTimeout(() => give('unreachable'), patienceMs)
    let isOver = false
    function give(kind: OpenedSocket['kind']): void {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      socket.onmessage = null
      if (kind !== 'open') socket.close()
      resolve(kind)
    }
    socket.onopen = () => socket.send(JSON.stringify({ hello: handshake.hello }))
    socket.onclose = () => give('unreachable')
    socket.onmessage = (event: MessageEvent<unknown>) => {
      void handshake.take(event.data).then((step) => {
        if (isOver) return
        if (step.kind === 'send') socket.send(JSON.stringify(step.message))
        else give(step.kind)
      })
    }
  })
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
