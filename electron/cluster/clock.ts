/** Time as a parameter. Ages and limits go by `monotonic`: the wall clock jumps, above all after sleep. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number
  /** Milliseconds since some moment in the past; never goes back. */
  monotonic(): number
  /** Returns its stop function. */
  setTimer(delayMs: number, fire: () => void): () => void
}

const longestDelay = 2 ** 31 - 1

export function createSystemClock(): Clock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer(delayMs, fire) {
      // A longer delay would overflow to 1 ms.
      const timer = setTimeout(fire, Math.min(delayMs, longestDelay))
      return () => clearTimeout(timer)
    },
  }
}
