import { afterEach, expect, test } from 'vitest'
import { settled } from '../../../../support/fake-clock.ts'
import {
  added,
  bookmark,
  breaks,
  deleted,
  ends,
  failure,
  initialEnd,
  line,
  listed,
  openStage,
  page,
  refused,
  sends,
  tooLarge,
  type Act,
  type Script,
  type Stage,
} from '../../../../support/hostile-server.ts'
import { spoken } from '../../../../support/spoken.ts'

let stage: Stage
afterEach(() => stage.close())

async function begin(script: Script, options: Parameters<typeof openStage>[1] = {}): Promise<Stage> {
  stage = await openStage(script, options)
  return stage
}

/** A server without streaming lists that has lease a at version 5; then this. */
function withA(...watch: NonNullable<Script['watch']>): Script {
  return { list: [listed(5, 'a')], watch }
}

test('a streaming list comes first; its objects take effect together, at its end mark', async () => {
  const sizes: number[] = []
  await begin({
    stream: [sends(added('b', 3), added('a', 7), initialEnd(9), added('c', 10), deleted('a', 11))],
  })
  stage.onChange = () => sizes.push(stage.cache.all().length)
  await stage.holds('b,c')
  expect(sizes[0]).toBe(2)
  expect(stage.asked).toEqual(['stream'])
  expect(stage.cache.freshness()).toEqual({ kind: 'live' })
})

test('a streaming list that breaks before its end mark has said nothing, and is begun anew', async () => {
  await begin({ stream: [breaks(added('half', 7)), sends(added('a', 8), initialEnd(9))] })
  await stage.requests(1)
  await waitFor(() => stage.why().includes('broke'))
  expect([stage.names(), stage.cache.freshness().kind]).toEqual(['', 'never'])
  await stage.clock.advance(800)
  await stage.holds('a')
  expect(stage.asked).toEqual(['stream', 'stream'])
})

test.each([422, 400])(
  'a server that refuses streaming lists with %i is not asked for one again',
  async (code) => {
    await begin({
      stream: [refused(code)],
      list: [listed(5, 'a'), listed(9, 'a', 'b')],
      watch: [ends(failure(410)), sends()],
    })
    await stage.holds('a,b')
    expect(stage.asked.slice(0, 4)).toEqual(['stream', 'list 0', 'watch 5', 'list 5'])
    expect(stage.cluster.streamingLists).toBe(false)
  },
)

test('without streaming lists it lists, watches from that version and follows what comes', async () => {
  await begin({ list: [listed(5, 'a', 'b')], watch: [sends(added('c', 6), deleted('a', 7))] })
  await stage.holds('b,c')
  expect(stage.asked).toEqual(['stream', 'list 0', 'watch 5'])
})

test('a watch asks to end after five to ten minutes, with bookmarks', async () => {
  let url = ''
  await begin(
    withA((answer, request) => {
      url = request.url ?? ''
      answer.flushHeaders()
    }),
    { random: () => 0.5 },
  )
  await stage.requests(3)
  expect(Object.fromEntries(new URL(url, 'http://x').searchParams)).toEqual({
    watch: 'true',
    allowWatchBookmarks: 'true',
    resourceVersion: '5',
    timeoutSeconds: '450',
  })
})

test('a bookmark moves the version, so that a watch is taken up from there', async () => {
  await begin(withA(ends(bookmark(50)), sends()))
  await stage.requests(4)
  expect(stage.asked[3]).toBe('watch 50')
})

test('an object that comes again in the same version is no change', async () => {
  let changes = 0
  await begin(withA(sends(added('a', 5), added('b', 6))))
  stage.onChange = () => changes++
  await stage.holds('a,b')
  await stage.is('live')
  expect(changes).toBe(3)
})

test('a clean end never means that nothing was missed: it watches on at once from the last version, and stays live', async () => {
  const seen: string[] = []
  await begin(withA(ends(added('b', 6)), ends(added('c', 7)), sends(added('d', 8))))
  stage.onChange = () => seen.push(stage.cache.freshness().kind)
  await stage.holds('a,b,c,d')
  expect(stage.asked).toEqual(['stream', 'list 0', 'watch 5', 'watch 6', 'watch 7'])
  expect(seen.slice(seen.indexOf('live'))).not.toContain('stale')
})

test('watches that end at once are taken up slowly, and after the third nothing is called live any more', async () => {
  await begin(withA(ends()))
  await stage.requests(3)
  await quiet()
  await stage.clock.advance(799)
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(1)
  await stage.requests(4)
  await quiet()
  await stage.clock.advance(1_600)
  await stage.requests(5)
  await stage.is('stale')
  expect(stage.why()).toContain('ends every watch at once')
  expect(stage.names()).toBe('a')
})

