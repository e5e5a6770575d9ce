import type { Clock } from '../clock/clock.ts'

/** Fills with `perSecond` tokens up to `burst`. It may be overdrawn: what was taken too much is filled up first. */
export function createTokenBucket(
  clock: Pick<Clock, 'monotonic'>,
  { perSecond, burst }: { readonly perSecond: number; readonly burst: number },
) {
  let tokens = burst
  let filledAt = clock.monotonic()

  function refill(): void {
    const now = clock.monotonic()
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
  }

  return {
    /** How many ms until there are so many, or more; 0 where there are. */
    msUntil(wanted: number): number {
      refill()
      return Math.max(0, ((wanted - tokens) / perSecond) * 1000)
    },
    take(): void {
      tokens--
    },
  }
}
