import { expect, test } from 'vitest'
import { endingOf, vacate } from '../../../../../electron/app/releases/vacate.ts'
import { createJournal } from '../../../../../electron/release/journal.ts'
import { startRunner } from '../../../../../electron/release/runner.ts'
import { isOver } from '../../../../../shared/release/standing.ts'
import { buildBatchSet } from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'
import { createFakeClock, settled } from '../../../../support/fake-clock.ts'
import { createToyApi } from '../../../../support/toy-api.ts'
import { createToyCluster } from '../../../../support/toy-cluster.ts'

async function setUp() {
  const cluster = createToyCluster([1, 4])
  const api = createToyApi(cluster)
  const clock = createFakeClock()
  const release = buildRelease(buildBatchSet(cluster.batches()), { now: clock.now() })
  const options = { api, namespace: 'demo', service: 'demo-http', holder: 'me/install/1-a', now: clock.now }
  const journal = createJournal(options)
  await journal.take(release, () => undefined)
  api.hangNextWrite()
  const runner = startRunner({
    release,
    journal,
    api,
    clock,
    observe: () => ({ freshness: { kind: 'live' }, service: true, batches: cluster.batches() }),
    isAsked: () => false,
    onObservation: () => () => undefined,
    onChange: () => undefined,
    log: () => undefined,
  })
  await settled()
  const watched = { setOf: () => buildBatchSet(cluster.batches()) }
  const parts = { api, model: { onChange: () => () => undefined }, clock, now: () => clock.now(), ...watched }
  return { cluster, api, clock, runner, parts }
}

test('what takes the place of a release whose write hangs finds it seen out: that write lands no more', async () => {
  const { cluster, api, clock, runner, parts } = await setUp()
  const vacated = vacate(runner, parts)
  await clock.advance(10_000)
  expect(await vacated).toMatchObject({ release: { state: { kind: 'running' } } })
  expect((await vacated).fault).toBeUndefined()
  expect(api.fences).toEqual(['demo-aone-1'])
  const before = cluster.batches()
  api.landWrites()
  expect(cluster.batches()).toEqual(before)
})

test('while a write can’t be seen out nothing takes the place of its release, which keeps it in doubt', async () => {
  const { api, clock, runner, parts } = await setUp()
  api.breakWith({ code: 'server-error', message: 'a webhook is away' })
  const vacated = vacate(runner, parts)
  await clock.advance(10_000)
  expect((await vacated).fault?.code).toBe('conflict')
  expect((await vacated).release.batches[0]?.inDoubt).toBeDefined()
})

test('nothing takes the place of a release before its last write is in what is watched', async () => {
  const { cluster, clock, runner, parts } = await setUp()
  const old = buildBatchSet(cluster.batches())
  const vacated = vacate(runner, { ...parts, setOf: () => old })
  await clock.advance(15_000)
  expect((await vacated).fault?.code).toBe('stale')
})

test('one that only had a write in doubt left is written down as ended, and its lock is free, before anything takes its place', async () => {
  const { api, clock, runner, parts } = await setUp()
  // The stop is in the journal; what sees out its write hangs as well.
  api.hangNextWrite()
  await runner.command({ kind: 'stop' }, { by: 'me', permit: () => undefined })
  const vacated = vacate(runner, parts)
  await clock.advance(10_000)
  const { release, fault } = await vacated
  expect([isOver(release), fault]).toEqual([true, undefined])
  expect([runner.driving(), api.lease()?.holder]).toEqual([true, 'me/install/1-a'])
  expect(await endingOf(runner, release)).toBeUndefined()
  expect([runner.driving(), api.lease()?.holder]).toEqual([false, ''])
})

test('while that end can’t be written nothing takes its place, and it goes on trying', async () => {
  const { api, clock, runner, parts } = await setUp()
  api.hangNextWrite()
  await runner.command({ kind: 'stop' }, { by: 'me', permit: () => undefined })
  const vacated = vacate(runner, parts)
  await clock.advance(10_000)
  const { release } = await vacated
  api.breakWith({ code: 'server-error', message: 'etcd has no leader' })
  expect((await endingOf(runner, release))?.code).toBe('server-error')
  api.breakWith(undefined)
  await clock.advance(3_000)
  expect([runner.driving(), api.lease()?.holder]).toEqual([false, ''])
})
