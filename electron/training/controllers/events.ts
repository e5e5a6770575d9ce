import type { TrainingClock } from '../clock/clock.ts'
import { createEventCorrelator, type Occurrence } from './event-correlator.ts'
import type { Lifecycle } from '../objects/lifecycle.ts'
import { timestamp, type EventObject, type KubeObject } from '../objects/objects.ts'
import type { Random } from '../clock/random.ts'
import { events, namespaces } from '../objects/resources.ts'
import type { Store } from '../objects/store.ts'

/** Tells what happened to an object. The same thing again counts up the event that is there. */
export type EventRecorder = {
  record(object: KubeObject, occurrence: Occurrence): void
  /** Forgets what was aggregated so far. */
  reset(): void
}

/** Events are kept for an hour, as by the API server's default. */
const keptMs = 3_600_000

export function createEventRecorder(tools: {
  readonly store: Store
  readonly clock: TrainingClock
  readonly random: Random
  readonly lifecycle: Lifecycle
}): EventRecorder {
  const { store, clock, random, lifecycle } = tools
  const correlator = createEventCorrelator()
  const known = new Map<string, string>()
  let sweepAt = 0

  function sweep(): void {
    const now = clock.now()
    if (now < sweepAt) return
    sweepAt = now + 60_000
    for (const event of store.list(events)) {
      if (now - Date.parse(event.lastTimestamp) > keptMs) store.remove(events, event)
    }
  }

  return {
    record(object, occurrence) {
      sweep()
      const home = store.get(namespaces, '', object.metadata.namespace ?? 'default')
      if (home?.metadata.deletionTimestamp !== undefined) return
      const { type, reason, component, host, fieldPath } = occurrence
      const { name, namespace = 'default', uid, resourceVersion = '' } = object.metadata
      const at = timestamp(clock.now())
      const correlated = correlator.correlate(uid, occurrence, clock.now())
      if (correlated.kind === 'dropped') return
      const { key, message, count } = correlated
      const seen = store.get(events, namespace, known.get(key) ?? '')
      if (seen !== undefined) {
        lifecycle.update(events, { ...seen, message, count, lastTimestamp: at }, 'main')
        return
      }
      const eventName = `${name}.${random.hex(16)}`
      known.set(key, eventName)
      lifecycle.create<EventObject>(events, {
        metadata: { name: eventName, namespace },
        involvedObject: {
          kind: object.kind,
          namespace,
          name,
          uid,
          apiVersion: object.apiVersion,
          resourceVersion,
          ...(fieldPath === undefined ? {} : { fieldPath }),
        },
        reason,
        message,
        source: { component, ...(host === undefined ? {} : { host }) },
        firstTimestamp: at,
        lastTimestamp: at,
        count,
        type,
      })
    },
    reset() {
      correlator.reset()
      known.clear()
      sweepAt = 0
    },
  }
}
