import { expect, test } from 'vitest'
import { clusterNow } from '../../../../renderer/stores/cluster-now.ts'

const live = { kind: 'live' } as const
const start = Date.UTC(2026, 10, 24, 8)

test('between two pictures time goes on as fast as in the cluster', () => {
  expect(clusterNow({ now: start, freshness: live }, 3_000)).toBe(start + 3_000)
  expect(clusterNow({ now: start, freshness: live, speed: 20 }, 3_000)).toBe(start + 60_000)
})

test("time is the cluster's, however wrong the clock of this machine: nothing of it is in there", () => {
  const ahead = start + 600_000
  expect(clusterNow({ now: ahead, freshness: live }, 0)).toBe(ahead)
})

test('while what is seen is stale, time stands still where it was seen last', () => {
  const stale = { kind: 'stale', since: start - 30_000, why: { kind: 'words', words: 'gone' } } as const
  expect(clusterNow({ now: start, freshness: stale, speed: 5 }, 60_000)).toBe(start - 30_000)
})

test('whole seconds, and never back before the picture', () => {
  expect(clusterNow({ now: start + 400, freshness: live }, 700)).toBe(start + 1_000)
  expect(clusterNow({ now: start, freshness: live }, -5_000)).toBe(start)
})
