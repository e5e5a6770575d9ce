import type { ComputerClock } from './fake-time.ts'
import { createSkippingClock, type SkippingClock } from './skipping-clock.ts'

/** One computer in real time, beside a cluster that nobody can hurry: it may be wrong, jump, sleep, and be ahead. */
export type RealComputer = ComputerClock & SkippingClock

export function createRealComputer({ aheadMs = 0 }: { readonly aheadMs?: number } = {}): RealComputer {
  const time = createSkippingClock()
  /** What was due while it slept. */
  const missed = new Set<() => void>()
  let ahead = aheadMs
  let slept = 0
  let asleepSince: number | undefined
  const monotonic = (): number => (asleepSince ?? time.monotonic()) - slept

  return {
    wall: () => time.wall() + ahead,
    monotonic,
    setTimer(delayMs, fire) {
      const due = monotonic() + delayMs
      let stop = time.setTimer(delayMs, run)
      function run(): void {
        const left = due - monotonic()
        if (asleepSince !== undefined) missed.add(run)
        else if (left > 1) stop = time.setTimer(left, run)
        else fire()
      }
      return () => {
        stop()
        missed.delete(run)
      }
    },
    skip: (ms) => time.skip(ms),
    jump(ms) {
      ahead += ms
    },
    sleep() {
      asleepSince = time.monotonic()
    },
    wake() {
      if (asleepSince !== undefined) slept += time.monotonic() - asleepSince
      asleepSince = undefined
      const late = [...missed]
      missed.clear()
      for (const run of late) run()
    },
  }
}
