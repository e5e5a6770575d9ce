import { createSystemClock, type Clock } from '../../electron/cluster/clock/clock.ts'

/** Real time that a test can move ahead: what is due by then fires at once. For programs that talk over real sockets. */
export type SkippingClock = Clock & { skip(ms: number): void }

export function createSkippingClock(): SkippingClock {
  const real = createSystemClock()
  const timers = new Set<{ readonly due: number; readonly fire: () => void; stop: () => void }>()
  let skipped = 0
  const monotonic = (): number => real.monotonic() + skipped

  return {
    wall: () => real.wall() + skipped,
    monotonic,
    setTimer(delayMs, fire) {
      const timer = { due: monotonic() + delayMs, fire: run, stop: real.setTimer(delayMs, run) }
      function run(): void {
        timer.stop()
        if (timers.delete(timer)) fire()
      }
      timers.add(timer)
      return () => {
        timer.stop()
        timers.delete(timer)
      }
    },
    skip(ms) {
      // Second by second, as time passes: a leap would look like a machine that has slept.
      for (let left = ms; left > 0; left -= 1_000) {
        skipped += Math.min(1_000, left)
        for (const timer of [...timers].sort((a, b) => a.due - b.due))
          if (timer.due <= monotonic()) timer.fire()
      }
    },
  }
}
