import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createApi } from '../../../../electron/cluster/api.ts'
import { createSystemClock } from '../../../../electron/cluster/clock.ts'
import { createCredentials } from '../../../../electron/cluster/credentials.ts'
import { startReflector } from '../../../../electron/cluster/reflector.ts'
import { createTransport } from '../../../../electron/cluster/transport.ts'
import { createWatchCache, type WatchCache } from '../../../../electron/cluster/watch-cache.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'

type Scene = {
  readonly list?: (answer: ServerResponse) => void
  readonly watch?: (answer: ServerResponse) => void
}

/** A server that plays one scene after the other, and the last one for ever. */
let scenes: Scene[] = []
let asked: string[] = []
const server = createServer((request, answer) => {
  const watching = request.url?.includes('watch=true') === true
  asked.push(
    watching
      ? `watch ${new URL(request.url ?? '', 'http://x').searchParams.get('resourceVersion') ?? ''}`
      : 'list',
  )
  const index = scenes.findIndex((scene) => (watching ? scene.watch : scene.list) !== undefined)
  const scene = scenes[index]
  if (scene === undefined) return
  const isLast = scenes.filter((one) => (watching ? one.watch : one.list) !== undefined).length === 1
  if (!isLast) scenes.splice(index, 1)
  if (watching) scene.watch?.(answer)
  else scene.list?.(answer)
})

function lease(name: string, version: number) {
  return {
    metadata: { name, namespace: 'demo', uid: `uid-${name}`, resourceVersion: `${version}` },
    spec: {},
  }
}
function listOf(version: number, ...names: readonly string[]): Scene {
  const body = {
    metadata: { resourceVersion: `${version}` },
    items: names.map((name) => lease(name, version)),
  }
  return { list: (answer) => answer.end(JSON.stringify(body)) }
}
function event(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`
}
function refuse(code: number, headers: Record<string, string> = {}): (answer: ServerResponse) => void {
  return (answer) => {
    answer.writeHead(code, headers)
    answer.end(JSON.stringify({ kind: 'Status', code, message: `status ${code}` }))
  }
}
const quiet: Scene = {
  watch: (answer) => {
    answer.flushHeaders()
  },
}

let cache: WatchCache<'Lease'>
let stop: () => void
let close: () => Promise<void>
let changed: () => void = () => undefined

beforeEach(async () => {
  asked = []
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  stop()
  await close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function begin(...script: readonly Scene[]): void {
  scenes = [...script]
  const clock = createSystemClock()
  const spec = buildSpec({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const tools = buildConnectTools()
  const transport = createTransport({
    ...tools,
    spec,
    credentials: createCredentials(spec, tools),
    userAgent: 'test',
  })
  close = () => transport.close()
  cache = createWatchCache<'Lease'>(() => changed())
  // Waits are shortened: what is waited for is tested, not for how long.
  const hurried = {
    ...clock,
    setTimer: (ms: number, fire: () => void) => clock.setTimer(Math.min(ms, ms > 60_000 ? ms : 5), fire),
  }
  stop = startReflector({
    api: createApi(transport),
    kind: 'Lease',
    namespace: 'demo',
    cache,
    clock: hurried,
    random: () => 0,
  })
}

function names(): readonly string[] {
  return cache.all().map((one) => one.meta.name)
}

function until(condition: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    changed = () => {
      if (condition()) resolve()
    }
    changed()
  })
}

test('it lists, then watches from that version, and follows what comes', async () => {
  begin(listOf(5, 'a', 'b'), {
    watch(answer) {
      answer.write(event('ADDED', lease('c', 6)))
      answer.write(event('DELETED', lease('a', 7)))
    },
  })
  await until(() => names().join() === 'b,c')
  expect(asked).toEqual(['list', 'watch 5'])
  expect(cache.freshness()).toEqual({ kind: 'live' })
})

test('a connection that is cut in the middle of a line is taken up at the last version', async () => {
  begin(
    listOf(5, 'a'),
    {
      watch(answer) {
        answer.write(event('ADDED', lease('b', 6)))
        answer.write('{"type":"ADDED","obj')
        setImmediate(() => answer.destroy())
      },
    },
    { watch: (answer) => void answer.write(event('ADDED', lease('c', 7))) },
  )
  await until(() => names().join() === 'a,b,c')
  expect(asked).toEqual(['list', 'watch 5', 'watch 6'])
})

test.each([
  [
    'an event',
    (answer: ServerResponse) => answer.end(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })),
  ],
  ['a status', refuse(410)],
  ['a line that is no JSON', (answer: ServerResponse) => answer.end('oops\n')],
])('a version that is gone, told by %s, is listed anew without emptying the cache', async (_name, watch) => {
  begin(listOf(5, 'a'), { watch }, listOf(9, 'a', 'z'), quiet)
  const sizes: number[] = []
  await until(() => {
    sizes.push(names().length)
    return names().join() === 'a,z'
  })
  expect(sizes.slice(sizes.indexOf(1))).not.toContain(0)
})

test.each([429, 500, 503])(
  'after status %i it keeps the data as stale and watches again from the same version',
  async (code) => {
    begin(listOf(5, 'a'), { watch: refuse(code, { 'retry-after': '1' }) }, quiet)
    const seen: string[] = []
    await until(() => {
      if (seen.at(-1) !== cache.freshness().kind) seen.push(cache.freshness().kind)
      return seen.join() === 'never,live,stale,live' || seen.join() === 'live,stale,live'
    })
    expect(names()).toEqual(['a'])
    expect(asked).toEqual(['list', 'watch 5', 'watch 5'])
  },
)

test('without the right to list it says why, and shows no empty list as true', async () => {
  begin({ list: refuse(403) })
  await until(
    () =>
      cache.freshness().kind === 'never' &&
      asked.length > 0 &&
      JSON.stringify(cache.freshness()).includes('403'),
  )
  expect(cache.freshness()).toEqual({ kind: 'never', why: 'status 403' })
})
