import { afterEach, expect, test } from 'vitest'
import { listAll, mostObjects } from '../../electron/cluster/list-all.ts'
import { ok } from '../../shared/fault.ts'
import {
  added,
  bookmark,
  initialEnd,
  listed,
  openStage,
  refused,
  sends,
  type Script,
  type Stage,
} from '../support/hostile-server.ts'

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

test('a list that always has another page ends', async () => {
  let pages = 0
  const list = () => {
    pages++
    return Promise.resolve(ok({ items: [], resourceVersion: '5', continue: 'more' }))
  }
  expect(await listAll({ list }, 'Lease', { known: undefined })).toMatchObject({
    ok: false,
    fault: { code: 'bad-answer', message: 'The list of Lease does not end.' },
  })
  expect(pages).toBe(1_000)
})
