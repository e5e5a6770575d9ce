import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { buildConnector, Client } from 'undici'
import { throughSocks } from './through-socks.ts'
import type { Way } from './way.ts'

/** A connection to a server over its way, TLS included, for what is no request. Throws what a request would throw. */
export async function dial(way: Way, server: URL, signal: AbortSignal): Promise<Socket> {
  const { connect, done } = connectorOf(way, server)
  try {
    return await connected(connect, server, signal)
  } finally {
    done()
  }
}

type Dialling = { readonly connect: buildConnector.connector; readonly done: () => void }

function connectorOf(way: Way, server: URL): Dialling {
  const done = (): void => undefined
  switch (way.kind) {
    case 'local':
      return { connect: buildConnector({ socketPath: way.socketPath, allowH2: false }), done }
    case 'direct':
      return { connect: buildConnector({ ...way.tls, allowH2: false }), done }
    case 'socks':
      return { connect: throughSocks(way.proxy, way.tls), done }
    case 'http-proxy':
      return throughHttpProxy(way, server)
  }
}

function connected(connect: buildConnector.connector, server: URL, signal: AbortSignal): Promise<Socket> {
  const { hostname, host, protocol } = server
  const port = server.port || (protocol === 'https:' ? '443' : '80')
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(reasonOf(signal))
    if (signal.aborted) {
      giveUp()
      return
    }
    signal.addEventListener('abort', giveUp, { once: true })
    connect({ hostname, host, protocol, port }, (error, socket) => {
      signal.removeEventListener('abort', giveUp)
      // Nobody waits for it any more: it is not left open.
      if (signal.aborted) socket?.destroy()
      if (socket === null) reject(error)
      else resolve(socket)
    })
  })
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}

/** CONNECT, for servers without TLS too: a proxy that forwards requests would not forward what is no request. */
function throughHttpProxy(way: Extract<Way, { readonly kind: 'http-proxy' }>, server: URL): Dialling {
  const proxy = new URL(way.proxy)
  const { username, password, origin } = proxy
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const upgrade = buildConnector({ ...way.tls, allowH2: false })
  const reach = buildConnector({ ...way.proxyTls, allowH2: false })
  const client = new Client(origin, {
    // Undici would check the certificate of the proxy for the name of the server behind it.
    connect: ({ servername: _server, ...options }, callback) => reach(options, callback),
  })
  const connect: buildConnector.connector = (options, callback) => {
    const target = `${options.hostname}:${options.port}`
    client
      .connect({
        path: target,
        headers: {
          host: target,
          'proxy-connection': 'keep-alive',
          ...(username !== '' && {
            'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}`,
          }),
        },
      })
      .then(
        ({ statusCode, socket }) => {
          if (statusCode !== 200) {
            socket.on('error', () => undefined).destroy()
            callback(new Error(`the proxy ${proxy.host} answered with status ${statusCode}`), null)
          } else if (server.protocol !== 'https:') callback(null, asSocket(socket))
          else upgrade({ ...options, httpSocket: asSocket(socket) }, callback)
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
      )
  }
  return { connect, done: () => void client.close() }
}

/** What a proxy is asked over is a connection of the system; that it is typed as any stream is for other transports. */
function asSocket(stream: Duplex): Socket {
  if (stream instanceof Socket) return stream
  throw new TypeError('the way through the proxy is no socket')
}
