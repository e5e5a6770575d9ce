import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { messageBytes } from '../../shared/limits.ts'
import type { Pipe } from '../../shared/rpc-pipe.ts'
import { securityHeaders } from '../app/host/security-headers.ts'
import type { StaticFile } from '../app/host/static-files.ts'
import { shakeHands } from './handshake.ts'
import { createSessions } from './sessions.ts'
import { createUnproved } from './unproved.ts'

export type BrowserServer = { readonly port: number; close(): Promise<void> }

const subprotocol = 'tranche.v1'
const mostUnproved = 16
const mostConnections = 256
/** So long whoever is turned away may take to read that. */
const refusalMs = 1_000

/** Serves the page and one WebSocket on 127.0.0.1. Exact Host and Origin first, then the secret; no cookies. */
export async function startBrowserServer(options: {
  readonly port: number
  readonly secret: string
  readonly files: ReadonlyMap<string, StaticFile>
  readonly attach: (pipe: Pipe) => () => void
  readonly log: (line: string) => void
}): Promise<BrowserServer> {
  const server = createServer({
    maxHeaderSize: 8192,
    requestTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
  })
  server.maxConnections = mostConnections
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: messageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`

  server.on('request', (request, response) => {
    // A name that was bound anew to 127.0.0.1 must not reach even the static files.
    const file = options.files.get((request.url ?? '').split('?')[0] ?? '')
    const status = statusOf(request, host, file)
    response.writeHead(status, {
      ...securityHeaders,
      'Cache-Control': 'no-store',
      ...(file !== undefined && status === 200 && { 'Content-Type': file.type }),
    })
    response.end(status === 200 && request.method === 'GET' ? file?.body : undefined)
  })

  server.on('error', (error) => options.log(`page server: ${String(error)}`))
  // Whatever it was that is no request: nobody waits for an answer to it.
  server.on('clientError', (_error, socket) => socket.destroy())

  const unproved = createUnproved(mostUnproved)
  const sessions = createSessions(options.attach)

  server.on('upgrade', (request, socket, head) => {
    // From here on the socket is ours alone: one without a listener that is reset would end the process.
    socket.on('error', () => socket.destroy())
    if (
      request.headers.host !== host ||
      request.headers.origin !== `http://${host}` ||
      request.url !== '/pipe'
    ) {
      refuse(socket)
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      const prove = unproved.admit(socket, head)
      void shakeHands(webSocket, options.secret).then((ours) => {
        if (!ours || sessions.full()) {
          turnAway(webSocket, ours ? 'too many pages' : 'not allowed')
          return
        }
        if (webSocket.readyState !== webSocket.OPEN) return
        prove()
        sessions.enter(webSocket)
      })
    })
  })

  return {
    port,
    async close() {
      sessions.stop()
      for (const client of sockets.clients) client.terminate()
      await closed(server)
    },
  }
}

function statusOf(request: IncomingMessage, host: string, file: StaticFile | undefined): number {
  if (request.headers.host !== host) return 403
  if (request.method !== 'GET' && request.method !== 'HEAD') return 405
  return file === undefined ? 404 : 200
}

function refuse(socket: Duplex): void {
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
  // Its other end may keep its half open for ever.
  const timer = setTimeout(() => socket.destroy(), refusalMs)
  socket.once('close', () => clearTimeout(timer))
}

function turnAway(webSocket: WebSocket, why: string): void {
  webSocket.close(1008, why)
  const timer = setTimeout(() => webSocket.terminate(), refusalMs)
  webSocket.once('close', () => clearTimeout(timer))
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
