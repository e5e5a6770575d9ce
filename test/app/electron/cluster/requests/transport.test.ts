import type { ServerResponse } from 'node:http'
import { uid } from '../../../../../shared/ids.ts'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { bounds, watchBounds, type Bounds } from '../../../../../electron/cluster/requests/bounds.ts'
import { createSystemClock } from '../../../../../electron/cluster/clock/clock.ts'
import type { ConnectTools } from '../../../../../electron/cluster/connection.ts'
import type { ConnectionSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'
import { createCredentials } from '../../../../../electron/cluster/sign-in/credentials.ts'
import {
  createTransport,
  type Transport,
  type TransportOptions,
} from '../../../../../electron/cluster/requests/transport.ts'
import type { Fault } from '../../../../../shared/fault.ts'
import { createAuthority } from '../../../../support/certificates.ts'
import { createSkippingClock } from '../../../../support/skipping-clock.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { eventually } from '../../../../support/eventually.ts'
import { toReleaseApi } from '../../../../../electron/app/releases/to-release-api.ts'
import { createApi } from '../../../../../electron/cluster/requests/api.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import {
  always,
  refuse,
  startRecordingServer,
  type Asked,
  type RecordingServer,
} from '../../../../support/recording-server.ts'
import { spoken } from '../../../../support/spoken.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function serve(answer: (asked: Asked, response: ServerResponse) => void): Promise<RecordingServer> {
  const server = await startRecordingServer(answer)
  ends.unshift(server.close)
  return server
}

function open(
  parts: Partial<ConnectionSpec>,
  more: Partial<ConnectTools> & Pick<TransportOptions, 'onOutcome' | 'onTime'> = {},
): Transport {
  const spec = buildSpec(parts)
  const tools = buildConnectTools(more)
  const credentials = createCredentials(spec, tools)
  const transport = createTransport({
    ...tools,
    ...more,
    spec,
    credentials,
    userAgent: 'tranche/1.2.3 (linux)',
  })
  ends.unshift(transport.close)
  return transport
}

const get = { method: 'GET', path: '/version', bounds: bounds.read } as const
const patience = { ...bounds.read, withinMs: 600_000 }
const watch = { path: '/watch', bounds: watchBounds.normal } as const

test('every request says who is asking, watches and writes too', async () => {
  const server = await serve(always({}))
  const transport = open({ server: server.url })
  await transport.request(get)
  await transport.request({
    method: 'PATCH',
    path: '/x',
    body: [],
    contentType: 'application/json-patch+json',
    bounds: bounds.write,
  })
  await transport.stream({ ...watch, signal: new AbortController().signal })
  expect(server.asked.map((one) => one.headers['user-agent'])).toEqual(
    Array<string>(3).fill('tranche/1.2.3 (linux)'),
  )
  expect(server.asked[1]?.headers['content-type']).toBe('application/json-patch+json')
})

test('a path prefix of the server stays in front of every path', async () => {
  const server = await serve(always({}))
  await open({ server: `${server.url}/k8s/clusters/c-x` }).request({ ...get, query: { limit: '5' } })
  expect(server.asked[0]?.url).toBe('/k8s/clusters/c-x/version?limit=5')
})

test('a hundred requests share a few connections', async () => {
  const server = await serve(always({}))
  const clock = createSystemClock()
  const hurried = {
    ...clock,
    setTimer: (ms: number, fire: () => void) => (ms === Infinity ? () => undefined : clock.setTimer(0, fire)),
  }
  const transport = open(
    { server: server.url },
    { clock: { ...hurried, monotonic: () => performance.now() * 1e6 } },
  )
  const patient = { ...get, bounds: { ...bounds.read, withinMs: Infinity } }
  await Promise.all(Array.from({ length: 100 }, () => transport.request(patient)))
  expect(server.asked).toHaveLength(100)
  expect(server.connections()).toBeLessThan(10)
})

test('at most four requests that somebody looks at are in flight at a time', async () => {
  const held: ServerResponse[] = []
  const server = await serve((_asked, response) => held.push(response))
  const transport = open({ server: server.url })
  const answers = Promise.all(Array.from({ length: 9 }, () => transport.request(get)))
  let most = 0
  for (let answered = 0; answered < 9; answered++) {
    const expected = Math.min(4, 9 - answered)
    await eventually(() => Promise.resolve(held.length >= expected ? true : undefined), { what: 'requests' })
    most = Math.max(most, held.length)
    held.shift()?.end('{}')
  }
  await answers
  expect(most).toBe(4)
})

