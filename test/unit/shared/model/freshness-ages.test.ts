import { expect, test } from 'vitest'
import { differingAges } from '../../../../shared/model/freshness.ts'

const live = { kind: 'live' } as const
const stale = (since: number) => ({ kind: 'stale', since, why: { kind: 'words', words: 'cut' } }) as const

test('kinds are told one by one where they are not as old as each other', () => {
  expect(differingAges({ Pod: stale(1_000), Deployment: live })).toEqual([{ kind: 'Pod', since: 1_000 }])
  expect(differingAges({ Pod: stale(1_000), Deployment: stale(9_000) })).toHaveLength(2)
})

test('one age says it all where every kind is as old, or none is', () => {
  expect(differingAges({ Pod: stale(1_000), Deployment: stale(1_400) })).toEqual([])
  expect(differingAges({ Pod: live, Deployment: live })).toEqual([])
})
