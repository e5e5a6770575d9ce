import { expect, test } from 'vitest'
import { createClusterClock } from '../../../../electron/cluster/cluster-clock.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'

const start = Date.UTC(2026, 10, 24, 8)
const header = (ms: number): string => new Date(ms).toUTCString()

test('before the server has said anything it is the time of this machine', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  await own.advance(5_000)
  expect(clock.now()).toBe(start + 5_000)
})

test('a machine that is ten minutes off goes by the server, either way, to within a second', () => {
  for (const wrongBy of [600_000, -600_000]) {
    const own = createFakeClock(start + wrongBy)
    const clock = createClusterClock(own)
    clock.heard(header(start + 700), own.monotonic())
    expect(Math.abs(clock.now() - (start + 700))).toBeLessThanOrEqual(1000)
  }
})

test('a wall clock that jumps changes nothing: time goes on with the monotonic clock', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start), own.monotonic())
  own.jump(3_600_000)
  await own.advance(1_000)
  expect(clock.now()).toBe(start + 1_000)
  expect(clock.wall()).toBe(start + 3_601_000)
})

test('after a sleep in which the monotonic clock stood still it is behind, until the server is heard again', () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start), own.monotonic())
  expect(clock.now()).toBe(start)
  clock.heard(header(start + 7_200_000), own.monotonic())
  expect(clock.now()).toBe(start + 7_200_000)
})

test('whole seconds, and answers that took long, do not shake a clock that is right', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  for (let second = 0; second < 30; second++) {
    const sentAt = own.monotonic()
    await own.advance(137)
    const answeredAt = own.now()
    await own.advance(863)
    clock.heard(header(answeredAt), sentAt)
    expect(clock.now()).toBe(own.now())
  }
})

test('a header that is no date is not heard', () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard('soon', own.monotonic())
  expect(clock.now()).toBe(start)
})
