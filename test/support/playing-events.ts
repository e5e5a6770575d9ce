import { createEventCorrelator } from '../../electron/training/controllers/event-correlator.ts'
import type { Occurrence } from '../../electron/training/controllers/event-correlator.ts'
import { timestamp, type KubeObject } from '../../electron/training/objects/objects.ts'
import type { Random } from '../../electron/training/clock/random.ts'
import type { KubeClient } from './kube-client.ts'

/** Tells events through the API; the same thing again counts up the event that is there. */
export function createPlayingEvents(
  client: KubeClient,
  random: Random,
): (object: KubeObject, occurrence: Occurrence) => Promise<void> {
  const correlator = createEventCorrelator()
  const known = new Map<string, string>()

  return async (object, occurrence) => {
    const { type, reason, component, host, fieldPath } = occurrence
    const { name, namespace = 'default', uid, resourceVersion = '' } = object.metadata
    const at = timestamp(Date.now())
    const correlated = correlator.correlate(uid, occurrence, Date.now())
    if (correlated.kind === 'dropped') return
    const { key, message, count } = correlated
    const seen = known.get(key)
    if (seen !== undefined) {
      await client.patch(seen, 'merge', { message, count, lastTimestamp: at })
      return
    }
    const path = `/api/v1/namespaces/${namespace}/events`
    const eventName = `${name}.${random.hex(16)}`
    known.set(key, `${path}/${eventName}`)
    await client.post(path, {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace },
      involvedObject: { apiVersion: 'v1', kind: 'Pod', name, namespace, uid, resourceVersion, fieldPath },
      reason,
      message,
      source: { component, host },
      firstTimestamp: at,
      lastTimestamp: at,
      count,
      type,
    })
  }
}
