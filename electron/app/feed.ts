import type { Clock } from '../cluster/clock/clock.ts'
import { createThrottle } from './async/throttle.ts'

/** At most ten snapshots a second: more can't be seen, and each one is whole. */
const shortestMs = 100

/**
 * Sends what `build` gives: at once, then after changes. Many changes become one snapshot, so that a storm in the
 * cluster never becomes a backlog on the way to the page. Returns its stop function.
 */
export function startFeed<T>(options: {
  readonly clock: Clock
  readonly build: () => T
  readonly onChange: (listener: () => void) => () => void
  readonly send: (payload: T) => void
}): () => void {
  const throttle = createThrottle(options.clock, shortestMs, flush)

  function flush(): void {
    options.send(options.build())
  }

  const stopListening = options.onChange(throttle.ask)
  flush()
  return () => {
    stopListening()
    throttle.stop()
  }
}
