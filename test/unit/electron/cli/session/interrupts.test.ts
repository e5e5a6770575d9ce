import { expect, test } from 'vitest'
import {
  createInterrupts,
  graceMs,
  stayMs,
  type Interrupted,
} from '../../../../../electron/cli/session/interrupts.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'

function stage() {
  const clock = createFakeClock()
  const interrupts = createInterrupts((ms, fire) => clock.setTimer(ms, fire))
  const seen: { end?: Interrupted } = {}
  void interrupts.ends.then((end) => (seen.end = end))
  return { clock, interrupts, seen }
}

test('an interrupt that nobody takes charge of ends the command at once', async () => {
  const { clock, interrupts, seen } = stage()
  interrupts.raise('timeout')
  await clock.advance(0)
  expect(seen.end).toEqual({ why: 'timeout' })
})

test('whoever takes charge of an interrupt and is not done in time is passed over', async () => {
  const { clock, interrupts, seen } = stage()
  const guard = interrupts.guard()
  interrupts.raise('signal')
  expect(await guard.raised()).toBe('signal')
  // The time counts from the first, however many follow.
  await clock.advance(graceMs - 1)
  interrupts.raise('timeout')
  expect(seen.end).toBeUndefined()
  await clock.advance(1)
  expect(seen.end).toEqual({ why: 'signal', overdue: 'pausing' })
})

test('also a guard that never asks for interrupts is passed over', async () => {
  const { clock, interrupts, seen } = stage()
  interrupts.guard()
  interrupts.raise('timeout')
  await clock.advance(graceMs)
  expect(seen.end).toEqual({ why: 'timeout', overdue: 'pausing' })
})

test('a guard that stays does so for a while only, and is told of the next interrupt', async () => {
  const { clock, interrupts, seen } = stage()
  const guard = interrupts.guard()
  interrupts.raise('signal')
  guard.stay()
  await clock.advance(graceMs)
  expect(seen.end).toBeUndefined()
  interrupts.raise('timeout')
  expect(await guard.raised()).toBe('timeout')
  guard.stay()
  await clock.advance(stayMs - 1)
  expect(seen.end).toBeUndefined()
  await clock.advance(1)
  expect(seen.end).toEqual({ why: 'timeout', overdue: 'staying' })
})

test('a person who insists does not wait for a guard', async () => {
  const { clock, interrupts, seen } = stage()
  interrupts.guard()
  interrupts.raise('signal')
  interrupts.insist('signal')
  await clock.advance(0)
  expect(seen.end).toEqual({ why: 'signal', overdue: 'pausing' })
})
