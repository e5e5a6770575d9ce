import { expect, test } from 'vitest'
import { watchForSleep } from '../../../../../electron/cluster/clock/sleep-watch.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'

test('a machine that slept is found when it wakes, once, and a busy one is not taken for it', async () => {
  const clock = createFakeClock()
  const naps: number[] = []
  const stop = watchForSleep(clock, (ms) => naps.push(ms))
  await clock.advance(60_000)
  clock.jump(15_000)
  await clock.advance(60_000)
  expect(naps).toEqual([])
  clock.jump(3_600_000)
  await clock.advance(60_000)
  expect(naps).toEqual([3_600_000])
  clock.jump(-3_600_000)
  await clock.advance(60_000)
  expect(naps).toHaveLength(1)
  stop()
  clock.jump(3_600_000)
  await clock.advance(60_000)
  expect(naps).toHaveLength(1)
})
