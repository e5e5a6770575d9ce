import type { TrainingClock } from '../../electron/training/clock/clock.ts'

export type FakeTrainingClock = TrainingClock & {
  /** Runs everything that is due within so many milliseconds, in order. */
  advance(milliseconds: number): void
  /** Advances in steps until the condition holds; fails after the given time. Gives the time that it took. */
  advanceUntil(
    condition: () => boolean,
    limits?: { readonly step?: number; readonly atMost?: number },
  ): number
  readonly waiting: () => number
}

type Timer = { readonly due: number; readonly order: number; readonly run: () => void }

/** Cluster time that stands still unless a test advances it; wall timers run on the same time. */
export function createFakeTrainingClock(start = Date.UTC(2026, 10, 24, 8)): FakeTrainingClock {
  const timers = new Set<Timer>()
  let time = start
  let order = 0
  let speed = 1

  function setTimer(delayMs: number, run: () => void): () => void {
    order += 1
    const timer: Timer = { due: time + Math.max(0, delayMs), order, run }
    timers.add(timer)
    return () => timers.delete(timer)
  }

  function next(until: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of timers) {
      if (timer.due > until) continue
      if (
        first === undefined ||
        timer.due < first.due ||
        (timer.due === first.due && timer.order < first.order)
      ) {
        first = timer
      }
    }
    return first
  }

  function advance(milliseconds: number): void {
    const until = time + milliseconds
    for (let timer = next(until); timer !== undefined; timer = next(until)) {
      timers.delete(timer)
      time = timer.due
      timer.run()
    }
    time = until
  }

  return {
    now: () => Math.floor(time),
    setTimer,
    setWallTimer: setTimer,
    speed: () => speed,
    setSpeed(factor) {
      speed = factor
    },
    advance,
    advanceUntil(condition, { step = 50, atMost = 600_000 } = {}) {
      const began = time
      while (!condition()) {
        if (time - began >= atMost) throw new Error(`nothing happened within ${atMost} ms of cluster time`)
        advance(step)
      }
      return time - began
    },
    waiting: () => timers.size,
  }
}
