import { expect, test } from 'vitest'
import { createNewest } from '../../../../../electron/app/releases/newest.ts'
import { releaseId } from '../../../../../shared/ids.ts'
import { versionOf } from '../../../../../shared/release/release-version.ts'
import type { Release } from '../../../../../shared/release/release.ts'
import { buildBatchSet } from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'
import { createToyCluster } from '../../../../support/toy-cluster.ts'

const set = buildBatchSet(createToyCluster([1, 4]).batches())
const begun = (id: string, now: number): Release => buildRelease(set, { id: releaseId(id), now })
const knows = (release: Release, driving = false) => ({ release: () => release, driving: () => driving })
const withMore = (release: Release): Release => ({
  ...release,
  version: versionOf(release) + 1,
})

const mine = begun('r1', 1000)
const next = begun('r2', 2000)

test('what is driven here counts before everything that is watched', () => {
  expect(createNewest()(knows(mine, true), next)).toBe(true)
})

test('after its own end a release counts while the watch lags behind, and where its record was deleted', () => {
  const isNewest = createNewest()
  expect(isNewest(knows(withMore(mine)), mine)).toBe(true)
  expect(isNewest(knows(mine), undefined)).toBe(true)
})

test.each([
  ['another release that began after it', next],
  ['the same release, with which somebody else has gone on', withMore(mine)],
])('a release does not rise again once %s was seen, and its record deleted', (_, seen) => {
  const isNewest = createNewest()
  const runs = knows(mine)
  expect(isNewest(runs, seen)).toBe(false)
  expect(isNewest(runs, undefined)).toBe(false)
})

test('an older record that the watch still shows is not another release that began after it', () => {
  const isNewest = createNewest()
  const runs = knows(next)
  expect(isNewest(runs, mine)).toBe(false)
  expect(isNewest(runs, undefined)).toBe(true)
})