test.each([
  ['an event', ends(failure(410))],
  ['a status', refused(410)],
  ['a line that is no JSON', ends('oops\n')],
  ['a line of an unknown type', ends(line('SURPRISE', {}))],
])(
  'a version that is gone, told by %s, is listed anew, not older, without emptying the cache',
  async (_name, watch) => {
    await begin({ list: [listed(5, 'a'), listed(9, 'a', 'z')], watch: [watch, sends()] })
    const sizes: number[] = []
    stage.onChange = () => sizes.push(stage.cache.all().length)
    await stage.holds('a,z')
    await stage.requests(5)
    expect(stage.asked).toEqual(['stream', 'list 0', 'watch 5', 'list 5', 'watch 9'])
    expect(sizes).not.toContain(0)
  },
)

test.each([
  ['gone', refused(410)],
  ['from the future', tooLarge],
])(
  'if the version is %s even for the list, the most recent state is asked for, in pages',
  async (_name, act) => {
    await begin({
      list: [listed(5, 'a'), act, page(2, 'more', 'b'), page(2, '', 'c')],
      watch: [ends(failure(410)), sends()],
    })
    await stage.requests(4)
    await quiet()
    await stage.clock.advance(1_001)
    await stage.requests(7)
    expect(stage.names()).toBe('b,c')
    expect(stage.asked.slice(3)).toEqual(['list 5', 'list paged', 'list paged more', 'watch 2'])
  },
)

test('a server that went back in time is told by its watch, too', async () => {
  await begin({ list: [listed(9, 'a'), tooLarge, page(5, '', 'b')], watch: [tooLarge, sends()] })
  await stage.requests(4)
  await quiet()
  await stage.clock.advance(1_001)
  await stage.holds('b')
})

test('a page that has expired makes one list of the whole', async () => {
  await begin({
    list: [refused(410), page(7, 'token', 'a'), refused(410), listed(8, 'a', 'b')],
    watch: [sends()],
  })
  await stage.requests(6)
  expect(stage.names()).toBe('a,b')
  expect(stage.asked).toEqual(['stream', 'list 0', 'list paged', 'list paged token', 'list', 'watch 8'])
})

test.each([429, 500, 503])(
  'after status %i the data are stale, and it watches again from the same version',
  async (code) => {
    await begin(withA(refused(code), sends()))
    await stage.is('stale')
    await stage.clock.advance(800)
    await stage.requests(4)
    expect(stage.names()).toBe('a')
    await quiet()
    await stage.clock.advance(500)
    await stage.is('live')
    expect(stage.asked).toEqual(['stream', 'list 0', 'watch 5', 'watch 5'])
  },
)

test('Retry-After is obeyed before our own patience', async () => {
  await begin(withA(refused(429, { 'retry-after': '20' }), sends()))
  await stage.is('stale')
  await stage.clock.advance(19_900)
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(200)
  await stage.requests(4)
})

test('waits double from 0.8 s to 30 s, and begin anew after two quiet minutes', async () => {
  await begin(withA(refused(503)))
  const waits = [800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]
  let count = 3
  for (const wait of waits) {
    await stage.requests(count)
    await quiet()
    await stage.clock.advance(wait - 1)
    expect(stage.asked).toHaveLength(count)
    await stage.clock.advance(1)
    count++
  }
  await stage.requests(count)
})

test('waits are longer by chance, up to twice', async () => {
  await begin(withA(refused(503)), { random: () => 1 })
  await stage.is('stale')
  await stage.clock.advance(1_599)
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(1)
  await stage.requests(4)
})

test('a broken connection is taken up at the last version; half a line is no event', async () => {
  await begin(withA(breaks(added('b', 6), '{"type":"ADDED","obj'), sends(added('c', 7))))
  await stage.is('stale')
  await stage.clock.advance(800)
  await stage.holds('a,b,c')
  expect(stage.asked.slice(2)).toEqual(['watch 5', 'watch 6'])
})

test('a watch that was good for a while and breaks is taken up at once, and what fails then waits from the beginning', async () => {
  let cut: (() => void) | undefined
  const good: Act = (answer) => {
    answer.flushHeaders()
    cut = () => answer.destroy()
  }
  await begin(withA(refused(503), refused(503), good, refused(503), sends(added('b', 6))))
  await stage.requests(3)
  await quiet()
  await stage.clock.advance(800)
  await stage.requests(4)
  await quiet()
  await stage.clock.advance(1_600)
  await stage.requests(5)
  await quiet()
  await stage.clock.advance(500)
  await stage.is('live')
  await stage.clock.advance(4_500)
  cut?.()
  await stage.requests(6)
  await stage.is('stale')
  await quiet()
  await stage.clock.advance(800)
  await stage.holds('a,b')
})

