import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { MessagePortMain } from 'electron'
import { WebSocket, WebSocketServer } from 'ws'
import { wsPipe } from '../../electron/browser/ws-pipe.ts'
import { portPipe } from '../../electron/desktop/port-pipe.ts'
import type { Pipe } from '../../shared/rpc-pipe.ts'

/** Two ends of one pipe, as each transport makes them. */
export type PipePair = { readonly app: Pipe; readonly page: Pipe; readonly end: () => Promise<void> }

/** Delivers to the other end as JSON, at once. */
export function arrayPair(): Promise<PipePair> {
  const listeners = {
    app: new Set<(message: unknown) => void>(),
    page: new Set<(message: unknown) => void>(),
  }
  const closers = new Set<() => void>()
  const make = (own: 'app' | 'page', other: 'app' | 'page'): Pipe => ({
    send(message) {
      for (const listener of listeners[other]) listener(JSON.parse(JSON.stringify(message)))
    },
    onMessage(listener) {
      listeners[own].add(listener)
      return () => listeners[own].delete(listener)
    },
    onClose(listener) {
      closers.add(listener)
      return () => closers.delete(listener)
    },
    close: () => closers.forEach((close) => close()),
  })
  return Promise.resolve({
    app: make('app', 'page'),
    page: make('page', 'app'),
    end: () => Promise.resolve(),
  })
}

/** The desktop's pipe over Node's ports, which differ from Electron's in the shape of the message alone. */
export function portPair(): Promise<PipePair> {
  const { port1, port2 } = new MessageChannel()
  return Promise.resolve({
    app: portPipe(asElectronPort(port1)),
    page: portPipe(asElectronPort(port2)),
    async end() {
      port1.close()
      await Promise.resolve()
    },
  })
}

function asElectronPort(port: MessagePort): MessagePortMain {
  const taken = new Map<unknown, (data: unknown) => void>()
  const electronPort = {
    postMessage: (message: unknown) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
    on(event: string, listener: (value?: unknown) => void) {
      const take = event === 'message' ? (data: unknown) => listener({ data, ports: [] }) : () => listener()
      taken.set(listener, take)
      port.on(event as 'message', take)
    },
    off(event: string, listener: () => void) {
      port.off(event as 'message', taken.get(listener) ?? listener)
    },
  }
  return electronPort as unknown as MessagePortMain
}

export async function socketPair(): Promise<PipePair> {
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const connected = once(sockets, 'connection') as Promise<[WebSocket]>
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  const [[app]] = await Promise.all([connected, once(page, 'open')])
  return {
    app: wsPipe(app),
    page: wsPipe(page),
    async end() {
      page.terminate()
      app.terminate()
      sockets.close()
      server.close()
      await once(server, 'close')
    },
  }
}