test('after a burst of fifteen, five requests a second', async () => {
  const server = await serve(always({}))
  const clock = createFakeClock()
  const transport = open({ server: server.url }, { clock })
  const answers = Array.from({ length: 21 }, () => transport.request(get))
  await Promise.all(answers.slice(0, 15))
  await clock.advance(190)
  expect(server.asked).toHaveLength(15)
  await clock.advance(20)
  await answers[15]
  expect(server.asked).toHaveLength(16)
  await clock.advance(1_000)
  await Promise.all(answers)
  expect(server.asked).toHaveLength(21)
})

test('a release’s writes and its own reads go before everything that is only looked at', async () => {
  const server = await serve(always({ metadata: { name: 'demo-http', namespace: 'demo', uid: 'u' } }))
  const clock = createFakeClock()
  const transport = open({ server: server.url }, { clock })
  const api = createApi(transport)
  const release = toReleaseApi(api)
  const guard = { namespace: 'demo', name: 'demo-aone-1', uid: uid('u'), generation: 1 }
  const { signal } = new AbortController()
  for (let number = 0; number < 30; number++) void api.readRaw('/read')
  const urgent = [
    release.getDeployment('demo', 'demo-aone-1'),
    release.tryDeployment(guard, [], { signal }),
    release.patchDeployment(guard, [], { signal }),
    release.replaceLease('demo', 'tranche-demo-http', {}),
  ]
  await clock.advance(0)
  await Promise.all(urgent)
  const first = server.asked
    .slice(0, 8)
    .map((one) => `${one.method} ${one.url.split('?')[0]?.split('/').at(-1)}`)
  expect(first.filter((one) => one !== 'GET read').toSorted()).toEqual([
    'GET demo-aone-1',
    'PATCH demo-aone-1',
    'PATCH demo-aone-1',
    'PUT tranche-demo-http',
  ])
})

test('watches do not wait behind requests, and requests not behind watches', async () => {
  const server = await serve((asked, response) => {
    if (asked.url === '/watch') response.flushHeaders()
    else if (asked.url === '/slow') return
    else response.end('{}')
  })
  const transport = open({ server: server.url })
  const { signal } = new AbortController()
  for (let n = 0; n < 8; n++) expect(await transport.stream({ ...watch, signal })).toMatchObject({ ok: true })
  expect(await transport.request(get)).toMatchObject({ ok: true })
  for (let n = 0; n < 4; n++) void transport.request({ ...get, path: '/slow' })
  expect(await transport.stream({ ...watch, signal })).toMatchObject({ ok: true })
})

test('Retry-After holds what is looked at for so long, and is told', async () => {
  let busy = true
  const server = await serve((_asked, response) => {
    if (busy) refuse(response, 429, { headers: { 'retry-after': '7' } })
    else response.end('{}')
  })
  const clock = createFakeClock()
  const transport = open({ server: server.url }, { clock })
  expect(await transport.request(get)).toMatchObject({ fault: { code: 'too-many-requests', retryAfter: 7 } })
  busy = false
  const next = transport.request(get)
  await clock.advance(6_900)
  expect(server.asked).toHaveLength(1)
  await clock.advance(200)
  expect(await next).toMatchObject({ ok: true })
})

test('a server that asks for a day is obeyed for a minute: a rollback may be waiting', async () => {
  const server = await serve((_asked, response) =>
    refuse(response, 429, { headers: { 'retry-after': '86400' } }),
  )
  const clock = createFakeClock()
  const transport = open({ server: server.url }, { clock })
  await transport.request(get)
  const next = transport.request({ ...get, bounds: patience })
  await clock.advance(60_001)
  await next
  expect(server.asked).toHaveLength(2)
})

