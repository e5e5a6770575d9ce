import {
  createServer as createHttp,
  request as ask,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttps } from 'node:https'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Certificate } from './certificates.ts'

/** A proxy on loopback. `passed` are the targets that it was asked for, with the credentials it was shown. */
export type Proxy = { readonly port: number; readonly passed: readonly string[]; close(): Promise<void> }

/**
 * Over http, or over https with a certificate: CONNECT, and whole addresses for servers without TLS. Whatever name is
 * asked for, it leads to this machine.
 */
export async function startHttpProxy(certificate?: Certificate): Promise<Proxy> {
  const passed: string[] = []
  const sockets = new Set<Duplex>()
  const server =
    certificate === undefined
      ? createHttp()
      : createHttps({ cert: certificate.certificate, key: certificate.key })
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    const target = request.url ?? ''
    passed.push(`${target} ${request.headers['proxy-authorization'] ?? ''}`.trim())
    const onward = connect(Number(target.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    join(onward, socket)
    sockets.add(socket).add(onward)
  })
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { hostname, port, pathname } = new URL(request.url ?? '')
    passed.push(`${request.method ?? ''} ${hostname}`)
    const { method, headers } = request
    const onward = ask({ host: '127.0.0.1', port, path: pathname, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** SOCKS5 (RFC 1928) with user and password (RFC 1929) if the client offers them. */
export async function startSocksProxy(): Promise<Proxy> {
  const passed: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    void serveSocks(socket, passed).then((onward) => sockets.add(onward))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function serveSocks(socket: Socket, passed: string[]): Promise<Socket> {
  const hello = await next(socket)
  const withPassword = hello.subarray(2).includes(2)
  socket.write(Buffer.from([5, withPassword ? 2 : 0]))
  let who = ''
  if (withPassword) {
    const login = await next(socket)
    const nameLength = login[1] ?? 0
    who = `${login.subarray(2, 2 + nameLength).toString()}:${login.subarray(3 + nameLength).toString()}`
    socket.write(Buffer.from([1, 0]))
  }
  const wish = await next(socket)
  const port = wish.readUInt16BE(wish.length - 2)
  const host =
    wish[3] === 3 ? wish.subarray(5, wish.length - 2).toString() : [...wish.subarray(4, 8)].join('.')
  passed.push(`${host}:${port} ${who}`.trim())
  const onward = connect(port, '127.0.0.1', () => {
    socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]))
    socket.pipe(onward).pipe(socket)
  })
  join(onward, socket)
  return onward
}

function next(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('data', (chunk: Buffer) => resolve(chunk)))
}

function join(one: Duplex, other: Duplex): void {
  one.on('error', () => other.destroy())
  other.on('error', () => one.destroy())
}
