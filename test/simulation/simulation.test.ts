import { expect, test } from 'vitest'
import { historyOf, simulate } from './simulate.ts'

test('the same seed gives the same history, to the last write and answer', async () => {
  for (const seed of [3, 8]) {
    const [first, second] = [await simulate(historyOf(seed)), await simulate(historyOf(seed))]
    expect(second.trace).toBe(first.trace)
  }
  expect((await simulate(historyOf(4))).trace).not.toBe((await simulate(historyOf(3))).trace)
})

test('whatever two people, a stranger and the network do, what is said is so and every release ends', async () => {
  for (let seed = 20; seed < 30; seed++) {
    const { violations } = await simulate(historyOf(seed))
    expect(violations, `npm run simulate -- --seed ${seed}`).toEqual([])
  }
})
