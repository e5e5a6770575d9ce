import { expect, test } from 'vitest'
import { historyOf, simulate } from './simulate.ts'

test('the same seed gives the same history, to the last write and answer', async () => {
  for (const seed of [3, 8]) {
    const [first, second] = [await simulate(historyOf(seed)), await simulate(historyOf(seed))]
    expect(second.trace).toBe(first.trace)
  }
  expect((await simulate(historyOf(4))).trace).not.toBe((await simulate(historyOf(3))).trace)
})
