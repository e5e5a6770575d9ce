import {
  createServer as createHttp,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'

/** One port that somebody has asked for, from the kubelet's side. */
export type PlayedStream = {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** With repeated ones as they came, name and value in turn. */
  readonly rawHeaders: readonly string[]
  readonly socket: WebSocket
  /** All that has come on the data channel. */
  received(): Buffer
  send(bytes: Uint8Array, sent?: (error?: Error) => void): void
  fail(text: string): void
  readonly closed: Promise<number>
}

/** Answers WebSockets as a kubelet's streaming server does, and everything else as the test says. */
export type PlayedKubelet = {
  readonly url: string
  readonly port: number
  readonly streams: PlayedStream[]
  /** WebSockets that are open now. */
  open(): number
  close(): Promise<void>
}

export type KubeletOptions = {
  readonly tls?: ServerOptions
  readonly onStream?: (stream: PlayedStream) => void
  /** Status and body instead of an upgrade, or no answer at all; undefined: none of that. */
  readonly refuse?: (
    request: IncomingMessage,
  ) => readonly [status: number, body: string] | 'silence' | undefined
  readonly answer?: (request: IncomingMessage, response: ServerResponse) => void
  /** Says nothing about the port by itself, as a test wants to. */
  readonly withoutPort?: boolean
}

export async function startPlayedKubelet(options: KubeletOptions = {}): Promise<PlayedKubelet> {
  const streams: PlayedStream[] = []
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    handleProtocols: (asked) => (asked.has('v4.channel.k8s.io') ? 'v4.channel.k8s.io' : false),
  })
  const answer =
    options.answer ??
    ((_request: IncomingMessage, response: ServerResponse) =>
      response.setHeader('content-type', 'application/json').end('{"gitVersion":"v1.36.2"}'))
  const server = options.tls === undefined ? createHttp(answer) : createHttps(options.tls, answer)
  const upgraded = new Set<Duplex>()
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    upgraded.add(connection)
    connection.on('close', () => upgraded.delete(connection))
    const refusal = options.refuse?.(request)
    if (refusal === 'silence') {
      connection
        .on('error', () => connection.destroy())
        .on('end', () => connection.destroy())
        .resume()
      return
    }
    if (refusal !== undefined) {
      const [status, body] = refusal
      connection.end(`HTTP/1.1 ${status} No\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      return
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      const stream = play(request, socket)
      if (options.withoutPort !== true) sayPort(socket, request.url ?? '')
      streams.push(stream)
      options.onStream?.(stream)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    port,
    streams,
    open: () => sockets.clients.size,
    async close() {
      for (const connection of upgraded) connection.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function framed(channel: number, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(channel), bytes])
}

/** On each channel first the port, the low byte first. */
function sayPort(socket: WebSocket, url: string): void {
  const query = new URL(url, 'http://kubelet').searchParams
  const port = Number(query.get('ports') ?? query.get('port'))
  for (const channel of [0, 1]) socket.send(framed(channel, Buffer.from([port & 255, port >> 8])))
}

function play(request: IncomingMessage, socket: WebSocket): PlayedStream {
  const chunks: Buffer[] = []
  socket.on('message', (message: Buffer) => {
    if (message[0] === 0) chunks.push(message.subarray(1))
  })
  socket.on('error', () => undefined)
  return {
    url: request.url ?? '',
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    socket,
    received: () => Buffer.concat(chunks),
    send: (bytes, sent) => socket.send(framed(0, bytes), sent),
    fail(text) {
      socket.send(framed(1, Buffer.from(text)))
      socket.close(1000)
    },
    closed: new Promise((resolve) => socket.once('close', resolve)),
  }
}
