import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { createBackoff } from '../../../../electron/cluster/requests/backoff.ts'
import { faultOfStatus } from '../../../../electron/cluster/dial/status-fault.ts'
import type { FaultCode } from '../../../../shared/fault.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeClock, settled } from '../../../support/fake-clock.ts'
import {
  added,
  bookmark,
  ends,
  initialEnd,
  line,
  listed,
  openStage,
  packs,
  refused,
  sends,
  tooLargeInStream,
  type Act,
  type Script,
  type Stage,
} from '../../../support/hostile-server.ts'

let stage: Stage
afterEach(() => stage.close())

async function begin(script: Script, options: Parameters<typeof openStage>[1] = {}): Promise<Stage> {
  stage = await openStage(script, options)
  return stage
}

function withA(...watch: NonNullable<Script['watch']>): Script {
  return { list: [listed(5, 'a')], watch }
}

/** Moves the clock until that many requests were made, letting answers arrive in between; how long that took. */
async function until(requests: number): Promise<number> {
  const before = stage.clock.monotonic()
  const isThere = async (): Promise<true | undefined> => {
    for (let turn = 0; turn < 10 && stage.asked.length < requests; turn++) {
      await stage.clock.advance(100)
      for (let wait = 0; wait < 5; wait++) await settled()
    }
    return stage.asked.length >= requests || undefined
  }
  await eventually(isThere, { what: `${requests} requests` })
  return stage.clock.monotonic() - before
}

async function waitFor(condition: () => boolean): Promise<void> {
  await eventually(() => Promise.resolve(condition() || undefined), { what: 'it' })
}

test('a 403 in the middle of a watch, as from a server that has just started, costs a second and no list', async () => {
  await begin(withA(ends(bookmark(6)), refused(403), sends(added('b', 7))))
  await stage.requests(4)
  await stage.is('stale')
  expect(stage.why()).toBe('status 403')
  await stage.clock.advance(800)
  await stage.holds('a,b')
  expect(stage.asked).toEqual(['stream', 'list 0', 'watch 5', 'watch 6', 'watch 6'])
})

test('who may list and no longer watch is asked quickly first, and gets a new list after a minute', async () => {
  await begin({
    stream: [refused(403)],
    list: [listed(5, 'a'), listed(6, 'a', 'b')],
    watch: [refused(403)],
  })
  await stage.is('stale')
  // 0.8, 1.6, 3.2 … 25.6 s after one another, and the list a minute after the first refusal.
  await until(9)
  const took = await until(10)
  expect(stage.asked.filter((one) => one.startsWith('list'))).toHaveLength(2)
  expect(took).toBeLessThan(15_000)
  await stage.holds('a,b')
})

test('a 403 at the start is asked about again after 0.8 s, and ever more rarely', async () => {
  await begin({ stream: [refused(403)], list: [refused(403)] })
  await waitFor(() => stage.why() === 'status 403')
  expect(stage.asked).toEqual(['stream', 'list 0'])
  await stage.clock.advance(799)
  expect(stage.asked).toHaveLength(2)
  await stage.clock.advance(1)
  await stage.requests(4)
})

test('refusals are asked about at most every ten minutes in the end, a sign-in each minute, failures every half', () => {
  const clock = createFakeClock()
  const backoff = createBackoff(clock, () => 0)
  const next = (code: FaultCode) => backoff.next({ code, message: '' }, 'normal')
  const late = createBackoff(clock, () => 1)
  const lateWaits = Array.from({ length: 12 }, () => late.next({ code: 'forbidden', message: '' }, 'normal'))
  expect([lateWaits[0], Math.max(...lateWaits)]).toEqual([1_600, 600_000])
  const waits = Array.from({ length: 12 }, () => next('forbidden'))
  expect(waits.slice(0, 4)).toEqual([800, 1_600, 3_200, 6_400])
  expect(waits.slice(-2)).toEqual([600_000, 600_000])
  expect(next('unauthorized')).toBe(60_000)
  // What comes after a long time of refusals is a failure like any other.
  expect(next('server-error')).toBe(30_000)
})

test('what was refused is tried at once when a person asks; what rests, or was told to wait, is not', async () => {
  await begin({ stream: [refused(403)], list: [refused(403), listed(5, 'a')], watch: [sends()] })
  await waitFor(() => stage.why() === 'status 403')
  stage.reflector.retry()
  await stage.holds('a')
  stage.reflector.suspend({ kind: 'words', words: 'asleep' })
  stage.reflector.retry()
  await stage.clock.advance(3_600_000)
  expect([stage.why(), stage.asked.length]).toEqual(['asleep', 5])
})

