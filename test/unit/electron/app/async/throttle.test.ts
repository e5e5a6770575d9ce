import { expect, test } from 'vitest'
import { createThrottle } from '../../../../../electron/app/async/throttle.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'

test('a storm of changes is answered at once, then at a steady pace, and its last change is not missed', async () => {
  const clock = createFakeClock()
  const seen: { readonly at: number; readonly change: number }[] = []
  let change = 0
  const throttle = createThrottle(clock, 20, () => seen.push({ at: clock.monotonic(), change }))
  await clock.advance(100)
  for (; change < 50;) {
    change += 1
    throttle.ask()
    await clock.advance(1)
  }
  await clock.advance(1_000)
  expect(seen).toEqual([
    { at: 100, change: 1 },
    { at: 120, change: 20 },
    { at: 140, change: 40 },
    { at: 160, change: 50 },
  ])
})

test('once stopped it does nothing more', async () => {
  const clock = createFakeClock()
  let acts = 0
  const throttle = createThrottle(clock, 20, () => (acts += 1))
  throttle.ask()
  throttle.stop()
  await clock.advance(1_000)
  expect(acts).toBe(0)
})
