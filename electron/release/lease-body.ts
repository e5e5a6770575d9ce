import type { Json } from '../../shared/k8s/json.ts'
import type { Lease } from '../../shared/k8s/objects.ts'
import { microTime } from './micro-time.ts'

export const journalAnnotation = 'tranche.dev/release'
/** A lock that was just taken: whoever took it looks about first, and goes on with its next write. */
export const claimAnnotation = 'tranche.dev/claim'
export const leaseSeconds = 60

/** The Lease that an entry goes into, and how often it will have changed hands; without `known` it is a new one. */
export type Place = {
  /** The journal that stood there. */
  readonly before: string | undefined
  readonly known?: Pick<Lease['meta'], 'uid' | 'resourceVersion'> | undefined
  readonly transitions: number
}

/** The Lease as it is written whole. `holder`: empty after the end, where it is kept as the last record. */
export function leaseBody(
  place: Place,
  entry: {
    readonly name: string
    readonly namespace: string
    readonly service: string
    /** Without one the next release may begin. */
    readonly holder: string
    readonly text: string | undefined
    readonly claims: boolean
    /** Epoch milliseconds. */
    readonly at: number
  },
): Json {
  const time = microTime(entry.at)
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: entry.name,
      namespace: entry.namespace,
      labels: {
        'app.kubernetes.io/managed-by': 'tranche',
        'tranche.dev/service': entry.service.slice(0, 63),
      },
      annotations: {
        ...(entry.text !== undefined && { [journalAnnotation]: entry.text }),
        ...(entry.claims && { [claimAnnotation]: 'true' }),
      },
      ...(place.known !== undefined && {
        uid: place.known.uid,
        resourceVersion: place.known.resourceVersion,
      }),
    },
    spec: {
      holderIdentity: entry.holder,
      leaseDurationSeconds: leaseSeconds,
      acquireTime: time,
      renewTime: time,
      leaseTransitions: place.transitions,
    },
  }
}