test('a refused or broken write is sent once', async () => {
  for (const answer of [
    (response: ServerResponse) => refuse(response, 429, { headers: { 'retry-after': '1' } }),
    (response: ServerResponse) => refuse(response, 503),
    (response: ServerResponse) => void response.destroy(),
  ]) {
    const server = await serve((_asked, response) => answer(response))
    await open({ server: server.url }).request({
      method: 'PATCH',
      path: '/x',
      body: [],
      bounds: bounds.write,
    })
    expect(server.asked).toHaveLength(1)
  }
})

test('a write whose answer is lost may have been done, and says so; one that never left says no such thing', async () => {
  const server = await serve((_asked, response) => void response.destroy())
  const write = { method: 'PATCH', path: '/x', body: [], bounds: bounds.write } as const
  expect(await open({ server: server.url }).request(write)).toMatchObject({
    fault: { code: 'unreachable', maybeDone: true },
  })
  const refused = await open({ server: 'http://127.0.0.1:1' }).request(write)
  expect(spoken(refused)).toEqual({
    ok: false,
    fault: { code: 'unreachable', message: "http://127.0.0.1:1 can't be reached (ECONNREFUSED)." },
  })
})

test('answers are asked for and read in gzip, unless the kubeconfig says disable-compression', async () => {
  const server = await serve((asked, response) => {
    if (asked.headers['accept-encoding'] !== 'gzip') return void response.end('{"plain":true}')
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end(gzipSync('{"zipped":true}'))
  })
  expect(await open({ server: server.url }).request(get)).toMatchObject({ value: { body: { zipped: true } } })
  expect(await open({ server: server.url, disableCompression: true }).request(get)).toMatchObject({
    value: { body: { plain: true } },
  })
})

test('Warning headers are handed on as the texts in them', async () => {
  const server = await serve((_asked, response) => {
    response.setHeader('warning', ['299 - "would violate \\"restricted\\"", 299 - "old, unused"', 'odd'])
    response.end('{}')
  })
  expect(await open({ server: server.url }).request(get)).toMatchObject({
    value: { warnings: ['would violate "restricted"', 'old, unused'] },
  })
})

test.each([
  ['a page', (response: ServerResponse) => void response.end('<html>'), 'The answer is not JSON'],
  [
    'a redirect',
    (response: ServerResponse) => void response.writeHead(302, { location: 'https://login.example/' }).end(),
    'https://login.example/',
  ],
])('%s instead of an API answer is told as a login page or proxy', async (_name, answer, words) => {
  const server = await serve((_asked, response) => answer(response))
  const reply = await open({ server: server.url }).request(get)
  expect(spoken(reply)).toMatchObject({
    fault: { code: 'bad-answer', message: expect.stringContaining(words) as string },
  })
})

test('impersonation sends user, uid, each group in a line of its own, and extra fields', async () => {
  const server = await serve(always({}))
  const impersonate = {
    user: 'boss',
    uid: '42',
    groups: ['admins', 'night, shift'],
    extra: { 'acme.com/scope': ['a', 'b'] },
  }
  await open({ server: server.url, user: { kind: 'token', token: 't' }, impersonate }).request(get)
  const { rawHeaders = [] } = server.asked[0] ?? {}
  const pairs = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1] ?? ''}`] : [],
  )
  expect(pairs.filter((pair) => /^(impersonate|authorization)/i.test(pair))).toEqual([
    'authorization: Bearer t',
    'Impersonate-User: boss',
    'Impersonate-Uid: 42',
    'Impersonate-Group: admins',
    'Impersonate-Group: night, shift',
    'Impersonate-Extra-acme.com%2Fscope: a',
    'Impersonate-Extra-acme.com%2Fscope: b',
  ])
})

test('names in any script are sent as UTF-8, as kubectl sends them', async () => {
  const server = await serve(always({}))
  const impersonate = { user: 'jürgen 李雷', uid: '', groups: ['运维'], extra: { reason: ['夜班'] } }
  const answer = await open({ server: server.url, impersonate }).request(get)
  expect(answer.ok).toBe(true)
  const raw = server.asked[0]?.rawHeaders ?? []
  const value = (name: string) => Buffer.from(raw[raw.indexOf(name) + 1] ?? '', 'latin1').toString('utf8')
  expect(value('Impersonate-User')).toBe('jürgen 李雷')
  expect(value('Impersonate-Group')).toBe('运维')
  expect(value('Impersonate-Extra-reason')).toBe('夜班')
})

test('the outcome of each request is told, so that the age of what is shown is known', async () => {
  const outcomes: (string | undefined)[] = []
  let fine = true
  const server = await serve((_asked, response) => (fine ? void response.end('{}') : refuse(response, 503)))
  const transport = open({ server: server.url }, { onOutcome: (fault) => outcomes.push(fault?.code) })
  await transport.request(get)
  fine = false
  await transport.request(get)
  expect(outcomes).toEqual([undefined, 'server-error'])
})

test('after closing nothing is sent any more', async () => {
  const server = await serve(always({}))
  const transport = open({ server: server.url })
  await transport.close()
  expect(await transport.request(get)).toMatchObject({ fault: { code: 'closed' } })
  expect(server.asked).toEqual([])
})

test('a request that is given up is told as one without an answer in time', async () => {
  const sockets: Socket[] = []
  const server = createServer((socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const transport = open({ server: `http://127.0.0.1:${port}` })
  const aborting = new AbortController()
  const reply = transport.request({ ...get, signal: aborting.signal })
  await eventually(() => Promise.resolve(sockets.length > 0 ? true : undefined), { what: 'a connection' })
  aborting.abort()
  expect(await reply).toMatchObject({ fault: { code: 'timeout' } })
})

