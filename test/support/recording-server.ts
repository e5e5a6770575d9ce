import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import { TLSSocket } from 'node:tls'

export type Asked = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  /** With repeated headers as they came, name and value in turn. */
  readonly rawHeaders: readonly string[]
  readonly body: string
}

/** A server on loopback that writes down what it is asked, and answers as the test says. */
export type RecordingServer = {
  readonly url: string
  readonly port: number
  readonly asked: Asked[]
  /** Connections that were opened so far. */
  connections(): number
  /** Told the connection of each request from now on. */
  onSocket(listener: (socket: TLSSocket) => void): void
  close(): Promise<void>
}

export async function startRecordingServer(
  answer: (asked: Asked, response: ServerResponse) => void,
  options: { readonly tls?: ServerOptions; readonly host?: string } = {},
): Promise<RecordingServer> {
  const asked: Asked[] = []
  let connections = 0
  let listener: ((socket: TLSSocket) => void) | undefined
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      asked.push(one)
      if (request.socket instanceof TLSSocket) listener?.(request.socket)
      answer(one, response)
    })
  }
  const server = options.tls === undefined ? createHttp(take) : createHttps(options.tls, take)
  server.on('connection', () => connections++)
  const host = options.host ?? '127.0.0.1'
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://${name}:${port}`,
    port,
    asked,
    connections: () => connections,
    onSocket(next) {
      listener = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Answers every request with this JSON. */
export function always(body: unknown, status = 200): (asked: Asked, response: ServerResponse) => void {
  return (_asked, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
}

/** A refusal as API servers write it. */
export function refuse(
  response: ServerResponse,
  code: number,
  more: {
    readonly reason?: string
    readonly message?: string
    readonly headers?: Record<string, string>
  } = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...more.headers })
  response.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason: more.reason ?? '',
      message: more.message ?? `status ${code}`,
    }),
  )
}
