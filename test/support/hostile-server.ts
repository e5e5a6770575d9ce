import { whyText } from '../../shared/words/faults/say-fault.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { constants, createGzip } from 'node:zlib'
import { createApi } from '../../electron/cluster/requests/api.ts'
import type { WatchBounds } from '../../electron/cluster/requests/bounds.ts'
import { createCredentials } from '../../electron/cluster/sign-in/credentials.ts'
import { startReflector, type Reflector } from '../../electron/cluster/watch/reflector.ts'
import { createTransport } from '../../electron/cluster/requests/transport.ts'
import { createScales, type Scales } from '../../electron/cluster/dial/weight-of.ts'
import { createWatchCache, type WatchCache } from '../../electron/cluster/watch/watch-cache.ts'
import { buildConnectTools, buildSpec } from './build-connection.ts'
import { eventually } from './eventually.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'
import { refuse } from './recording-server.ts'

/** What the server does next, for each kind of request: in order, and the last one for ever. */
export type Script = {
  /** A streaming list; what is not said is refused as by a server that has none. */
  readonly stream?: readonly Act[]
  readonly list?: readonly Act[]
  readonly watch?: readonly Act[]
}
export type Act = (answer: ServerResponse, request: IncomingMessage) => void

/** A reflector of Leases on a clock that only the test moves, against a server that plays a script. */
export type Stage = {
  readonly clock: FakeClock
  readonly cache: WatchCache<'Lease'>
  readonly reflector: Reflector
  readonly cluster: { streamingLists: boolean; readonly scales: Scales }
  /** Requests so far, such as `stream`, `list 0`, `watch 5`. */
  readonly asked: readonly string[]
  readonly logged: readonly string[]
  /** Told every change of the cache. */
  onChange: () => void
  names(): string
  /** Waits until that many requests were made in all. */
  requests(count: number): Promise<void>
  /** Waits until the cache holds exactly these. */
  holds(names: string): Promise<void>
  /** Waits until the freshness is of this kind. */
  is(kind: 'live' | 'stale' | 'never'): Promise<void>
  /** The why of a freshness that is not live. */
  why(): string
  close(): Promise<void>
}

