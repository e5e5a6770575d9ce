/**
 * The cluster's time. Everything that lives in the cluster runs on `now` and `setTimer`; what belongs to
 * the wire (watch timeouts, bookmarks, delayed answers) runs on `setWallTimer`, which no speed changes.
 */
export type TrainingClock = {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs once after so many milliseconds of cluster time; returns its stop. */
  setTimer(delayMs: number, run: () => void): () => void
  /** Runs once after so many milliseconds of real time; returns its stop. */
  setWallTimer(delayMs: number, run: () => void): () => void
  speed(): number
  setSpeed(factor: number): void
}

type Timer = {
  readonly due: number
  readonly run: () => void
  handle: ReturnType<typeof setTimeout> | undefined
}

/** Longest delay that setTimeout keeps; longer ones would fire at once. */
const longestDelay = 2 ** 31 - 1

/** Cluster time that begins now and runs `speed` times as fast as the wall clock; may be changed while running. */
export function createRealClock(initialSpeed = 1): TrainingClock {
  const timers = new Set<Timer>()
  let speed = initialSpeed
  let baseReal = performance.now()
  let baseCluster = Date.now()

  function now(): number {
    return baseCluster + (performance.now() - baseReal) * speed
  }

  function arm(timer: Timer): void {
    clearTimeout(timer.handle)
    const delay = Math.min(longestDelay, Math.max(0, (timer.due - now()) / speed))
    timer.handle = setTimeout(() => {
      if (timer.due - now() > 1) {
        arm(timer)
        return
      }
      timers.delete(timer)
      timer.run()
    }, delay)
  }

  return {
    now: () => Math.floor(now()),
    setTimer(delayMs, run) {
      const timer: Timer = { due: now() + delayMs, run, handle: undefined }
      timers.add(timer)
      arm(timer)
      return () => {
        clearTimeout(timer.handle)
        timers.delete(timer)
      }
    },
    setWallTimer(delayMs, run) {
      const handle = setTimeout(run, Math.min(longestDelay, delayMs))
      return () => {
        clearTimeout(handle)
      }
    },
    speed: () => speed,
    setSpeed(factor) {
      baseCluster = now()
      baseReal = performance.now()
      speed = factor
      for (const timer of timers) arm(timer)
    },
  }
}
