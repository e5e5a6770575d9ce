import { expect, test } from 'vitest'
import { createWatchBudget } from '../../../../../electron/app/watching/watch-budget.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import { wordsOf } from '../../../../support/spoken.ts'

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(connectionId) as [Id, Id, Id, Id]
type Id = ReturnType<typeof connectionId>

function open(driven: readonly Id[] = []) {
  const clock = createFakeClock()
  const done: string[] = []
  const budget = createWatchBudget({
    clock,
    now: () => clock.now(),
    rest: (id) => void done.push(`rest ${id}`),
    wake: (id) => void done.push(`wake ${id}`),
    isDriven: (id) => driven.includes(id),
  })
  return { clock, done, budget }
}

test('a fourth cluster that is looked at lets the one rest that was seen least recently; looking again brings it back', () => {
  const { budget, done } = open()
  budget.look(a)()
  budget.look(b)()
  budget.look(c)()
  budget.look(a)()
  budget.look(d)
  expect([done, wordsOf(budget.resting(b)?.why)]).toEqual([
    ['rest b'],
    'Not watched: 3 other clusters have been looked at since.',
  ])
  budget.look(b)
  expect([done, budget.resting(b)]).toEqual([['rest b', 'wake b', 'rest c'], undefined])
})

test('a cluster with a release that is driven here is never let go', () => {
  const { budget, done } = open([a])
  for (const id of [a, b, c, d]) budget.look(id)()
  expect(done).toEqual(['rest b'])
})

test('when nobody looks any more, nothing but a driven release keeps watching', async () => {
  const { budget, done, clock } = open([b])
  const unlook = [budget.look(a), budget.look(b)]
  for (const one of unlook) one()
  await clock.advance(9_000)
  expect(done).toEqual([])
  await clock.advance(1_000)
  expect(done).toEqual(['rest a'])
})

test('going from one cluster to another lets nothing rest', async () => {
  const { budget, done, clock } = open()
  budget.look(a)()
  await clock.advance(5_000)
  budget.look(b)
  await clock.advance(60_000)
  expect(done).toEqual([])
})

test('what nobody looks at any more rests before what somebody still looks at', () => {
  const { budget, done } = open()
  budget.look(a)
  budget.look(b)()
  budget.look(c)()
  budget.look(d)
  expect(done).toEqual(['rest b'])
})

test('a page at rest is woken at once when a cluster is closed', () => {
  const { budget, done } = open()
  for (const id of [a, b, c, d]) budget.look(id)
  expect(done).toEqual(['rest a'])
  let told = 0
  budget.onChange(() => told++)
  budget.forget(c)
  expect([done, budget.resting(a), told]).toEqual([['rest a', 'wake a'], undefined, 1])
})

test('a page at rest is woken when another one is left, and not only loaded anew', async () => {
  const { budget, done, clock } = open()
  const [, , , unlook = () => undefined] = [a, b, c, d].map((id) => budget.look(id))
  unlook()
  await clock.advance(5_000)
  budget.look(d)()
  await clock.advance(9_000)
  expect(done).toEqual(['rest a'])
  const leave = budget.look(d)
  await clock.advance(60_000)
  expect(done).toEqual(['rest a'])
  leave()
  await clock.advance(10_000)
  expect(done).toEqual(['rest a', 'rest d', 'wake a'])
  expect([budget.resting(a), wordsOf(budget.resting(d)?.why)]).toEqual([
    undefined,
    'Not watched: nobody looks.',
  ])
})

test('of two pages at rest the one that was seen last is woken, and it is the first to rest again', () => {
  const e = connectionId('e')
  const { budget, done } = open()
  for (const id of [a, b, c, d, e]) budget.look(id)
  expect(done).toEqual(['rest a', 'rest b'])
  budget.forget(e)
  expect(done).toEqual(['rest a', 'rest b', 'wake b'])
  budget.look(a)
  expect(done.slice(3)).toEqual(['wake a', 'rest b'])
})

test('when a release has ended elsewhere its cluster makes room for a page at rest', async () => {
  const driven: Id[] = [b, c, d]
  const { budget, done, clock } = open(driven)
  for (const id of [b, c, d]) budget.touch(id)
  budget.look(a)
  const e = connectionId('e')
  budget.look(e)
  expect(done).toEqual(['rest a'])
  driven.splice(0, 1)
  budget.check()
  await clock.advance(10_000)
  expect(done).toEqual(['rest a', 'rest b'])
  driven.splice(0)
  budget.check()
  await clock.advance(10_000)
  expect(done.slice(2)).toEqual(['rest c', 'wake a'])
})

test('nobody is woken for what nobody looks at', async () => {
  const { budget, done, clock } = open()
  budget.look(a)()
  for (const id of [b, c, d]) budget.look(id)
  budget.forget(c)
  await clock.advance(60_000)
  expect(done).toEqual(['rest a'])
})

test('after the end nothing is woken and nothing rests', async () => {
  const { budget, done, clock } = open()
  const leave = [a, b, c, d].map((id) => budget.look(id))
  leave[3]?.()
  budget.close()
  leave[2]?.()
  budget.forget(b)
  await clock.advance(60_000)
  expect(done).toEqual(['rest a'])
})