export async function openStage(
  script: Script,
  options: { readonly random?: () => number; readonly lane?: () => WatchBounds['lane'] } = {},
): Promise<Stage> {
  const asked: string[] = []
  const logged: string[] = []
  const turns = { stream: 0, list: 0, watch: 0 }
  const server = createServer((request, answer) => {
    const query = new URL(request.url ?? '', 'http://x').searchParams
    const kind =
      query.get('sendInitialEvents') === 'true' ? 'stream' : query.get('watch') === 'true' ? 'watch' : 'list'
    const details = [query.get('resourceVersion'), query.get('limit') && 'paged', query.get('continue')]
    asked.push([kind, ...details.filter((one) => one !== null)].join(' '))
    const acts = script[kind] ?? [refused(422)]
    const act = acts[Math.min(turns[kind]++, acts.length - 1)]
    act?.(answer, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const clock = createFakeClock()
  const spec = buildSpec({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const tools = buildConnectTools({ clock })
  const transport = createTransport({
    ...tools,
    spec,
    credentials: createCredentials(spec, tools),
    userAgent: 'test',
  })
  const cache = createWatchCache<'Lease'>(() => stage.onChange())
  const cluster = { streamingLists: true, scales: createScales() }
  const stage: Stage = {
    clock,
    cache,
    cluster,
    asked,
    logged,
    onChange: () => undefined,
    reflector: startReflector({
      api: createApi(transport),
      kind: 'Lease',
      namespace: 'demo',
      cache,
      clock,
      random: options.random ?? (() => 0),
      cluster,
      lane: options.lane ?? (() => 'normal'),
      log: (line) => logged.push(line),
    }),
    names: () =>
      cache
        .all()
        .map((one) => one.meta.name)
        .join(),
    requests: (count) => seen(() => asked.length >= count, `${count} requests, not ${asked.join(', ')}`),
    holds: (names) => seen(() => stage.names() === names, `${names}, not ${stage.names()}`),
    is: (kind) => seen(() => cache.freshness().kind === kind, `${kind}, not ${cache.freshness().kind}`),
    why() {
      const freshness = cache.freshness()
      return freshness.kind === 'live' ? 'live' : whyText(freshness.why, 'en')
    },
    async close() {
      stage.reflector.stop()
      await transport.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return stage
}

async function seen(condition: () => boolean, what: string): Promise<void> {
  await eventually(() => Promise.resolve(condition() ? true : undefined), { what })
}

function lease(name: string, version: number): object {
  return {
    metadata: { name, namespace: 'demo', uid: `uid-${name}`, resourceVersion: `${version}` },
    spec: {},
  }
}

/** A list of these, at this version. */
export function listed(version: number, ...names: readonly string[]): Act {
  const items = names.map((name) => lease(name, version))
  return (answer) => answer.end(JSON.stringify({ metadata: { resourceVersion: `${version}` }, items }))
}

/** One page of a list, with the token of the next. */
export function page(version: number, token: string, ...names: readonly string[]): Act {
  const metadata = { resourceVersion: `${version}`, ...(token !== '' && { continue: token }) }
  return (answer) =>
    answer.end(JSON.stringify({ metadata, items: names.map((name) => lease(name, version)) }))
}

export function added(name: string, version: number): string {
  return line('ADDED', lease(name, version))
}

export function deleted(name: string, version: number): string {
  return line('DELETED', lease(name, version))
}

export function bookmark(version: number, annotations: object = {}): string {
  return line('BOOKMARK', { metadata: { resourceVersion: `${version}`, annotations } })
}

/** The mark at the end of a streaming list. */
export function initialEnd(version: number): string {
  return bookmark(version, { 'k8s.io/initial-events-end': 'true' })
}

export function failure(code: number): string {
  return line('ERROR', { kind: 'Status', code, message: `error ${code}` })
}

export function line(type: string, object: object): string {
  return `${JSON.stringify({ type, object })}\n`
}

/** Sends these lines and stays open. */
export function sends(...lines: readonly string[]): Act {
  return (answer) => {
    answer.flushHeaders()
    if (lines.length > 0) answer.write(lines.join(''))
  }
}

/** Sends these lines in gzip, a piece for each, and stays open: as a proxy does that packs whatever it can. */
export function packs(encoding: string, ...lines: readonly string[]): Act {
  return (answer) => {
    answer.writeHead(200, { 'content-encoding': encoding })
    const gzip = createGzip({ flush: constants.Z_SYNC_FLUSH })
    gzip.pipe(answer)
    for (const text of lines) gzip.write(text)
  }
}

/** Sends these lines and ends cleanly, as a server does after a while. */
export function ends(...lines: readonly string[]): Act {
  return (answer) => answer.end(lines.join(''))
}

/** Sends these lines and breaks the connection. */
export function breaks(...lines: readonly string[]): Act {
  return (answer) => {
    answer.write(lines.join(''), () => setImmediate(() => answer.destroy()))
  }
}

export function refused(code: number, headers: Record<string, string> = {}): Act {
  return (answer) => refuse(answer, code, { headers })
}

const tooLargeStatus = {
  kind: 'Status',
  code: 504,
  reason: 'Timeout',
  message: 'Too large resource version: 9, current: 5',
  details: { causes: [{ reason: 'ResourceVersionTooLarge' }], retryAfterSeconds: 1 },
}

/** The refusal of a version that the server has not reached, as after a restore of etcd. */
export const tooLarge: Act = (answer) => {
  answer.writeHead(504)
  answer.end(JSON.stringify(tooLargeStatus))
}

/** The same in a stream that has begun well, as watches and streaming lists are refused. */
export const tooLargeInStream: Act = (answer) => {
  answer.end(line('ERROR', tooLargeStatus))
}
