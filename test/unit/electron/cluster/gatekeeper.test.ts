import { expect, test } from 'vitest'
import type { Clock } from '../../../../electron/cluster/clock.ts'
import { createGatekeeper, type Lane } from '../../../../electron/cluster/gatekeeper.ts'
import { createFakeClock, settled } from '../../../support/fake-clock.ts'
import { createFakeTime } from '../../../support/fake-time.ts'

const limits = { inFlight: 4, perSecond: 5, burst: 15 }

test('a queue behind the burst gets through at five a second, with a timer of whole milliseconds each', async () => {
  const time = createFakeTime()
  const delays: number[] = []
  const clock = timersOf(time.computer(), delays)
  const gate = createGatekeeper(clock, limits)
  const entered: number[] = []
  for (let number = 0; number < 40; number++) {
    void gate.enter().then((leave) => {
      entered.push(clock.monotonic())
      // Requests take a while, and not a round one.
      clock.setTimer(7.3, leave)
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

test('urgent requests go before all ordinary ones that wait, within the same four in flight and five a second', async () => {
  const clock = createFakeClock()
  const gate = createGatekeeper(clock, limits)
  const entered: string[] = []
  const leaving: (() => void)[] = []
  const enter = (name: string, lane: Lane) =>
    void gate.enter(lane).then((leave) => {
      entered.push(name)
      leaving.push(leave)
    })
  for (let number = 0; number < 20; number++) enter('read', 'ordinary')
  await settled()
  expect(entered).toEqual(['read', 'read', 'read', 'read'])
  enter('roll back web-3', 'urgent')
  enter('roll back web-2', 'urgent')
  await settled()
  expect(entered).toHaveLength(4)
  for (let left = 1; left <= 11; left++) {
    leaving.shift()?.()
    await settled()
    expect(entered).toHaveLength(4 + left)
  }
  expect(entered.slice(4)).toEqual(['roll back web-3', 'roll back web-2', ...Array<string>(9).fill('read')])
  // The burst is spent: what is urgent waits for its token as well, but no longer than for one.
  for (const leave of leaving.splice(0)) leave()
  enter('freeze', 'urgent')
  await clock.advance(199)
  expect(entered).toHaveLength(15)
  await clock.advance(1)
  expect(entered.slice(15)).toEqual(['freeze'])
  await clock.advance(200)
  expect(entered.slice(16)).toEqual(['read'])
})

test('urgent requests go on credit when the budget is spent, and ordinary ones wait until it is paid back', async () => {
  const clock = createFakeClock()
  const gate = createGatekeeper(clock, { ...limits, inFlight: 100, credit: 10 })
  const entered: string[] = []
  const enter = (name: string, lane: Lane) => void gate.enter(lane).then(() => entered.push(name))
  for (let number = 0; number < 16; number++) enter('read', 'ordinary')
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

test('an urgent request does not go before the server wants to hear from us again', async () => {
  const clock = createFakeClock()
  const gate = createGatekeeper(clock, limits)
  gate.hold(7_000)
  let entered = false
  void gate.enter('urgent').then(() => (entered = true))
  await clock.advance(6_999)
  expect(entered).toBe(false)
  await clock.advance(1)
  expect(entered).toBe(true)
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
