import type { Lease } from '../../../shared/k8s/objects.ts'
import type { Freshness } from '../../../shared/model/freshness.ts'
import type { Clock } from '../../cluster/clock/clock.ts'

/** Judges whether a lock's holder is gone. */
export type LeaseExpiry = {
  /** Whether this very lock has stood unrenewed before our eyes for its whole duration. */
  isExpired(lease: Lease, freshness: Freshness): boolean
  stop(): void
}

type Seen = { readonly version: string; readonly since: number; readonly stopTimer: () => void }

/**
 * Expiry is counted from when we first saw a renewal, on our monotonic clock, and only while we see the lock live: the
 * holder's clock and ours are never compared. The rule is client-go's leader election's.
 */
export function createLeaseExpiry(clock: Clock, onExpired: () => void): LeaseExpiry {
  const seen = new Map<string, Seen>()

  function forget(key: string): void {
    seen.get(key)?.stopTimer()
    seen.delete(key)
  }

  return {
    isExpired(lease, freshness) {
      const key = lease.meta.uid
      const durationMs = lease.durationSeconds * 1000
      if (freshness.kind !== 'live' || lease.holder === '') {
        forget(key)
        return false
      }
      const version = lease.meta.resourceVersion
      const known = seen.get(key)
      if (known?.version === version) return clock.monotonic() - known.since >= durationMs
      forget(key)
      const stopTimer = clock.setTimer(durationMs, onExpired)
      seen.set(key, { version, since: clock.monotonic(), stopTimer })
      return false
    },
    stop() {
      for (const key of [...seen.keys()]) forget(key)
    },
  }
}
