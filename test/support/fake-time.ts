import type { Clock } from '../../electron/cluster/clock/clock.ts'
import type { TrainingClock } from '../../electron/training/clock/clock.ts'

/** One computer that tells its own time: it may be wrong, jump, and sleep. */
export type ComputerClock = Clock & {
  /** The wall clock jumps; the monotonic one, and so every timer, does not. */
  jump(ms: number): void
  /** Nothing runs until it wakes; its monotonic clock stands still meanwhile, as on Linux. */
  sleep(): void
  wake(): void
}

/** The time of a whole world: a cluster and the computers around it live on one line that only a test moves. */
export type FakeTime = {
  readonly cluster: TrainingClock
  computer(options?: { readonly aheadMs?: number }): ComputerClock
  now(): number
  /** Goes on to whatever is due next, at most so far. */
  step(atMostMs: number): void
}

type Timer = { due: number; readonly order: number; readonly run: () => void }
type Timers = Set<Timer>

/** Things that are due within so short a time happen in one step, in their order. */
const together = 50

export function createFakeTime(start = Date.UTC(2026, 10, 24, 8)): FakeTime {
  const awake = new Set<Timers>()
  let time = start
  let order = 0

  function timersOf(timers: Timers): (delayMs: number, run: () => void) => () => void {
    return (delayMs, run) => {
      const timer = { due: time + Math.max(0, delayMs), order: (order += 1), run }
      timers.add(timer)
      return () => timers.delete(timer)
    }
  }

  function next(until: number): { readonly timers: Timers; readonly timer: Timer } | undefined {
    let first: { readonly timers: Timers; readonly timer: Timer } | undefined
    for (const timers of awake) {
      for (const timer of timers) {
        if (timer.due > until) continue
        const earlier =
          first === undefined ||
          timer.due < first.timer.due ||
          (timer.due === first.timer.due && timer.order < first.timer.order)
        if (earlier) first = { timers, timer }
      }
    }
    return first
  }

  function runUntil(until: number): void {
    for (let found = next(until); found !== undefined; found = next(until)) {
      found.timers.delete(found.timer)
      time = Math.max(time, found.timer.due)
      found.timer.run()
    }
    time = until
  }

  function computer({ aheadMs = 0 }: { readonly aheadMs?: number } = {}): ComputerClock {
    const timers: Timers = new Set()
    let ahead = aheadMs
    let slept = 0
    let asleepSince: number | undefined
    awake.add(timers)
    return {
      wall: () => time + ahead,
      monotonic: () => (asleepSince ?? time) - start - slept,
      setTimer: timersOf(timers),
      jump(ms) {
        ahead += ms
      },
      sleep() {
        asleepSince = time
        awake.delete(timers)
      },
      wake() {
        const ms = asleepSince === undefined ? 0 : time - asleepSince
        slept += ms
        asleepSince = undefined
        // What was due in ten seconds when it fell asleep is due in ten seconds now.
        for (const timer of timers) timer.due += ms
        awake.add(timers)
      },
    }
  }

  const clusterTimers: Timers = new Set()
  awake.add(clusterTimers)
  const setTimer = timersOf(clusterTimers)
  return {
    cluster: {
      now: () => Math.floor(time),
      setTimer,
      setWallTimer: setTimer,
      speed: () => 1,
      setSpeed: () => undefined,
    },
    computer,
    now: () => time,
    step(atMostMs) {
      const limit = time + atMostMs
      const first = next(limit)?.timer.due ?? limit
      runUntil(Math.min(limit, Math.max(time, first) + together))
    },
  }
}
