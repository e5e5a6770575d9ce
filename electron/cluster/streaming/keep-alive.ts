import type { WebSocket } from 'ws'
import type { Clock } from '../clock/clock.ts'

/** Balancers cut what is quiet for a minute, and a peer that is gone says nothing of it. */
const pingMs = 20_000

/** Asks the other end for a sign of life; one that owes it when the next is due is cut. Ends with the connection. */
export function keepAlive(socket: WebSocket, clock: Clock): void {
  let owed = false
  let stop = (): void => undefined
  const heard = (): void => {
    owed = false
  }
  function next(): void {
    stop = clock.setTimer(pingMs, () => {
      // What is held back here is heard of later: nobody who waits for us is taken for gone.
      if (owed && !socket.isPaused) socket.terminate()
      else {
        owed = true
        socket.ping()
        next()
      }
    })
  }
  socket.on('pong', heard)
  socket.on('message', heard)
  socket.on('close', () => stop())
  next()
}
