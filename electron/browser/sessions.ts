import type { WebSocket } from 'ws'
import type { Pipe } from '../../shared/rpc-pipe.ts'
import { wsPipe } from './ws-pipe.ts'

const most = 20

/** Pages that have proved themselves. */
export type Sessions = {
  full(): boolean
  enter(socket: WebSocket): void
  stop(): void
}

export function createSessions(attach: (pipe: Pipe) => () => void, pingMs = 15_000): Sessions {
  const open = new Set<WebSocket>()
  /** Those that have answered since the last ping. A connection whose other end is gone without a word ends by it. */
  const answered = new WeakSet<WebSocket>()
  const pings = setInterval(() => {
    for (const socket of open) {
      if (answered.delete(socket)) socket.ping()
      else socket.terminate()
    }
  }, pingMs)
  return {
    full: () => open.size >= most,
    enter(socket) {
      open.add(socket)
      answered.add(socket)
      const detach = attach(wsPipe(socket))
      socket.on('pong', () => answered.add(socket))
      socket.on('close', () => {
        open.delete(socket)
        detach()
      })
      socket.send(JSON.stringify({ ready: true }))
    },
    stop: () => clearInterval(pings),
  }
}