test.each([3, 10, 40])(
  'with the watches of %i namespaces open, every kind of request goes through at once',
  async (count) => {
    const ca = createAuthority()
    const certificate = ca.issue({ name: 'api', for: ['127.0.0.1'] })
    const server = await startRecordingServer(
      (asked, response) => {
        if (asked.url.startsWith('/watch')) response.flushHeaders()
        else response.end('{}')
      },
      { tls: { key: certificate.key, cert: certificate.certificate } },
    )
    ends.unshift(server.close)
    const tls = { insecure: false, ca: { kind: 'text', pem: ca.certificate } } as const
    const clock = createSkippingClock()
    const transport = open({ server: server.url, tls }, { clock })
    const { signal } = new AbortController()
    const opened = Array.from({ length: count * 7 }, (_, n) =>
      transport.stream({ path: `/watch/${n}`, signal, bounds: { ...watchBounds.normal, withinMs: 600_000 } }),
    )
    // Two a second begin: nobody waits for all of them here.
    for (let begun = 0; begun < count * 7; begun++) clock.skip(1_000)
    for (const one of await Promise.all(opened)) expect(one).toMatchObject({ ok: true })
    const replies = await Promise.all(
      [bounds.lease, bounds.write, bounds.urgentRead, bounds.read, bounds.list, bounds.log].map((limits) =>
        transport.request({ method: 'GET', path: '/x', bounds: limits }),
      ),
    )
    for (const reply of replies) expect(reply).toMatchObject({ ok: true })
  },
)

test('lists and logs that never end keep nothing else waiting, and what is looked at keeps no lock waiting', async () => {
  const server = await serve((asked, response) => {
    if (asked.url.startsWith('/hang')) response.write('…')
    else response.end('{}')
  })
  const transport = open({ server: server.url })
  const hang = (limits: Bounds) => void transport.request({ method: 'GET', path: '/hang', bounds: limits })
  for (let n = 0; n < 5; n++) hang(bounds.log)
  expect(await transport.request({ ...get, bounds: bounds.read })).toMatchObject({ ok: true })
  for (let n = 0; n < 5; n++) hang(bounds.read)
  expect(await transport.request({ ...get, bounds: bounds.write })).toMatchObject({ ok: true })
  for (let n = 0; n < 20; n++) hang(bounds.write)
  expect(await transport.request({ ...get, bounds: bounds.lease })).toMatchObject({ ok: true })
})

