import { timestamp, type KubeObject } from '../../electron/training/objects.ts'
import type { Random } from '../../electron/training/random.ts'
import type { KubeClient } from './kube-client.ts'

type Occurrence = {
  readonly type: 'Normal' | 'Warning'
  readonly reason: string
  readonly message: string
  readonly component: string
  readonly host?: string
  readonly fieldPath?: string
}

/** Tells events through the API; the same thing again counts up the event that is there. */
export function createPlayingEvents(
  client: KubeClient,
  random: Random,
): (object: KubeObject, occurrence: Occurrence) => Promise<void> {
  const known = new Map<string, { readonly path: string; count: number }>()

  return async (object, { type, reason, message, component, host, fieldPath }) => {
    const { name, namespace = 'default', uid, resourceVersion = '' } = object.metadata
    const at = timestamp(Date.now())
    const key = [uid, type, reason, message, fieldPath].join('\n')
    const seen = known.get(key)
    if (seen !== undefined) {
      seen.count += 1
      await client.patch(seen.path, 'merge', { count: seen.count, lastTimestamp: at })
      return
    }
    const path = `/api/v1/namespaces/${namespace}/events`
    const eventName = `${name}.${random.hex(16)}`
    known.set(key, { path: `${path}/${eventName}`, count: 1 })
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
      count: 1,
      type,
    })
  }
}
