import { expect, test } from 'vitest'
import { createJournal } from '../../../../electron/release/journal.ts'
import type { ReleaseApi } from '../../../../electron/release/release-api.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { failedInWords } from '../../../../shared/fault.ts'
import { releaseId } from '../../../../shared/ids.ts'
import { buildBatchSet } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { createToyApi } from '../../../support/toy-api.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'

function setUp(spoil: (api: ReleaseApi) => Partial<ReleaseApi>) {
  const cluster = createToyCluster([1, 4])
  const toy = createToyApi(cluster)
  const api: ReleaseApi = { ...toy, ...spoil(toy) }
  const release = buildRelease(buildBatchSet(cluster.batches()), { now: 0 })
  const journal = createJournal({
    api,
    namespace: 'demo',
    service: 'demo-http',
    holder: 'li',
    now: () => 0,
  })
  return { toy, journal, release }
}

test('a lock whose answer was lost after it was written is ours, and goes on being written', async () => {
  const { toy, journal, release } = setUp((api) => ({
    async createLease(namespace, body) {
      await api.createLease(namespace, body)
      return failedInWords('timeout', 'no answer')
    },
  }))
  expect(await journal.take(release, () => undefined)).toEqual({ ok: true, value: null })
  expect(await journal.write(release)).toEqual({ ok: true, value: null })
  expect(toy.lease()?.holder).toBe('li')
})

test('a lock that was not written is not taken, and the fault says why', async () => {
  const { journal, release } = setUp(() => ({
    createLease: () => Promise.resolve(failedInWords('timeout', 'no answer')),
  }))
  expect(await journal.take(release, () => undefined)).toEqual(failedInWords('timeout', 'no answer'))
})

test('a lock that somebody else got between our reading and our writing is theirs', async () => {
  const { toy, journal, release } = setUp((api) => ({
    async createLease(namespace, body) {
      await api.createLease(namespace, body)
      toy.seize('zhou')
      return failedInWords('conflict', 'already exists')
    },
  }))
  const taken = await journal.take(release, () => undefined)
  expect(taken.ok ? undefined : taken.fault.code).toBe('conflict')
})

test('an end that was written and never answered, time and again, is our own end', async () => {
  let isCut = false
  const { toy, journal, release } = setUp((api) => ({
    async replaceLease(namespace, name, body) {
      const written = await api.replaceLease(namespace, name, body)
      return isCut ? failedInWords('timeout', 'no answer') : written
    },
    getLease: (namespace, name) =>
      isCut ? Promise.resolve(failedInWords('unreachable', 'cut')) : api.getLease(namespace, name),
  }))
  await journal.take(release, () => undefined)
  const endAt = (at: number): Release => ({
    ...release,
    state: { kind: 'ended', outcome: 'done', at },
  })
  isCut = true
  expect((await journal.write(endAt(1))).ok).toBe(false)
  expect((await journal.write(endAt(2))).ok).toBe(false)
  isCut = false
  expect(await journal.write(endAt(3))).toEqual({ ok: true, value: null })
  expect(toy.lease()?.holder).toBe('')
})

test('a lock that was taken over a release of ours which goes on after all is given back to it', async () => {
  const { toy, journal: old, release } = setUp(() => ({}))
  await old.take(release, () => undefined)
  const next = createJournal({
    api: toy,
    namespace: 'demo',
    service: 'demo-http',
    holder: 'li',
    now: () => 0,
  })
  await next.take({ ...release, id: releaseId('next') }, () => undefined)
  await next.giveBack(true)
  expect(toy.lease()?.holder).toBe('li')
  expect(await old.write(release)).toEqual({ ok: true, value: null })
})
