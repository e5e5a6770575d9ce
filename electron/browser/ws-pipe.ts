import type { WebSocket } from 'ws'
import type { Pipe } from '../../shared/rpc-pipe.ts'

/** Over this, a slow page gets no further snapshots until it has caught up: each one is whole, so none is missed. */
const mostBuffered = 4 * 1024 * 1024
const drainCheckMs = 50

/** A pipe over a WebSocket whose other end has proved itself. */
export function wsPipe(socket: WebSocket): Pipe {
  const waiting = new Map<unknown, unknown>()
  let timer: NodeJS.Timeout | undefined

  function drain(): void {
    timer = undefined
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > mostBuffered) {
      timer = setTimeout(drain, drainCheckMs)
      return
    }
    for (const message of waiting.values()) socket.send(JSON.stringify(message))
    waiting.clear()
  }

  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      const feed = snapshotId(message)
      if (feed !== undefined && socket.bufferedAmount > mostBuffered) {
        waiting.set(feed, message)
        timer ??= setTimeout(drain, drainCheckMs)
        return
      }
      socket.send(JSON.stringify(message))
    },
    onMessage(listener) {
      const take = (data: Buffer): void => {
        try {
          listener(JSON.parse(data.toString('utf8')))
        } catch {
          socket.close(1007, 'not JSON')
        }
      }
      socket.on('message', take)
      return () => socket.off('message', take)
    },
    onClose(listener) {
      socket.on('close', listener)
      return () => socket.off('close', listener)
    },
    close() {
      clearTimeout(timer)
      socket.close()
    },
  }
}

function snapshotId(message: unknown): unknown {
  const isSnapshot =
    typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'snapshot'
  return isSnapshot && 'id' in message ? message.id : undefined
}
