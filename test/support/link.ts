import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Agent, request as send } from 'undici'

/** A request as it came over the link. `status`: what the server answered, also when that answer was lost. */
export type LinkRequest = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Time of the server's machine at its arrival, as `now` tells it. */
  readonly at: number
  readonly body: string
  status?: number
}

type Mishap =
  /** Answered on the way; nothing is done. */
  | {
      readonly kind: 'refuse'
      readonly status: number
      readonly retryAfterSeconds?: number
      readonly message?: string
    }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'drop' }
  /** The work is done, then the connection breaks. */
  | { readonly kind: 'lose-answer' }
  /** Stands on the way until it is let go. */
  | { readonly kind: 'hold'; readonly until: Promise<void> }
  /** Operations that are added to a JSON patch, as a mutating webhook of the server does. */
  | { readonly kind: 'mutate'; readonly operations: readonly unknown[] }

type MishapRule = {
  readonly when: (request: LinkRequest) => boolean
  /** How many of them; 1 when left out. */
  readonly times?: number
  readonly what: Mishap
}

/** The way between applications and an API server, for plain HTTP on a loopback port. It misbehaves when told to. */
export type Link = {
  readonly server: string
  readonly requests: readonly LinkRequest[]
  /** Names of the Deployments whose spec was really written by applications, in order. */
  patches(): readonly string[]
  disturb(rule: MishapRule): () => void
  /** Nobody gets through any more, and what was open breaks. */
  cut(): void
  mend(): void
  /** Breaks open watches; new ones get through. */
  cutWatches(): void
  /** Watches stay open and say nothing, until the returned function is called. */
  silenceWatches(): () => void
  /** Rises whenever anything moves over the link. */
  activity(): number
  /** Requests that are being worked on. */
  inFlight(): number
  stop(): Promise<void>
}

export type LinkOptions = {
  readonly server: string
  /** In PEM; none for plain http. */
  readonly ca?: string
  /** Where requests are written down; links may share it. */
  readonly requests?: LinkRequest[]
  /** Of the server's machine, where a test moves it; the server's own Date headers then give way to it. */
  readonly now?: () => number
}

export async function startLink(options: LinkOptions): Promise<Link> {
  const dispatcher = new Agent({
    connections: 64,
    bodyTimeout: 0,
    ...(options.ca !== undefined && { connect: { ca: options.ca } }),
  })
  const requests = options.requests ?? []
  const rules = new Map<MishapRule, number>()
  const sockets = new Set<Socket>()
  const watches = new Set<ServerResponse>()
  let isCut = false
  let moved = 0
  let working = 0
  let silence: { readonly over: Promise<void>; end(): void } | undefined

  function mishapOf(request: LinkRequest): Mishap | undefined {
    for (const [rule, left] of rules) {
      if (!rule.when(request)) continue
      if (left <= 1) rules.delete(rule)
      else rules.set(rule, left - 1)
      return rule.what
    }
    return undefined
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://link')
    const method = incoming.method ?? 'GET'
    const chunks: Buffer[] = []
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk)
    const request: LinkRequest = {
      method,
      path: url.pathname,
      query: url.searchParams,
      at: options.now?.() ?? Date.now(),
      body: Buffer.concat(chunks).toString(),
    }
    requests.push(request)
    const mishap = mishapOf(request)
    switch (mishap?.kind) {
      case 'drop':
        response.destroy()
        return
      case 'refuse': {
        const { status, retryAfterSeconds, message = 'too busy' } = mishap
        response.writeHead(status, {
          'content-type': 'application/json',
          ...(retryAfterSeconds !== undefined && { 'retry-after': `${retryAfterSeconds}` }),
        })
        response.end(JSON.stringify({ kind: 'Status', status: 'Failure', message, code: status }))
        return
      }
      case 'hold':
        working--
        await mishap.until
        working++
        break
      case 'lose-answer':
      case 'mutate':
      case undefined:
    }
    const { authorization, accept, 'content-type': type, 'user-agent': agent } = incoming.headers
    const answer = await send(`${options.server}${incoming.url ?? '/'}`, {
      dispatcher,
      method: method as 'GET',
      headers: {
        ...(authorization !== undefined && { authorization }),
        ...(accept !== undefined && { accept }),
        ...(type !== undefined && { 'content-type': type }),
        ...(agent !== undefined && { 'user-agent': agent }),
      },
      body: chunks.length === 0 ? null : mutated(Buffer.concat(chunks), mishap),
    })
    request.status = answer.statusCode
    const isWatch = url.searchParams.get('watch') === 'true' && answer.statusCode === 200
    const { date, 'retry-after': retryAfter, 'content-type': answerType } = answer.headers
    const headers = {
      ...(options.now !== undefined && { date: new Date(options.now()).toUTCString() }),
      ...(options.now === undefined && typeof date === 'string' && { date }),
      ...(typeof retryAfter === 'string' && { 'retry-after': retryAfter }),
      ...(typeof answerType === 'string' && { 'content-type': answerType }),
    }
    if (isWatch) {
      await relay(answer.body, response, headers)
      return
    }
    const body = Buffer.from(await answer.body.arrayBuffer())
    if (mishap?.kind === 'lose-answer' || response.destroyed) {
      response.destroy()
      return
    }
    response.writeHead(answer.statusCode, headers)
    response.end(body)
  }

  async function relay(
    body: AsyncIterable<Uint8Array> & { destroy(): void },
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    working--
    watches.add(response)
    response.on('close', () => body.destroy())
    response.writeHead(200, headers)
    response.flushHeaders()
    try {
      for await (const chunk of body) {
        moved++
        await silence?.over
        response.write(chunk)
      }
      response.end()
    } catch {
      response.destroy()
    } finally {
      watches.delete(response)
      working++
    }
  }

  function mutated(body: Buffer, mishap: Mishap | undefined): Buffer {
    if (mishap?.kind !== 'mutate') return body
    return Buffer.from(JSON.stringify([...(JSON.parse(body.toString()) as unknown[]), ...mishap.operations]))
  }

  const server = createServer((incoming, response) => {
    working++
    moved++
    serve(incoming, response)
      .catch(() => response.destroy())
      .finally(() => {
        working--
        moved++
      })
  })
  server.keepAliveTimeout = 120_000
  server.on('connection', (socket) => {
    if (isCut) {
      socket.destroy()
      return
    }
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    server: `http://127.0.0.1:${port}`,
    requests,
    patches: () =>
      requests
        .filter(({ method, path }) => method === 'PATCH' && path.includes('/deployments/'))
        .filter(({ query, status }) => !query.has('dryRun') && status === 200)
        .filter(({ body }) => /"op":"(?:replace|add|remove)","path":"\/spec/.test(body))
        .map(({ path }) => path.split('/').at(-1) ?? ''),
    disturb(rule) {
      rules.set(rule, rule.times ?? 1)
      return () => rules.delete(rule)
    },
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
    cutWatches() {
      for (const response of watches) response.destroy()
    },
    silenceWatches() {
      const { promise, resolve } = Promise.withResolvers<undefined>()
      silence = { over: promise, end: () => resolve(undefined) }
      return () => {
        silence?.end()
        silence = undefined
      }
    },
    activity: () => moved,
    inFlight: () => working,
    async stop() {
      silence?.end()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await dispatcher.destroy()
    },
  }
}
