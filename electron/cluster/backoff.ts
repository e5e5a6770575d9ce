import type { Fault } from '../../shared/fault.ts'
import type { Clock } from './clock.ts'

const firstWaitMs = 800
const longestWaitMs = 30_000
const quietMs = 120_000
/** Nothing changes by itself: somebody has to grant a right, or install something on the server. */
const refusedWaitMs = 600_000
/** Somebody has to sign in or correct a file; looking whether they did costs the server nothing. */
const personWaitMs = 60_000

export type Backoff = {
  /** How long to wait after this; nothing went wrong, but too fast, without a fault. */
  next(fault: Fault | undefined): number
  reset(): void
}

/** client-go's: 0.8 s doubling to 30 s, up to twice as long by chance, from the start after two quiet minutes. */
export function createBackoff(clock: Clock, random: () => number): Backoff {
  let step = firstWaitMs
  let lastAt = -Infinity

  return {
    next(fault) {
      const now = clock.monotonic()
      if (now - lastAt > quietMs) step = firstWaitMs
      const wait = step * (1 + random())
      step = Math.min(longestWaitMs, step * 2)
      lastAt = now + wait
      // What the server asks for comes first.
      return Math.max(wait, (fault?.retryAfter ?? 0) * 1000, fault === undefined ? 0 : leastWait(fault))
    },
    reset() {
      step = firstWaitMs
    },
  }
}

function leastWait({ code }: Fault): number {
  switch (code) {
    case 'forbidden':
    case 'not-found':
      return refusedWaitMs
    case 'unauthorized':
    case 'consent-needed':
    case 'kubeconfig':
    case 'not-supported':
    case 'plugin':
    case 'tls':
      return personWaitMs
    default:
      return 0
  }
}
