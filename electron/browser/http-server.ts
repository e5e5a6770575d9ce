import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { messageBytes } from '../../shared/limits.ts'
import type { Pipe } from '../../shared/rpc-pipe.ts'
import { securityHeaders } from '../app/security-headers.ts'
import type { StaticFile } from '../app/static-files.ts'
import { shakeHands } from './handshake.ts'
import { wsPipe } from './ws-pipe.ts'

export type BrowserServer = { readonly port: number; close(): Promise<void> }

const subprotocol = 'tranche.v1'
const mostSessions = 20
const pingMs = 15_000

/** Serves the page and one WebSocket on 127.0.0.1. Exact Host and Origin first, then the secret; no cookies. */
export async function startBrowserServer(options: {
  readonly port: number
  readonly secret: string
  readonly files: ReadonlyMap<string, StaticFile>
  readonly attach: (pipe: Pipe) => () => void
}): Promise<BrowserServer> {
  const server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000 })
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

  server.on('upgrade', (request, socket, head) => {
    const allowed =
      request.headers.host === host && request.headers.origin === `http://${host}` && request.url === '/pipe'
    if (!allowed || sockets.clients.size >= mostSessions) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate())
      void shakeHands(webSocket, options.secret).then((ours) => {
        if (!ours) {
          webSocket.close(1008, 'not allowed')
          return
        }
        const detach = options.attach(wsPipe(webSocket))
        webSocket.on('close', detach)
        webSocket.send(JSON.stringify({ ready: true }))
      })
    })
  })

  const pings = setInterval(() => {
    for (const client of sockets.clients) client.ping()
  }, pingMs)
  return {
    port,
    async close() {
      clearInterval(pings)
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

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
