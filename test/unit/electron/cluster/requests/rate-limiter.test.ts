import { expect, test } from 'vitest'
import type { Clock } from '../../../../../electron/cluster/clock/clock.ts'
import { createRateLimiter, type Lane } from '../../../../../electron/cluster/requests/rate-limiter.ts'
import { createFakeClock, settled } from '../../../../support/fake-clock.ts'
import { createFakeTime } from '../../../../support/fake-time.ts'

const limits = {
  inFlight: { lease: 1, urgent: 4, reads: 4, slow: 2 },
  perSecond: 5,
  burst: 15,
}
const wanted = new AbortController().signal

test('a queue behind the burst gets through at five a second, with a timer of whole milliseconds each', async () => {
  const time = createFakeTime()
  const delays: number[] = []
  const clock = timersOf(time.computer(), delays)
  const gate = createRateLimiter(clock, limits)
  const entered: number[] = []
  for (let number = 0; number < 40; number++) {
    void gate.enter('normal', wanted).then((leave) => {
      entered.push(clock.monotonic())
      // Requests take a while, and not a round one.
      clock.setTimer(7.3, () => leave?.())
    })
  }
  for (let step = 0; step < 400 && entered.length < 40; step++) {
    await settled()
    time.step(1_000)
  }
  expect(entered).toHaveLength(40)
  for (const [index, at] of entered.entries()) {
    const later = entered[index + 15]
    if (later !== undefined) expect(later - at).toBeGreaterThan(0)
  }
  expect(entered[39]).toBeGreaterThanOrEqual(5_000)
  expect(entered[39]).toBeLessThan(5_600)
})

test('each lane has slots of its own, and whoever leaves one lets the next of that lane in', async () => {
  const clock = createFakeClock()
  const gate = createRateLimiter(clock, { ...limits, burst: 100 })
  const entered: string[] = []
  const leaving: (() => void)[] = []
  const enter = (lane: Lane) =>
    void gate.enter(lane, wanted).then((leave) => {
      entered.push(lane)
      leaving.push(() => leave?.())
    })
  for (const lane of ['slow', 'normal', 'urgent', 'lease'] as const)
    for (let number = 0; number < 6; number++) enter(lane)
  await settled()
  const count = (lane: Lane) => entered.filter((one) => one === lane).length
  // Lists and logs take at most two of the four slots of what is looked at.
  expect([count('lease'), count('urgent'), count('normal'), count('slow')]).toEqual([1, 4, 2, 2])
  for (let round = 0; round < 30; round++) {
    leaving.shift()?.()
    await settled()
  }
  expect([count('lease'), count('urgent'), count('normal'), count('slow')]).toEqual([6, 6, 6, 6])
})

test('who waits longest for a token is let in first, and before it whoever is more urgent', async () => {
  const clock = createFakeClock()
  const gate = createRateLimiter(clock, { ...limits, burst: 1 })
  const entered: string[] = []
  const enter = (lane: Lane) => void gate.enter(lane, wanted).then(() => entered.push(lane))
  for (const lane of ['slow', 'slow', 'normal', 'urgent', 'lease'] as const) enter(lane)
  for (let tokens = 0; tokens < 5; tokens++) await clock.advance(200)
  expect(entered).toEqual(['slow', 'lease', 'urgent', 'normal', 'slow'])
})

test('whoever gives up, or is too late, leaves the queue, and nobody waits behind it', async () => {
  const clock = createFakeClock()
  const gate = createRateLimiter(clock, { ...limits, inFlight: { lease: 1, urgent: 1, reads: 1, slow: 1 } })
  const leave = await gate.enter('normal', wanted)
  const impatient = new AbortController()
  const gone = gate.enter('normal', impatient.signal)
  const next = gate.enter('normal', wanted)
  impatient.abort()
  expect(await gone).toBeUndefined()
  leave?.()
  expect(await next).toBeDefined()
})

test('urgent requests go on credit when the budget is spent, and ordinary ones wait until it is paid back', async () => {
  const clock = createFakeClock()
  const gate = createRateLimiter(clock, {
    ...limits,
    inFlight: { lease: 100, urgent: 100, reads: 100, slow: 100 },
    credit: { lease: 20, urgent: 10 },
  })
  const entered: string[] = []
  const enter = (name: string, lane: Lane) => void gate.enter(lane, wanted).then(() => entered.push(name))
  for (let number = 0; number < 16; number++) enter('read', 'normal')
  for (let number = 0; number < 10; number++) enter('roll back', 'urgent')
  await settled()
  expect(entered).toEqual([...Array<string>(15).fill('read'), ...Array<string>(10).fill('roll back')])
  await clock.advance(200)
  enter('roll back', 'urgent')
  enter('roll back', 'urgent')
  await settled()
  expect(entered.slice(25)).toEqual(['roll back'])
  // The twelfth is beyond the credit: it waits for one token, the read for all that were lent.
  await clock.advance(200)
  expect(entered.slice(26)).toEqual(['roll back'])
  await clock.advance(2_199)
  expect(entered).toHaveLength(27)
  await clock.advance(1)
  expect(entered.slice(27)).toEqual(['read'])
})

test('a server that asks one lane to wait is heard by that lane and those after it, not by those before', async () => {
  const clock = createFakeClock()
  const gate = createRateLimiter(clock, limits)
  const entered: string[] = []
  const enter = (lane: Lane) => void gate.enter(lane, wanted).then(() => entered.push(lane))
  gate.hold('normal', 7_000)
  for (const lane of ['slow', 'normal', 'urgent', 'lease'] as const) enter(lane)
  await clock.advance(6_999)
  expect(entered).toEqual(['urgent', 'lease'])
  expect(gate.heldFor('urgent')).toBe(0)
  expect(gate.heldFor('slow')).toBe(1)
  await clock.advance(1)
  expect(entered).toEqual(['urgent', 'lease', 'normal', 'slow'])
})

/** Fails instead of running in circles. */
function timersOf(clock: Clock, delays: number[]): Clock {
  return {
    ...clock,
    setTimer(delayMs, fire) {
      delays.push(delayMs)
      if (delays.length > 500) throw new Error(`timers in a circle: ${delays.slice(-3).join(', ')} ms`)
      return clock.setTimer(delayMs, fire)
    },
  }
}
