import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { encodeRelease } from '../../../../electron/release/journal-codec.ts'
import {
  historyLimit,
  mostReleases,
  readHistory,
  releasesIn,
  withReleases,
  type HistoryData,
} from '../../../../electron/release/history-map.ts'
import { gzipSync } from 'node:zlib'
import { releaseId } from '../../../../shared/ids.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { buildBatch, buildBatchSet, buildTemplate } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'

function release(number: number, filler = 0): Release {
  const template = buildTemplate('demo:1', {
    env: [{ name: 'A', value: randomBytes(filler).toString('hex') }],
  })
  return {
    ...buildRelease(buildBatchSet([buildBatch(1, { template })]), { now: number * 1000 }),
    id: releaseId(`r${number}`),
  }
}
const upTo = (count: number, filler = 0): HistoryData =>
  Array.from({ length: count }, (_, index) => release(index + 1, filler)).reduce(
    (data, one) => withReleases(data, [one]),
    {},
  )
const idsOf = (data: HistoryData): readonly string[] => releasesIn(readHistory(data)).map((one) => one.id)
const bytes = (data: HistoryData): number =>
  Object.values(data).reduce((sum, value) => sum + Buffer.from(value, 'base64').length, 0)

test('the last twenty releases are kept, the oldest go first', () => {
  const ids = idsOf(upTo(mostReleases + 3))
  expect(ids.length).toBe(mostReleases)
  expect([ids[0], ids.at(-1)]).toEqual(['r23', 'r4'])
})

test('releases with large templates stay under what a ConfigMap may hold; the newest one is always there', () => {
  const data = upTo(12, 100_000)
  expect(bytes(data)).toBeLessThanOrEqual(historyLimit)
  expect(idsOf(data)[0]).toBe('r12')
  expect(idsOf(data).length).toBeLessThan(12)
  expect(bytes(data)).toBeGreaterThan(historyLimit / 2)
})

test('a release that is written again takes the place of its older record', () => {
  const stopped = { ...release(1), state: { kind: 'ended', at: 5, outcome: 'stopped' } as const }
  const data = withReleases(upTo(2), [stopped])
  expect(releasesIn(readHistory(data)).map((one) => one.state.kind)).toEqual(['running', 'ended'])
})

test('a damaged entry hides no other, is set aside unchanged, and is not overwritten by its successor', () => {
  const broken = Buffer.from('broken').toString('base64')
  const data = { ...upTo(3), 'release.r2': broken }
  expect(idsOf(data)).toEqual(['r3', 'r1'])
  const next = withReleases(data, [release(2), release(4)])
  expect(idsOf(next)).toEqual(['r4', 'r3', 'r2', 'r1'])
  expect(next['unreadable.r2']).toBe(broken)
})

test('what a newer Tranche has written, and what others keep there, stays as it is', () => {
  const newer = gzipSync(JSON.stringify({ schema: 3 })).toString('base64')
  const data = { 'release.future': newer, theirs: 'AAAA' }
  expect(readHistory(data).map((one) => one.kind)).toEqual(['newer'])
  expect(withReleases(data, [release(1)])).toMatchObject(data)
})

test('an entry is what encodes a release in the journal, so that both are read by the same rules', () => {
  const text = encodeRelease(release(1))
  expect(text.ok && withReleases({}, [release(1)])['release.r1']).toBe(text.ok && text.value)
})
