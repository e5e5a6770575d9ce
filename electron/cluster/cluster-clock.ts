import type { Clock } from './clock.ts'

/** The server's time, so that a laptop whose clock is wrong, or jumps, neither opens a gate early nor writes wrong times. */
export type ClusterClock = Clock & {
  /** This machine's own wall clock: only good for seeing that it jumped. */
  wall(): number
  /** A `Date` header, and when (monotonic) the request that it answers was sent. */
  heard(date: string, sentAt: number): void
}

/** A Date header says whole seconds, cut off. */
const resolutionMs = 1000

/**
 * Follows the Date headers over the monotonic clock. Each answer says between which bounds the difference of the two
 * lies; it is moved no further than into those bounds, so that answers which took long, and the whole seconds of the
 * header, don't shake it. Before the first answer it is this machine's time.
 */
export function createClusterClock(own: Clock): ClusterClock {
  let ahead = own.now() - own.monotonic()
  return {
    now: () => own.monotonic() + ahead,
    monotonic: () => own.monotonic(),
    setTimer: (delayMs, fire) => own.setTimer(delayMs, fire),
    wall: () => own.now(),
    heard(date, sentAt) {
      const server = Date.parse(date)
      if (Number.isNaN(server)) return
      const least = server - own.monotonic()
      const most = server + resolutionMs - sentAt
      ahead = Math.min(Math.max(ahead, least), Math.max(least, most))
    },
  }
}
