import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Clock } from '../clock/clock.ts'
import { createChannelReader, dataMessage } from './channels.ts'
import { keepAlive } from './keep-alive.ts'

/** Bytes that are on their way to the pod: above it the local end is not read on, until half of them are gone. */
const mostInFlight = 256 * 1024
/** The protocol can't say that one end writes no more: what has not been answered for so long after it is ended. */
const quietMs = 30_000
/** A goodbye that nobody answers is cut short. */
const closeMs = 2_000

export type Carried = { readonly clock: Clock; readonly onError: (text: string) => void }

/**
 * One connection to a local port, carried over one WebSocket to the port of a pod. Each end is read only as fast as the
 * other takes it. Resolves when both are closed.
 */
export async function carryConnection(local: Socket, remote: WebSocket, options: Carried): Promise<void> {
  const { clock } = options
  const stopTimers = new Set<() => void>()
  const after = (ms: number, act: () => void): (() => void) => {
    const stop = clock.setTimer(ms, act)
    stopTimers.add(stop)
    return stop
  }
  const isOpen = (): boolean => remote.readyState === remote.OPEN
  const bothClosed = Promise.all([
    new Promise<void>((resolve) => (local.closed ? resolve() : local.once('close', () => resolve()))),
    new Promise<void>((resolve) => (isOpen() ? remote.once('close', () => resolve()) : resolve())),
  ])

  function hangUp(): void {
    if (!isOpen()) return
    remote.resume()
    remote.close(1000)
    after(closeMs, () => remote.terminate())
  }

  let inFlight = 0
  local.on('data', (bytes) => {
    if (!isOpen()) return
    inFlight += bytes.length
    if (inFlight > mostInFlight) local.pause()
    remote.send(dataMessage(bytes), (error) => {
      inFlight -= bytes.length
      if (!(error instanceof Error) && inFlight <= mostInFlight / 2) local.resume()
    })
  })

  let stopQuiet = (): void => undefined
  const waitQuietly = (): void => {
    stopQuiet()
    stopQuiet = after(quietMs, hangUp)
  }
  local.on('end', waitQuietly)
  local.on('error', () => local.destroy())
  local.on('close', hangUp)

  const read = createChannelReader()
  remote.on('message', (message: Buffer) => {
    const received = read(message)
    if (received?.kind === 'error') options.onError(received.text)
    if (received?.kind !== 'data' || local.destroyed) return
    if (local.readableEnded) waitQuietly()
    if (!local.write(received.bytes)) remote.pause()
  })
  local.on('drain', () => remote.resume())
  remote.on('error', () => remote.terminate())
  remote.on('close', (code) => {
    // What broke off must not look whole: only a goodbye is handed on as one.
    if (code !== 1000) local.resetAndDestroy()
    else {
      // As slowly as it is read: only when all of it is handed over it is a goodbye that has to be answered.
      local.end(() => after(closeMs, () => local.destroy()))
      // Nobody reads what is still said, and unread it would keep the connection open.
      local.resume()
    }
  })
  if (local.destroyed) hangUp()
  keepAlive(remote, clock)
  remote.resume()
  local.resume()
  await bothClosed
  for (const stop of stopTimers) stop()
}
