import { expect, test } from 'vitest'
import { createClusterClock } from '../../../../../electron/cluster/clock/cluster-clock.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'

const start = Date.UTC(2026, 10, 24, 8)
const header = (ms: number, speed?: number) => ({
  date: new Date(ms).toUTCString(),
  ...(speed !== undefined && { speed: `${speed}` }),
})

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
  clock.heard({ date: 'soon' }, own.monotonic())
  expect(clock.now()).toBe(start)
})

test('a cluster whose time goes five times as fast is followed between its answers', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start, 5), own.monotonic())
  await own.advance(60_000)
  expect(clock.now()).toBe(start + 300_000)
  expect(clock.speed()).toBe(5)
})

test('when its speed changes its time goes on from where it was, and an alarm still comes at its time', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  const rung: number[] = []
  clock.setAlarm(start + 60_000, () => rung.push(clock.now()))
  const stop = clock.setAlarm(start + 30_000, () => rung.push(-1))
  stop()
  await own.advance(10_000)
  clock.heard(header(start + 10_000, 20), own.monotonic())
  expect(clock.now()).toBe(start + 10_000)
  await own.advance(2_000)
  expect(rung).toEqual([])
  clock.heard(header(start + 50_000, 1), own.monotonic())
  await own.advance(9_000)
  expect(rung).toEqual([])
  await own.advance(1_000)
  expect(rung).toEqual([start + 60_000])
})

test('an alarm that was set before the server was heard goes by the time of the server', async () => {
  const own = createFakeClock(start - 600_000)
  const clock = createClusterClock(own)
  let rang = false
  clock.setAlarm(start + 5_000, () => (rang = true))
  clock.heard(header(start), own.monotonic())
  await own.advance(6_000)
  expect(rang).toBe(true)
})

test('a wait of this machine takes its own time, however fast the cluster goes', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  let fired = false
  clock.heard(header(start, 20), own.monotonic())
  clock.setTimer(10_000, () => (fired = true))
  await own.advance(9_999)
  expect(fired).toBe(false)
  await own.advance(1)
  expect(fired).toBe(true)
})

test('a server cannot make time stand still, go back or race', () => {
  for (const [said, speed] of [
    ['0', 1],
    ['-5', 1],
    ['1e9', 20],
    ['Infinity', 20],
    ['fast', 1],
  ] as const) {
    const own = createFakeClock(start)
    const clock = createClusterClock(own)
    clock.heard({ date: new Date(start).toUTCString(), speed: said }, own.monotonic())
    expect(clock.speed(), said).toBe(speed)
  }
})

test('servers of one cluster that differ by half a minute, either way, make no minute shorter or longer', async () => {
  for (const first of [0, 30_000, -30_000]) {
    const own = createFakeClock(start)
    const clock = createClusterClock(own)
    clock.heard(header(start + first), own.monotonic())
    const begun = clock.now()
    for (let second = 1; second <= 600; second++) {
      await own.advance(1_000)
      const skew = [30_000, -30_000, 0, first][second % 4] ?? 0
      clock.heard(header(own.now() + skew), own.monotonic())
      expect(Math.abs(clock.now() - begun - second * 1000)).toBeLessThan(100)
    }
  }
})

test('another server that answers from now on is no news of the time that has passed', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start - 30_000), own.monotonic())
  let rangAt = 0
  clock.setAlarm(clock.now() + 60_000, () => (rangAt = own.now()))
  for (let second = 1; second <= 60; second++) {
    await own.advance(1_000)
    clock.heard(header(own.now() + 30_000), own.monotonic())
  }
  await own.advance(100)
  expect(rangAt).toBeGreaterThanOrEqual(start + 59_990)
  expect(rangAt).toBeLessThanOrEqual(start + 60_010)
})

test('a short sleep, of which the wall clock tells as well, is made up for', () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start), own.monotonic())
  own.jump(40_000)
  clock.heard(header(start + 40_000), own.monotonic())
  expect(clock.now()).toBe(start + 40_000)
})

test('after a long sleep another server is no news either of how long it was', () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start), own.monotonic())
  own.jump(600_000)
  clock.heard(header(start + 630_000), own.monotonic())
  expect(clock.now()).toBe(start + 600_000)
})

test('a wall clock that jumps by as much as a server is ahead of another one is not believed for a sleep of that', async () => {
  const own = createFakeClock(start)
  const clock = createClusterClock(own)
  clock.heard(header(start), own.monotonic())
  own.jump(-30_000)
  await own.advance(1_000)
  clock.heard(header(start - 29_000), own.monotonic())
  expect(Math.abs(clock.now() - start - 1_000)).toBeLessThan(10)
})