test('a watch that breaks soon after it was opened is taken up slowly', async () => {
  await begin(withA(breaks(added('b', 6))))
  await stage.requests(3)
  await quiet()
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(800)
  await stage.requests(4)
  await quiet()
  await stage.clock.advance(1_599)
  expect(stage.asked).toHaveLength(4)
})

test('a character that is split between two pieces is whole again', async () => {
  const metadata = { name: 'b', namespace: 'demo', uid: 'uid-b', resourceVersion: '6' }
  const bytes = Buffer.from(line('ADDED', { metadata, spec: { holderIdentity: '名' } }))
  const cut = bytes.indexOf(Buffer.from('名')) + 1
  await begin(
    withA((answer) => {
      answer.write(bytes.subarray(0, cut), () => setTimeout(() => answer.write(bytes.subarray(cut)), 20))
    }),
  )
  await stage.holds('a,b')
  expect(stage.cache.all().at(-1)?.holder).toBe('名')
})

test('a line that never ends is given up instead of filling the memory', async () => {
  await begin(withA((answer) => void answer.write('x'.repeat(17 * 1024 * 1024)), sends()))
  await stage.is('stale')
  expect(stage.why()).toContain('does not end')
})

test('a watch from which nothing comes for 75 s is taken up anew from where it was; any byte shows that it lives', async () => {
  let alive: (() => void) | undefined
  await begin(
    withA(
      (answer) => {
        answer.flushHeaders()
        alive = () => void answer.write('\n')
      },
      sends(added('b', 6)),
    ),
  )
  await stage.requests(3)
  await quiet()
  await stage.clock.advance(74_000)
  alive?.()
  await quiet()
  await stage.clock.advance(74_000)
  expect(stage.asked).toHaveLength(3)
  expect(stage.cache.freshness().kind).toBe('live')
  await stage.clock.advance(1_001)
  await stage.requests(4)
  expect(stage.asked[3]).toBe('watch 5')
  // Nothing says that anything was missed, and where something was, it comes now.
  await stage.holds('a,b')
  expect(stage.cache.freshness().kind).toBe('live')
})

test('after the end of a watch the data are live for ten seconds more, not longer, until the next one is open', async () => {
  await begin(withA(ends(added('b', 6)), () => undefined))
  await stage.requests(4)
  await stage.clock.advance(9_999)
  expect(stage.cache.freshness().kind).toBe('live')
  await stage.clock.advance(1)
  await stage.is('stale')
  expect(stage.why()).toBe('The server does not begin the next watch.')
})

test('a 401 says "sign in", keeps the data, and looks again soon or when a person does', async () => {
  await begin(withA(refused(401), refused(401), sends(added('b', 6))))
  await stage.is('stale')
  expect(stage.why()).toBe('status 401')
  await stage.clock.advance(799)
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(1)
  await stage.requests(4)
  await quiet()
  stage.reflector.resume()
  await stage.holds('a,b')
})

test('without the right to list it says why, and shows no empty list as true', async () => {
  await begin({
    stream: [refused(403)],
    list: [refused(403), refused(403), listed(5, 'a')],
    watch: [sends()],
  })
  await waitFor(() => stage.why() === 'status 403')
  expect(stage.cache.freshness()).toEqual({
    kind: 'never',
    why: { kind: 'words', words: 'status 403' },
    denied: 'list',
  })
  expect(stage.asked).toEqual(['stream', 'list 0'])
  await stage.clock.advance(800)
  await stage.requests(4)
  await quiet()
  stage.reflector.resume()
  await stage.holds('a')
  expect(stage.cluster.streamingLists).toBe(true)
})

test('with the right to list but not to watch there is a new list every minute, never called live', async () => {
  await begin({
    stream: [refused(403)],
    list: [listed(5, 'a'), listed(6, 'a', 'b')],
    watch: [refused(403)],
  })
  await stage.is('stale')
  const first = stage.cache.freshness()
  expect([stage.names(), stage.why()]).toEqual(['a', 'status 403'])
  await stage.clock.advance(60_000)
  await stage.holds('a,b')
  await waitFor(() => JSON.stringify(stage.cache.freshness()) !== JSON.stringify(first))
  expect(spoken(stage.cache.freshness())).toEqual({
    kind: 'stale',
    since: (first.kind === 'stale' ? first.since : 0) + 60_000,
    why: 'status 403',
    denied: 'watch',
  })
})

