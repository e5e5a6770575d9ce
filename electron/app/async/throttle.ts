import type { Clock } from '../../cluster/clock/clock.ts'

export type Throttle = {
  /** Soon, but not before the time since the last one has passed. */
  ask(): void
  stop(): void
}

/** Calls `act` at most once in `everyMs`, however often it is asked to: a storm of changes never becomes a backlog. */
export function createThrottle(clock: Clock, everyMs: number, act: () => void): Throttle {
  let actedAt = clock.monotonic()
  let stopTimer: (() => void) | undefined

  function fire(): void {
    stopTimer = undefined
    actedAt = clock.monotonic()
    act()
  }

  return {
    ask() {
      stopTimer ??= clock.setTimer(Math.max(0, actedAt + everyMs - clock.monotonic()), fire)
    },
    stop: () => stopTimer?.(),
  }
}
