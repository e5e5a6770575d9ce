import type { Fault } from '../../../shared/fault.ts'
import type { Lane } from './rate-limiter.ts'

/** However long a server asks us to wait, nobody is kept from looking for longer, nor from a rollback and its lock. */
const longestMs: Readonly<Record<Lane, number>> = {
  lease: 5_000,
  urgent: 10_000,
  normal: 60_000,
  slow: 60_000,
}

/** How long a server may keep this lane waiting with its Retry-After: requests and watches alike. */
export function askedToWaitMs(fault: Fault | undefined, lane: Lane): number {
  return Math.min(longestMs[lane], (fault?.retryAfter ?? 0) * 1000)
}