test('a kind that the server does not have is asked for again, ever more rarely', async () => {
  await begin({ stream: [refused(404)], list: [refused(404)] })
  await waitFor(() => stage.why() === 'status 404')
  await stage.clock.advance(800)
  await stage.requests(2)
  await quiet()
  await stage.clock.advance(1_599)
  expect(stage.asked).toHaveLength(2)
  await stage.clock.advance(1)
  await stage.requests(3)
})

test('a server that is not there is asked again until it comes', async () => {
  await begin({ stream: [breaks(), breaks(), sends(added('a', 5), initialEnd(6))] })
  await waitFor(() => stage.why().includes('broke'))
  expect(stage.cache.freshness().kind).toBe('never')
  await stage.clock.advance(800)
  await stage.requests(2)
  await quiet()
  await stage.clock.advance(1_600)
  await stage.holds('a')
})

test('a listener that throws ends nothing, and is written down', async () => {
  await begin(withA(sends(added('b', 6), added('c', 7))))
  stage.onChange = () => {
    throw new Error('a bug')
  }
  await stage.holds('a,b,c')
  expect(stage.logged[0]).toBe('watch of Lease: Error: a bug')
})

test.each([{}, { metadata: 7 }])(
  '%j is no object: it is told, and what it stood for is read anew',
  async (none) => {
    const broken = sends(line('ADDED', none), added('b', 6))
    await begin({ ...withA(broken), watch: [broken, sends(added('b', 6), bookmark(6))] })
    await stage.is('stale')
    expect(stage.why()).toBe('The server has a Lease that can not be: it has no name.')
    await stage.clock.advance(1_600)
    await stage.holds('a,b')
  },
)

test.each<[string, (answerLater: Act) => Script]>([
  ['the streaming list', (later) => ({ stream: [later] })],
  ['the list', (later) => ({ list: [later], watch: [sends()] })],
  ['the watch', (later) => withA(later)],
])('stop in the middle of %s is final', async (name, script) => {
  const acts: Readonly<Record<string, Act>> = {
    'the streaming list': sends(added('b', 5), initialEnd(6)),
    'the list': listed(5, 'b'),
    'the watch': sends(added('b', 6)),
  }
  let answer: (() => void) | undefined
  await begin(script((response, request) => (answer = () => acts[name]?.(response, request))))
  await waitFor(() => answer !== undefined)
  const before = [stage.names(), stage.asked.length]
  stage.reflector.stop()
  stage.reflector.resume()
  answer?.()
  await quiet()
  await stage.clock.advance(3_600_000)
  expect([stage.names(), stage.asked.length]).toEqual(before)
})

test('suspended it has no connection and its data are stale; resumed it goes on from its version', async () => {
  let closed = false
  await begin(
    withA(
      (answer, request) => {
        answer.flushHeaders()
        request.on('close', () => (closed = true))
      },
      sends(added('b', 6)),
    ),
    { random: () => 0.5 },
  )
  await stage.is('live')
  stage.reflector.suspend({ kind: 'words', words: 'asleep' })
  expect(stage.why()).toBe('asleep')
  await waitFor(() => closed)
  await stage.clock.advance(600_000)
  expect(stage.asked).toHaveLength(3)
  stage.reflector.resume(3_000)
  await stage.clock.advance(1_499)
  expect(stage.asked).toHaveLength(3)
  await stage.clock.advance(1)
  await stage.holds('a,b')
  await stage.clock.advance(50)
  await stage.is('live')
  expect(stage.asked[3]).toBe('watch 5')
})

test('suspended before anything was read it says nothing was read', async () => {
  await begin({ stream: [sends()] })
  await stage.requests(1)
  stage.reflector.suspend({ kind: 'words', words: 'asleep' })
  expect(stage.cache.freshness().kind).toBe('never')
})

async function waitFor(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1_000 && !condition(); turn++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(condition()).toBe(true)
}

/** Lets answers that are under way arrive. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await settled()
  await new Promise((resolve) => setTimeout(resolve, 20))
}

test('a streaming list that drips is given up after a minute and asked for anew', async () => {
  await begin({
    stream: [
      (answer) => {
        const timer = setInterval(() => answer.write(added('a', 5)), 5)
        answer.on('close', () => clearInterval(timer))
      },
      sends(added('b', 6), initialEnd(6)),
    ],
  })
  await stage.requests(1)
  for (let second = 0; second < 60; second++) {
    await stage.clock.advance(1_000)
    await quiet()
  }
  await waitFor(() => stage.why().includes('did not come to its end'))
  await stage.clock.advance(800)
  await stage.holds('b')
})
