import { expect, test } from 'vitest'
import { createCurveRecorder } from '../../../../../electron/app/watching/curve-recorder.ts'
import { createListeners } from '../../../../../electron/app/async/listeners.ts'
import type { NamespaceModels } from '../../../../../electron/app/watching/namespace-models.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import type { Freshness } from '../../../../../shared/model/freshness.ts'
import { buildBatch, buildBatchSet } from '../../../../support/build-batch.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'

const target = { connection: connectionId('c'), namespace: 'demo', service: 'demo-http' }

function bench() {
  const clock = createFakeClock()
  const changes = createListeners()
  const connections = createListeners()
  const seen: { ready: number; freshness: Freshness; connected: boolean; speed: number } = {
    speed: 1,
    ready: 16,
    freshness: { kind: 'live' },
    connected: true,
  }
  let opened = 0
  const model = {
    set: () => buildBatchSet([buildBatch(2, { servingNew: seen.ready })]),
    freshness: () => seen.freshness,
    onChange: changes.add,
  }
  const models = {
    open: () => {
      if (!seen.connected) return undefined
      opened++
      return { model, dispose: () => opened-- }
    },
    closeAll: () => undefined,
  } as unknown as NamespaceModels
  const recorder = createCurveRecorder({
    timeOf: () => ({ now: () => clock.now(), speed: () => seen.speed }),
    clock,
    models,
    release: () => undefined,
    isConnected: () => seen.connected,
    onConnections: connections.add,
  })
  return { clock, seen, recorder, changes, connections, opened: () => opened }
}

test('a change is recorded at most once a second, with the last of its values', async () => {
  const { clock, seen, recorder, changes } = bench()
  recorder.follow(target)
  await clock.advance(5000)
  for (const ready of [15, 14, 13]) {
    seen.ready = ready
    changes.tell()
    await clock.advance(100)
  }
  await clock.advance(1000)
  expect(recorder.samples(target).map(({ ready }) => ready)).toEqual([16, 15, 13])
})

test('what was recorded is still there for a page that is loaded anew, with a gap where nobody looked', async () => {
  const { clock, recorder, opened } = bench()
  const leave = recorder.follow(target)
  await clock.advance(20_000)
  leave()
  expect(opened()).toBe(0)
  await clock.advance(120_000)
  recorder.follow(target)
  expect(recorder.samples(target).at(-1)?.gap).toBe(true)
  expect(recorder.samples(target)).toHaveLength(3)
})

test('while the machine sleeps nothing is seen: the line is broken where the wall clock jumped', async () => {
  const { clock, recorder } = bench()
  recorder.follow(target)
  await clock.advance(40_000)
  clock.jump(300_000)
  await clock.advance(15_000)
  expect(recorder.samples(target).filter(({ gap }) => gap)).toHaveLength(1)
})

test('where the time of a training cluster goes faster, quiet is no gap, before and after its speed is changed', async () => {
  const { clock, seen, recorder } = bench()
  recorder.follow(target)
  seen.speed = 20
  for (let sample = 0; sample < 3; sample++) {
    clock.jump(19 * 15_000)
    await clock.advance(15_000)
  }
  seen.speed = 1
  clock.jump(19 * 7_000)
  await clock.advance(15_000)
  const samples = recorder.samples(target)
  expect(samples.length).toBeGreaterThan(1)
  expect(samples.filter(({ gap }) => gap)).toEqual([])
})

test('stale data is not recorded as if it were seen now', async () => {
  const { clock, seen, recorder } = bench()
  recorder.follow(target)
  await clock.advance(1000)
  const before = recorder.samples(target)
  seen.freshness = { kind: 'stale', since: clock.now(), why: { kind: 'words', words: 'gone' } }
  await clock.advance(60_000)
  expect(recorder.samples(target)).toEqual(before)
})

test('a connection that is opened again is recorded again', async () => {
  const { clock, seen, recorder, connections, opened } = bench()
  seen.connected = false
  recorder.follow(target)
  expect(recorder.samples(target)).toEqual([])
  seen.connected = true
  connections.tell()
  await clock.advance(1000)
  expect(recorder.samples(target)).toHaveLength(1)
  seen.connected = false
  connections.tell()
  expect(opened()).toBe(0)
})

test('a release that is driven is recorded without a page, until it is driven no more', () => {
  const { recorder, opened } = bench()
  recorder.followDriven([target])
  recorder.followDriven([target])
  expect(opened()).toBe(1)
  recorder.followDriven([])
  expect(opened()).toBe(0)
})
