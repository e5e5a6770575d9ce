import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect, type Connection } from '../../../../electron/cluster/connection.ts'
import type { WatchSet } from '../../../../electron/cluster/watch/watch-set.ts'
import type { Freshness } from '../../../../shared/model/freshness.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'
import { createAuthority } from '../../../support/certificates.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts'
import { bookmark, initialEnd } from '../../../support/hostile-server.ts'
import { startRecordingServer, type RecordingServer } from '../../../support/recording-server.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

const ca = createAuthority()
const certificate = ca.issue({ name: 'api', for: ['127.0.0.1'] })
let server: RecordingServer
let clock: FakeClock
let connection: Connection
let set: WatchSet
/** What stands before a frozen server: it accepts, and answers once it goes on. */
let held: (() => void)[] | undefined
const watches = new Map<string, ServerResponse>()

beforeEach(async () => {
  held = undefined
  watches.clear()
  server = await startRecordingServer(
    (asked, response) => {
      const answer = (): void => {
        const url = new URL(asked.url, 'http://x')
        if (url.searchParams.get('watch') !== 'true') {
          response.end(JSON.stringify({ gitVersion: 'v1.36.2' }))
          return
        }
        response.flushHeaders()
        watches.set(url.pathname.split('/').at(-1) ?? '', response)
        if (url.searchParams.get('sendInitialEvents') === 'true') response.write(initialEnd(5))
      }
      if (held === undefined) answer()
      else held.push(answer)
    },
    { tls: { key: certificate.key, cert: certificate.certificate } },
  )
  clock = createFakeClock()
  const tls = { insecure: false, ca: { kind: 'text', pem: ca.certificate } } as const
  const opened = await connect(buildSpec({ server: server.url, tls }), buildConnectTools({ clock }))
  if (!opened.ok) throw new Error(wordsOf(opened.fault))
  connection = opened.value
  set = connection.watchNamespace('demo', () => false)
  await all('live')
})
afterEach(async () => {
  await connection.close()
  await server.close()
})

const freshness = (): readonly Freshness[] => Object.values(set.snapshot().freshness)
const probes = (): number => server.asked.filter((one) => one.url === '/version').length - 1

/** Sockets need a moment of real time; the clock stands still meanwhile. */
function soon(what: string, is: () => boolean): Promise<true> {
  return eventually(() => Promise.resolve(is() ? true : undefined), { what })
}
function all(kind: Freshness['kind']): Promise<true> {
  return soon(`everything ${kind}`, () => freshness().every((one) => one.kind === kind))
}
/** Lets time pass until then: what waits for a moment of the clock, and for one of a socket. */
function passUntil(what: string, is: () => boolean): Promise<true> {
  const look = async (): Promise<true | undefined> => {
    if (is()) return true
    await clock.advance(1_000)
    return undefined
  }
  return eventually(look, { what, atMostMs: 20_000 })
}
/** Second by second, so that what is asked is answered. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await clock.advance(1_000)
    const asked = server.asked.length
    if (held === undefined) await soon('answers', () => server.asked.length >= asked)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
function freeze(): void {
  held = []
}
function thaw(): void {
  const waiting = held ?? []
  held = undefined
  for (const answer of waiting) answer()
}

test('a server that freezes as a whole is stale within half a minute, since it was heard of last, and live at once when it goes on', async () => {
  const last = connection.clock.now()
  freeze()
  await pass(20)
  await all('stale')
  for (const one of freshness()) {
    expect(spoken(one)).toMatchObject({ why: `${server.url} has not been heard of for 20 s.` })
    expect(one.kind === 'stale' && Math.abs(one.since - last)).toBeLessThanOrEqual(1_000)
  }
  expect(connection.health()).toMatchObject({ freshness: { kind: 'stale' }, fault: { code: 'timeout' } })
  await pass(300)
  expect(freshness().every((one) => one.kind === 'stale')).toBe(true)
  const asked = server.asked.length
  thaw()
  // It is heard of with the next question, which may be ten seconds off: where the machine is slow, it is not under way.
  await passUntil('seven watches', () => server.asked.length >= asked + 7)
  await passUntil('everything live', () => freshness().every((one) => one.kind === 'live'))
  expect(connection.health().freshness.kind).toBe('live')
})

test('a silent server is asked once in ten seconds at most, whether it answers or not', async () => {
  await pass(60)
  expect(probes()).toBeGreaterThan(3)
  expect(probes()).toBeLessThanOrEqual(6)
  await all('live')
  const before = probes()
  freeze()
  await pass(60)
  expect(probes() - before).toBeLessThanOrEqual(6)
})

test('a server that talks is never asked', async () => {
  for (let second = 0; second < 60; second++) {
    watches.get('pods')?.write(bookmark(6 + second))
    await soon('a sign of life', () => (connection.report().watches[3]?.quietMs ?? 1) === 0)
    await clock.advance(1_000)
  }
  expect(probes()).toBe(0)
})

test('nobody is asked while nobody looks', async () => {
  set.suspend({ kind: 'words', words: 'Not watched: nobody looks.' })
  connection.suspend({ kind: 'words', words: '' })
  const resting = connection.watchNamespace('other', () => false)
  resting.suspend({ kind: 'words', words: 'Not watched: nobody looks.' })
  await pass(60)
  expect(probes()).toBe(0)
})

test('a watch that is swallowed while the server talks is taken up anew when its bookmark is overdue, and stale if that fails', async () => {
  const count = (): number => server.asked.filter((one) => one.url.includes('/pods?')).length
  const begun = count()
  for (let second = 0; second < 76; second++) {
    for (const [kind, one] of watches) if (kind !== 'pods') one.write(bookmark(6 + second))
    await pass(1)
  }
  await soon('a second watch of pods', () => count() === begun + 1)
  expect(set.snapshot().freshness.Pod.kind).toBe('live')
  freeze()
  for (let second = 0; second < 86; second++) {
    for (const [kind, one] of watches) if (kind !== 'pods') one.write(bookmark(100 + second))
    await pass(1)
  }
  expect(set.snapshot().freshness.Pod.kind).toBe('stale')
  expect(set.snapshot().freshness.Deployment.kind).toBe('live')
})
