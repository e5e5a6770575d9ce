import { uid } from '../ids.ts'
import type { Json } from './json.ts'
import type { ClusterEvent, ConfigMap, EndpointSlice, Lease, Namespace, Pod, Service } from './objects.ts'
import { readPodTrouble } from './pod-trouble.ts'
import { livingStatuses, readUnready } from './pod-containers.ts'
import { flagAt, listAt, numberAt, objectAt, textAt, textsAt, timeAt } from './read-json.ts'
import { readMeta } from './read-meta.ts'

export function readPod(raw: Json): Pod | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  const status = objectAt(raw, 'status')
  const ready = listAt(status, 'conditions').find((one) => textAt(one, 'type') === 'Ready')
  const containers = livingStatuses(raw)
  const trouble = readPodTrouble(raw)
  const unready = readUnready(raw)
  return {
    meta,
    phase: textAt(status, 'phase'),
    node: textAt(objectAt(raw, 'spec'), 'nodeName'),
    ready: ready !== undefined && textAt(ready, 'status') === 'True',
    readySince: timeAt(ready, 'lastTransitionTime'),
    restarts: containers.reduce<number>((sum, one) => sum + numberAt(one, 'restartCount'), 0),
    images: containers.map((one) => ({
      container: textAt(one, 'name'),
      image: textAt(one, 'image'),
      imageId: textAt(one, 'imageID'),
    })),
    telling: trouble?.container ?? tellingContainer(raw),
    ...(trouble !== undefined && { trouble }),
    ...(unready !== undefined && { unready }),
  }
}

/** Without trouble. Kubelets sort statuses by name: the first container is that of the spec, or what is said to kubectl. */
function tellingContainer(raw: Json): string {
  const status = objectAt(raw, 'status')
  const running = [...listAt(status, 'initContainerStatuses'), ...listAt(status, 'containerStatuses')].filter(
    (one) => 'running' in objectAt(one, 'state'),
  )
  const restarted = running
    .filter((one) => numberAt(one, 'restartCount') > 0)
    .toSorted((a, b) => numberAt(b, 'restartCount') - numberAt(a, 'restartCount'))
  const unready = running.find((one) => !flagAt(one, 'ready'))
  const annotations = textsAt(objectAt(raw, 'metadata'), 'annotations')
  return (
    textAt(restarted[0] ?? unready, 'name') ||
    (annotations['kubectl.kubernetes.io/default-container'] ??
      textAt(listAt(objectAt(raw, 'spec'), 'containers')[0], 'name'))
  )
}

export function readService(raw: Json): Service | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  const spec = objectAt(raw, 'spec')
  return {
    meta,
    type: textAt(spec, 'type', 'ClusterIP'),
    selector: textsAt(spec, 'selector'),
    headless: textAt(spec, 'clusterIP') === 'None',
    publishesNotReady: flagAt(spec, 'publishNotReadyAddresses'),
    externalName: textAt(spec, 'type') === 'ExternalName' ? textAt(spec, 'externalName') : '',
    ports: listAt(spec, 'ports').map((port) => {
      const nodePort = numberAt(port, 'nodePort')
      return {
        port: numberAt(port, 'port'),
        targetPort: textAt(port, 'targetPort', textAt(port, 'port')),
        ...(nodePort > 0 && { nodePort }),
      }
    }),
  }
}

export function readEndpointSlice(raw: Json): EndpointSlice | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  return {
    meta,
    serviceName: meta.labels['kubernetes.io/service-name'] ?? '',
    addressType: textAt(raw, 'addressType'),
    endpoints: listAt(raw, 'endpoints').map((endpoint) => {
      const [address] = listAt(endpoint, 'addresses')
      const conditions = objectAt(endpoint, 'conditions')
      const target = textAt(objectAt(endpoint, 'targetRef'), 'uid')
      return {
        address: typeof address === 'string' ? address : '',
        // "nil should be interpreted as true" (EndpointSlice API); Kubernetes itself always writes it.
        ready: conditions['ready'] !== false,
        terminating: flagAt(conditions, 'terminating'),
        ...(target !== '' && { podUid: uid(target) }),
      }
    }),
  }
}

export function readEvent(raw: Json): ClusterEvent | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  const involved = objectAt(raw, 'involvedObject')
  const series = objectAt(raw, 'series')
  return {
    meta,
    involvedUid: uid(textAt(involved, 'uid')),
    involvedKind: textAt(involved, 'kind'),
    involvedName: textAt(involved, 'name'),
    type: textAt(raw, 'type'),
    reason: textAt(raw, 'reason'),
    message: textAt(raw, 'message'),
    // Whoever writes an event says how often; no server looks at it.
    count: Math.max(1, Math.trunc(numberAt(series, 'count') || numberAt(raw, 'count', 1))),
    lastAt:
      timeAt(series, 'lastObservedTime') ||
      timeAt(raw, 'lastTimestamp') ||
      timeAt(raw, 'eventTime') ||
      meta.createdAt,
  }
}

export function readLease(raw: Json): Lease | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  const spec = objectAt(raw, 'spec')
  return {
    meta,
    holder: textAt(spec, 'holderIdentity'),
    durationSeconds: numberAt(spec, 'leaseDurationSeconds'),
    renewTime: textAt(spec, 'renewTime'),
    transitions: numberAt(spec, 'leaseTransitions'),
  }
}

export function readConfigMap(raw: Json): ConfigMap | undefined {
  const meta = readMeta(raw)
  return meta === undefined
    ? undefined
    : { meta, data: textsAt(raw, 'data'), binaryData: textsAt(raw, 'binaryData') }
}

export function readNamespace(raw: Json): Namespace | undefined {
  const meta = readMeta(raw)
  return meta === undefined ? undefined : { meta, phase: textAt(objectAt(raw, 'status'), 'phase') }
}
