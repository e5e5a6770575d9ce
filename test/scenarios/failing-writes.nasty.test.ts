import { expect } from 'vitest'
import type { LinkRequest } from '../support/link.ts'
import { at } from '../support/pictures.ts'
import { test } from '../support/scene.ts'
import { wordsOf } from '../support/spoken.ts'

const webhook =
  'Internal error occurred: failed calling webhook "policy.example": connect: connection refused'
const isWrite = ({ method, path }: LinkRequest): boolean =>
  method === 'PATCH' && path.includes('/deployments/')
const isSecond = (request: LinkRequest): boolean => isWrite(request) && request.path.endsWith('/web-2')
const always = { times: Number.MAX_SAFE_INTEGER }

test('a webhook that cannot be reached: its words stand beside the batch within seconds, with the count of tries', async (scene) => {
  const { bench, li } = await scene()
  const heal = bench.link.disturb({
    when: isSecond,
    what: { kind: 'refuse', status: 500, message: webhook },
    ...always,
  })
  await bench.answer(li.release({ tag: '2.0.0', gates: { approval: false } }))
  const view = await bench.sees(li, 'the words', (one) => one.batches[1]?.write !== undefined)
  const sentAt = bench.link.requests.find(isSecond)?.at ?? 0
  expect(view.now - sentAt).toBeLessThan(5_000)
  expect(view.batches[1]?.write).toMatchObject({
    message: webhook,
    sentence: { kind: 'write-tried', write: 'change', ends: 'limit' },
  })
  expect(view.batches[1]?.sentence.kind).toBe('batch-tried')
  heal()
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('a server that fails at every write holds the release when the batch has had its time; a person goes on', async (scene) => {
  const { bench, li } = await scene()
  const heal = bench.link.disturb({
    when: isWrite,
    what: { kind: 'refuse', status: 503, message: 'etcdserver: no leader' },
    ...always,
  })
  await bench.answer(li.release({ tag: '2.0.0', gates: { approval: false }, batchLimitSeconds: 20 }))
  await bench.sees(li, 'the hold', at('release-given-up'))
  expect(li.says()).toContain('etcdserver: no leader')
  heal()
  await bench.answer(li.press('retry'))
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('pause, stop and roll back work while a write is refused again and again', async (scene) => {
  const { bench, li } = await scene()
  bench.link.disturb({
    when: isSecond,
    what: { kind: 'refuse', status: 429, message: 'too many' },
    ...always,
  })
  await bench.answer(li.release({ tag: '2.0.0', gates: { approval: false } }))
  await bench.sees(li, 'the words', (one) => one.batches[1]?.write !== undefined)
  await bench.answer(li.press('pause'))
  await bench.sees(li, 'the pause', (view) => view.release?.state === 'paused')
  await bench.answer(li.press('resume'))
  await bench.sees(li, 'the words', (one) => one.batches[1]?.write !== undefined)
  await bench.answer(li.rollBack('at-once'))
  await bench.sees(li, 'the canary is back', (view) => view.batches[0]?.look === 'returned')
  expect(await bench.kubectl.image('web-1')).toBe(bench.image('1.0.0'))
})

test('a journal that is refused says so with the count of tries, and nothing begins meanwhile', async (scene) => {
  const { bench, li } = await scene()
  await bench.answer(li.release({ tag: '2.0.0', gates: { approval: true } }))
  await bench.sees(li, 'the gate', at('release-approval'))
  const heal = bench.link.disturb({
    when: ({ method, path }) => method === 'PUT' && path.includes('/leases/'),
    what: { kind: 'refuse', status: 500, message: webhook },
    ...always,
  })
  const refused = await bench.arrived(li.press('approve'))
  expect(refused).toMatchObject({ ok: false, fault: { message: webhook } })
  const view = await bench.sees(li, 'the count', (one) => (one.release?.unwritten?.tries ?? 0) > 1)
  expect(wordsOf(view.release?.fault)).toBe(webhook)
  expect(bench.link.patches()).toEqual(['web-1'])
  heal()
  await bench.sees(li, 'the journal is written again', (one) => one.release?.unwritten === undefined)
  await bench.answer(li.press('approve'))
})