test.each(['before its turn', 'before the answer', 'in the middle of the answer, which drips'])(
  'a request ends when its deadline passes %s',
  async (where) => {
    const clock = createFakeClock()
    let drips = 0
    const server = await serve((_asked, response) => {
      if (!where.includes('drips')) return
      response.write('[')
      const timer = setInterval(() => {
        drips++
        response.write(' ')
      }, 5)
      response.on('close', () => clearInterval(timer))
    })
    const transport = open({ server: server.url }, { clock })
    if (where.includes('turn'))
      for (let n = 0; n < 4; n++) void transport.request({ ...get, bounds: patience })
    const reply = transport.request(get)
    if (where.includes('drips'))
      await eventually(() => Promise.resolve(drips > 3 ? true : undefined), { what: 'drips' })
    else
      await eventually(() => Promise.resolve(server.asked.length > 0 ? true : undefined), {
        what: 'requests',
      })
    await clock.advance(bounds.read.withinMs)
    const { fault } = (await reply) as { readonly fault: Fault }
    expect(fault.code).toBe(where.includes('turn') ? 'busy' : 'timeout')
    expect(fault.maybeDone).toBe(where.includes('turn') ? undefined : true)
  },
)

test('a request that never had a turn says nothing about the server', async () => {
  const clock = createFakeClock()
  const outcomes: (string | undefined)[] = []
  const server = await serve(() => undefined)
  const transport = open({ server: server.url }, { clock, onOutcome: (fault) => outcomes.push(fault?.code) })
  for (let n = 0; n < 4; n++) void transport.request({ ...get, bounds: patience })
  const reply = transport.request(get)
  await clock.advance(bounds.read.withinMs)
  await reply
  expect(outcomes).toEqual([])
})

test('an answer that is too long is given up, however it is packed; of a log the end is kept', async () => {
  const limits = { ...bounds.read, atMostBytes: 1_000 }
  const server = await serve((asked, response) => {
    if (asked.url === '/log') return void response.end('old '.repeat(1_000) + 'new')
    if (asked.url === '/endless') {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(500), more)
      }
      more()
      return
    }
    response.writeHead(200, { 'content-encoding': 'gzip' })
    response.end(gzipSync('x'.repeat(1_001)))
  })
  const transport = open({ server: server.url })
  for (const path of ['/zipped', '/endless'])
    expect(spoken(await transport.request({ ...get, path, bounds: limits }))).toMatchObject({
      fault: { code: 'bad-answer', message: expect.stringContaining('longer') as string },
    })
  const log = await transport.request({ ...get, path: '/log', text: true, bounds: limits })
  expect(log.ok && log.value.text.endsWith('new')).toBe(true)
})

test('a write without an answer is remembered until a later one to the same object is done', async () => {
  const clock = createFakeClock()
  const server = await serve((asked, response) => {
    if (asked.url === '/answer') response.end('{}')
    else if (asked.url === '/timeout') refuse(response, 504)
    else if (asked.url === '/refuse') refuse(response, 422)
  })
  const transport = open({ server: server.url }, { clock })
  const write = (path: string, changes: string) =>
    transport.request({ method: 'PATCH', path, body: [], bounds: bounds.write, changes })
  const hanging = write('/hang', 'Deployment demo/web-1')
  await write('/timeout', 'Deployment demo/web-2')
  await write('/refuse', 'Deployment demo/web-3')
  void transport.request({ method: 'PATCH', path: '/hang', body: [], bounds: bounds.trial })
  await eventually(() => Promise.resolve(server.asked.length === 4 ? true : undefined), { what: 'requests' })
  await clock.advance(60_000)
  await hanging
  expect(transport.unanswered()).toEqual([
    { changes: 'Deployment demo/web-1', seconds: 60 },
    { changes: 'Deployment demo/web-2', seconds: 60 },
  ])
  await write('/answer', 'Deployment demo/web-1')
  expect(transport.unanswered().map((one) => one.changes)).toEqual(['Deployment demo/web-2'])
})

test('only what a server has done tells its time: a refusal may be that of a proxy with another clock', async () => {
  const heard: string[] = []
  let refuses = true
  const server = await serve((_, response) => {
    const date = refuses ? 'Mon, 30 Nov 2026 07:00:00 GMT' : 'Tue, 24 Nov 2026 08:00:00 GMT'
    response.writeHead(refuses ? 429 : 200, { 'content-type': 'application/json', date })
    response.end('{}')
    refuses = false
  })
  const transport = open({ server: server.url }, { onTime: ({ date }) => heard.push(date) })
  await transport.request(get)
  await transport.request(get)
  expect(heard).toEqual(['Tue, 24 Nov 2026 08:00:00 GMT'])
})
