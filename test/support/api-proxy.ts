import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Agent, request } from 'undici'

/** One request on its way to the API server. `at`: milliseconds of a monotonic clock, when it arrived here. */
export type Passing = { readonly method: string; readonly path: string; readonly at: number }

/** What becomes of a request. `lose-answer`: the server does it, and the client never hears of it. */
export type Fate =
  | { readonly kind: 'pass' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'refuse'; readonly status: 429 | 500 | 504 }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Taken, and never answered nor handed on. */
  | { readonly kind: 'hang' }

export type ApiProxy = {
  readonly server: string
  /** Breaks every connection that is open now. */
  cutAll(): void
  /** How many connections were made to it so far. */
  connections(): number
  stop(): Promise<void>
}

export type ApiProxyOptions = {
  /** The API server behind it, with the identity that every request gets. */
  readonly upstream: { readonly server: string; readonly token: string; readonly ca?: string }
  readonly fate?: (passing: Passing) => Fate
  /** Every request, as it arrives. */
  readonly onRequest?: (passing: Passing) => void
  /** Every line of an open watch, as it leaves. */
  readonly onLine?: (path: string, line: string, at: number) => void
}

const pass: Fate = { kind: 'pass' }

/** Stands between a client and an API server on loopback: sees everything, and spoils what it is told to. */
export async function startApiProxy(options: ApiProxyOptions): Promise<ApiProxy> {
  const { upstream, fate = () => pass, onRequest, onLine } = options
  const agent = new Agent({
    connections: 64,
    bodyTimeout: 0,
    headersTimeout: 0,
    ...(upstream.ca === undefined ? {} : { connect: { ca: upstream.ca } }),
  })
  const sockets = new Set<Socket>()
  const server = createServer((incoming, answer) => {
    void handle(incoming, answer).catch(() => incoming.socket.destroy())
  })
  let connections = 0
  server.on('connection', (socket) => {
    connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })

  async function handle(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const passing = {
      method: incoming.method ?? 'GET',
      path: incoming.url ?? '/',
      at: performance.now(),
    }
    onRequest?.(passing)
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const decided = fate(passing)
    switch (decided.kind) {
      case 'cut':
        incoming.socket.destroy()
        return
      case 'hang':
        return
      case 'refuse':
        refuse(answer, decided.status)
        return
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, decided.ms))
        return forward(incoming, answer, { passing, body: Buffer.concat(chunks), lose: false })
      case 'pass':
      case 'lose-answer':
        return forward(incoming, answer, {
          passing,
          body: Buffer.concat(chunks),
          lose: decided.kind === 'lose-answer',
        })
    }
  }

  async function forward(
    incoming: IncomingMessage,
    answer: ServerResponse,
    { passing, body, lose }: { readonly passing: Passing; readonly body: Buffer; readonly lose: boolean },
  ): Promise<void> {
    const gone = new AbortController()
    answer.on('close', () => gone.abort())
    const found = await request(`${upstream.server}${passing.path}`, {
      method: passing.method as 'GET',
      dispatcher: agent,
      signal: gone.signal,
      headers: {
        authorization: `Bearer ${upstream.token}`,
        accept: incoming.headers.accept ?? 'application/json',
        ...(incoming.headers['content-type'] === undefined
          ? {}
          : { 'content-type': incoming.headers['content-type'] }),
      },
      ...(body.length === 0 ? {} : { body }),
    })
    if (lose) {
      await found.body.dump()
      incoming.socket.destroy()
      return
    }
    const date = found.headers['date']
    answer.writeHead(found.statusCode, {
      'content-type': String(found.headers['content-type'] ?? 'application/json'),
      ...(date === undefined ? {} : { date: String(date) }),
    })
    answer.flushHeaders()
    const watching = onLine !== undefined && passing.path.includes('watch=true')
    let rest = ''
    for await (const chunk of found.body) {
      answer.write(chunk)
      if (!watching) continue
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(passing.path, line, performance.now())
    }
    answer.end()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    server: `http://127.0.0.1:${port}`,
    cutAll() {
      for (const socket of [...sockets]) socket.destroy()
    },
    connections: () => connections,
    async stop() {
      for (const socket of [...sockets]) socket.destroy()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      await agent.destroy()
    },
  }
}

function refuse(answer: ServerResponse, status: 429 | 500 | 504): void {
  const reason = { 429: 'TooManyRequests', 500: 'InternalError', 504: 'Timeout' }[status]
  answer.writeHead(status, {
    'content-type': 'application/json',
    ...(status === 429 ? { 'retry-after': '1' } : {}),
  })
  const body = {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    reason,
    message: 'made to fail',
    code: status,
  }
  answer.end(JSON.stringify(body))
}