test('a person who looks asks once: what stays refused is then asked about as rarely as before', async () => {
  await begin({ stream: [refused(403)], list: [refused(403)] })
  await waitFor(() => stage.why() === 'status 403')
  await stage.clock.advance(800)
  await until(4)
  await waitFor(() => {
    // The answer may still be on its way.
    if (stage.asked.length === 4) stage.reflector.retry()
    return stage.asked.length === 6
  })
  for (let wait = 0; wait < 20; wait++) await settled()
  await stage.clock.advance(2_900)
  expect(stage.asked).toHaveLength(6)
  await until(8)
})

test('a watch that unpacks to a line without an end is given up instead of filling the memory', async () => {
  await begin(withA(packs('gzip', 'x'.repeat(17 * 1024 * 1024)), sends()))
  await stage.is('stale')
  expect(stage.why()).toContain('does not end')
})

test('a server that asks us to wait is not asked earlier because a person looks', async () => {
  await begin(withA(refused(429, { 'retry-after': '20' }), sends()))
  await stage.is('stale')
  stage.reflector.retry()
  await stage.clock.advance(19_900)
  expect(stage.asked).toHaveLength(3)
})

test.each([
  ['a minute where somebody looks', 'normal', 60_000],
  ['ten seconds where a release is driven', 'urgent', 10_000],
] as const)('a Retry-After of an hour blinds a watch for %s', async (_name, lane, ms) => {
  await begin(withA(refused(429, { 'retry-after': '3600' }), sends()), { lane: () => lane })
  await stage.is('stale')
  await stage.clock.advance(ms - 1)
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(1)
  await stage.requests(4)
})

test('a Retry-After of more digits than a number has is a day at most', async () => {
  expect(faultOfStatus(429, null, '9'.repeat(400)).retryAfter).toBe(86_400)
  await begin(withA(refused(429, { 'retry-after': '9'.repeat(400) }), sends()))
  await stage.is('stale')
  await stage.clock.advance(60_000)
  await stage.requests(4)
})

test.each(['gzip', 'x-gzip', 'GZIP'])(
  'a watch that something packs in %s is read as it comes',
  async (encoding) => {
    let asked: string | undefined = 'never'
    const act: Act = (answer, request) => {
      asked = request.headers['accept-encoding']
      packs(encoding, added('b', 6), added('c', 7))(answer, request)
    }
    await begin(withA(act))
    await stage.holds('a,b,c')
    expect([asked, stage.asked.length]).toEqual([undefined, 3])
  },
)

test('a packed watch that is cut off is taken up from what came until then', async () => {
  const whole = gzipSync(added('b', 6) + added('c', 7), { level: 0 })
  const cut: Act = (answer) => {
    answer.writeHead(200, { 'content-encoding': 'gzip' })
    answer.end(whole.subarray(0, whole.length - 12))
  }
  await begin(withA(cut, sends(added('d', 8))))
  await stage.requests(4)
  expect(stage.asked[3]).toMatch(/^watch [67]$/)
  await stage.holds(stage.asked[3] === 'watch 7' ? 'a,b,c,d' : 'a,b,d')
})

test('what is packed in a way that nobody asked for is a sentence', async () => {
  await begin(withA(packs('br', added('b', 6)), sends(added('c', 7))))
  await stage.is('stale')
  expect(stage.why()).toBe('The answer is packed in a way that was not asked for (br).')
  await stage.clock.advance(800)
  await stage.holds('a,c')
})

test('a list that is packed in a way that nobody asked for is a sentence, too', async () => {
  await begin({ list: [packs('deflate', '{}'), listed(5, 'a')], watch: [sends()] })
  await waitFor(() => stage.why().includes('not asked for (deflate)'))
  await stage.clock.advance(800)
  await stage.holds('a')
})

test('what calls itself packed and is not breaks, and is asked for again', async () => {
  const lie: Act = (answer) => {
    answer.writeHead(200, { 'content-encoding': 'gzip' })
    answer.end(added('b', 6))
  }
  await begin(withA(lie, sends(added('c', 7))))
  await stage.is('stale')
  expect(stage.why()).toContain('The watch broke')
  await stage.clock.advance(800)
  await stage.holds('a,c')
})

test('a streaming list that refuses a version from the future is asked for the most recent state instead', async () => {
  const expired = ends(line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old' }))
  await begin({
    stream: [ends(added('a', 9), initialEnd(9)), tooLargeInStream, sends(added('b', 5), initialEnd(5))],
    watch: [expired, tooLargeInStream],
  })
  await stage.requests(3)
  await until(4)
  await stage.holds('b')
  expect(stage.asked).toEqual(['stream', 'watch 9', 'stream 9', 'stream'])
})

test('a watch that refuses a version from the future leads to a new list', async () => {
  await begin({ list: [listed(9, 'a'), listed(9, 'a', 'b')], watch: [tooLargeInStream, sends()] })
  await stage.holds('a,b')
  expect(stage.asked).toEqual(['stream', 'list 0', 'watch 9', 'list 9', 'watch 9'])
})
