import { afterEach, expect, test } from 'vitest'
import { listAll, mostObjects } from '../../electron/cluster/requests/list-all.ts'
import { mostWeight } from '../../electron/cluster/dial/weight-of.ts'
import { ok } from '../../shared/fault.ts'
import {
  added,
  bookmark,
  initialEnd,
  line,
  listed,
  openStage,
  refused,
  sends,
  type Script,
  type Stage,
} from '../support/hostile-server.ts'
import { spoken } from '../support/spoken.ts'

let stage: Stage | undefined
afterEach(async () => {
  await stage?.close()
  stage = undefined
})

const many = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `n${at}`)
const sentence = 'The server has more than 100,000 objects of kind Lease here: Tranche does not load so many.'

async function begin(script: Script): Promise<Stage> {
  stage = await openStage(script)
  return stage
}

/** The first time that it says why it shows nothing new. */
async function whyNow(of: Stage): Promise<string> {
  for (;;) {
    if (of.why() !== '' && of.why() !== 'live') return of.why()
    await new Promise<void>((resolve) => (of.onChange = resolve))
  }
}

test('a list of more objects than anybody runs is a sentence, and none of it is kept', async () => {
  const { cache } = await begin({ stream: [refused(422)], list: [listed(5, ...many(mostObjects + 1))] })
  if (stage === undefined) return
  expect(await whyNow(stage)).toBe(sentence)
  expect(cache.size()).toBe(0)
})

test('a streaming list that never ends is a sentence, and none of it is kept', async () => {
  const lines = many(mostObjects + 1).map((name, at) => added(name, at + 1))
  const own = await begin({ stream: [sends(...lines, initialEnd(9))] })
  expect(await whyNow(own)).toBe(sentence)
  expect(own.cache.size()).toBe(0)
})

test('a watch that adds object after object is a sentence, and what was there stays', async () => {
  const full = listed(5, ...many(mostObjects))
  const own = await begin({
    stream: [refused(422)],
    list: [full],
    // One that is known may change, one that is gone makes room, and then there is one too many.
    watch: [sends(bookmark(5), added('n1', 6), added('one-too-many', 7))],
  })
  expect(await whyNow(own)).toBe(sentence)
  expect(own.cache.size()).toBe(mostObjects)
  expect(own.cache.has('uid-one-too-many' as Parameters<typeof own.cache.has>[0])).toBe(false)
})

/** As much as a server lets somebody write into one object. */
const large = 'x'.repeat(250_000)
const heavy = (at: number): string =>
  line('ADDED', {
    metadata: { name: `n${at}`, namespace: 'demo', uid: `uid-n${at}`, annotations: { large } },
    spec: {},
  })
const tooMuch =
  "With the server's objects of kind Lease here there are more than 64 MiB: Tranche does not load so much."

test('a streaming list of few objects, each as large as it may be, is a sentence, and none of it is kept', async () => {
  const own = await begin({
    stream: [
      (answer) => {
        answer.flushHeaders()
        let at = 0
        const write = (): void => {
          while (at < 600) if (!answer.write(heavy(at++))) return void answer.once('drain', write)
        }
        write()
      },
    ],
  })
  expect(await whyNow(own)).toBe(tooMuch)
  expect(own.cache.weight()).toBe(0)
  expect(own.cluster.scales.weight()).toBe(0)
  // Again only after a minute: each time it would send all of that.
  await own.clock.advance(59_000)
  expect(own.asked).toHaveLength(1)
  await own.clock.advance(1_000)
  await own.requests(2)
})

test('what is kept of other kinds counts as well, and is free again once it is watched no more', async () => {
  const own = await begin({ stream: [refused(422)], list: [listed(5, 'a')], watch: [sends(bookmark(5))] })
  await own.is('live')
  const weight = own.cluster.scales.weight()
  expect(weight).toBeGreaterThan(0)
  expect(weight).toBe(own.cache.weight())
  const [first] = own.cache.all()
  if (first === undefined) throw new Error('nothing was listed')
  const list = () => Promise.resolve(ok({ items: [], resourceVersion: '5', continue: '' }))
  const known = undefined
  expect(await listAll({ list }, 'Lease', { known, kept: mostWeight })).toMatchObject({ ok: true })
  expect(spoken(await listAll({ list }, 'Lease', { known, kept: mostWeight + 1 }))).toMatchObject({
    fault: { code: 'bad-answer', message: tooMuch },
  })
  const meta = { ...first.meta, resourceVersion: '6' }
  own.cache.put({ ...first, meta, holder: 'x'.repeat(1_000) })
  expect(own.cluster.scales.weight()).toBe(weight + 1_000)
  own.cache.remove(first.meta.uid)
  expect(own.cluster.scales.weight()).toBe(0)
  own.cache.put(first)
  own.reflector.stop()
  expect(own.cluster.scales.weight()).toBe(0)
})

test('a list that always has another page ends', async () => {
  let pages = 0
  const list = () => {
    pages++
    return Promise.resolve(ok({ items: [], resourceVersion: '5', continue: 'more' }))
  }
  expect(spoken(await listAll({ list }, 'Lease', { known: undefined }))).toMatchObject({
    ok: false,
    fault: { code: 'bad-answer', message: 'The list of Lease does not end.' },
  })
  expect(pages).toBe(1_000)
})
