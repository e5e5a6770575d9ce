import type { Fault } from '../../../shared/fault.ts'
import { askedToWaitMs } from './asked-to-wait.ts'
import type { Clock } from '../clock/clock.ts'
import type { Lane } from './rate-limiter.ts'

const firstWaitMs = 800
const longestWaitMs = 30_000
const quietMs = 120_000
/**
 * Nothing changes by itself: somebody has to grant a right, or install something on the server. But a server that has
 * only just started, or a proxy before it, says the same for some seconds: the wait grows to this.
 */
const longestRefusedMs = 600_000
/** Somebody has to sign in or correct a file; looking whether they did costs the server nothing. */
const longestPersonMs = 60_000

export type Backoff = {
  /** How long to wait after this; nothing went wrong, but too fast, without a fault. */
  next(fault: Fault | undefined, lane: Lane): number
  reset(): void
}

/** client-go's: 0.8 s doubling to 30 s, up to twice as long by chance, from the start after two quiet minutes. */
export function createBackoff(clock: Clock, random: () => number): Backoff {
  let step = firstWaitMs
  let lastAt = -Infinity

  return {
    next(fault, lane) {
      const now = clock.monotonic()
      if (now - lastAt > quietMs) step = firstWaitMs
      const longest = fault === undefined ? longestWaitMs : longestWait(fault)
      const byChance = 1 + random()
      const wait =
        longest === longestWaitMs ? Math.min(longest, step) * byChance : Math.min(longest, step * byChance)
      step = Math.min(longest, step * 2)
      lastAt = now + wait
      // What the server asks for comes first.
      return Math.max(wait, askedToWaitMs(fault, lane))
    },
    reset() {
      step = firstWaitMs
    },
  }
}

function longestWait({ code }: Fault): number {
  switch (code) {
    case 'forbidden':
    case 'not-found':
      return longestRefusedMs
    case 'unauthorized':
    case 'consent-needed':
    case 'kubeconfig':
    case 'not-supported':
    case 'plugin':
    case 'tls':
      return longestPersonMs
    default:
      return longestWaitMs
  }
}
