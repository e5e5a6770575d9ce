import { expect, test } from 'vitest'
import { createWatchBudget } from '../../../../electron/app/watch-budget.ts'
import { connectionId } from '../../../../shared/ids.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'

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
  expect([done, budget.resting(b)?.why]).toEqual([
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
