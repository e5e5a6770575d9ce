/**
 * This machine's time, as a parameter. How long it waits goes by `monotonic`: the wall clock jumps, above all after
 * sleep. There is no `now` here: what happens in a cluster is timed by that cluster's own clock, see `ClusterClock`.
 */
export type Clock = {
  /** Epoch milliseconds: for what is this machine's own alone, as the end of a certificate or of a sleep. */
  wall(): number
  /** Milliseconds since some moment in the past; never goes back. */
  monotonic(): number
  /** Returns its stop function. */
  setTimer(delayMs: number, fire: () => void): () => void
}

const longestDelay = 2 ** 31 - 1

export function createSystemClock(): Clock {
  return {
    wall: () => Date.now(),
    monotonic: () => performance.now(),
    setTimer(delayMs, fire) {
      // A longer delay would overflow to 1 ms.
      const timer = setTimeout(fire, Math.min(delayMs, longestDelay))
      return () => clearTimeout(timer)
    },
  }
}
