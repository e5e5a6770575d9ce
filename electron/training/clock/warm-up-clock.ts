import type { TrainingClock } from './clock.ts'

/** Cluster time that can be run ahead at once, so that a scenario opens with everything long since ready. */
export type WarmUpClock = {
  readonly clock: TrainingClock
  /** Runs `setUp` and what follows from it for so many milliseconds that lie in the past, without waiting. */
  warmUp(setUp: () => void, ms: number): void
}

type Timer = { readonly due: number; readonly run: () => void; stop: (() => void) | undefined; over: boolean }

export function createWarmUpClock(base: TrainingClock): WarmUpClock {
  let past: number | undefined
  let waiting: Timer[] = []

  function now(): number {
    return past ?? base.now()
  }

  function start(timer: Timer): void {
    timer.stop = base.setTimer(Math.max(0, timer.due - base.now()), () => {
      timer.over = true
      timer.run()
    })
  }

  return {
    clock: {
      ...base,
      now,
      setTimer(delayMs, run) {
        const timer: Timer = { due: now() + delayMs, run, stop: undefined, over: false }
        if (past === undefined) start(timer)
        else waiting.push(timer)
        return () => {
          timer.over = true
          timer.stop?.()
        }
      },
    },
    warmUp(setUp, ms) {
      const end = base.now()
      past = end - ms
      setUp()
      for (;;) {
        waiting = waiting.filter((timer) => !timer.over)
        const next = waiting.reduce<Timer | undefined>(
          (a, b) => (a === undefined || b.due < a.due ? b : a),
          undefined,
        )
        if (next === undefined || next.due > end) break
        past = next.due
        next.over = true
        next.run()
      }
      past = undefined
      for (const timer of waiting) start(timer)
      waiting = []
    },
  }
}
