import { createApi } from '../../electron/cluster/requests/api.ts'
import { createClusterClock } from '../../electron/cluster/clock/cluster-clock.ts'
import type { Clock } from '../../electron/cluster/clock/clock.ts'
import type { Connection } from '../../electron/cluster/connection.ts'
import type { ConnectionSpec } from '../../electron/cluster/dial/connection-spec.ts'
import type { Call } from '../../electron/cluster/requests/transport.ts'
import type { Snapshot, WatchSet } from '../../electron/cluster/watch/watch-set.ts'
import { encodeRelease } from '../../electron/release/journal-codec.ts'
import { failedInWords, ok } from '../../shared/fault.ts'
import { kindTable } from '../../shared/k8s/kinds.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Release } from '../../shared/release/release.ts'
import { deployment, pod, replicaSet, service, slice } from './build-objects.ts'
import { wordsOf } from './spoken.ts'

/** A namespace in which nothing moves by itself, and which counts what is sent to change it. */
export type StillCluster = {
  connect(spec: ConnectionSpec): Connection
  /** What was asked for that changes something, tries included. */
  readonly writes: string[]
}

const live = { kind: 'live' } as const
const freshness = {
  Service: live,
  Deployment: live,
  ReplicaSet: live,
  Pod: live,
  EndpointSlice: live,
  Lease: live,
  Event: live,
}
const numbers = [1, 2, 3]
const nameOf = (number: number): string => `demo-aone-${number}`

/** The namespace without any journal. */
export function stillSnapshot(): Snapshot {
  return {
    services: [service('demo-http')],
    deployments: numbers.map((number) =>
      deployment(nameOf(number), {
        replicas: 1,
        status: {
          replicas: 1,
          updatedReplicas: 1,
          readyReplicas: 1,
          availableReplicas: 1,
          observedGeneration: 1,
        },
      }),
    ),
    replicaSets: numbers.map((number) =>
      replicaSet(`${nameOf(number)}-a`, { owner: `uid-${nameOf(number)}`, replicas: 1 }),
    ),
    pods: numbers.map((number) =>
      pod(`${nameOf(number)}-a-1`, { owner: `uid-${nameOf(number)}-a`, ready: true }),
    ),
    slices: [slice('demo-http', ...numbers.map((number) => ({ pod: `${nameOf(number)}-a-1` })))],
    leases: [],
    events: [],
    freshness,
  }
}

export function createStillCluster(
  clock: Clock,
  found: { readonly release: Release | undefined; readonly holder: string },
): StillCluster {
  const writes: string[] = []
  const lease = found.release === undefined ? undefined : rawLease(found.release, found.holder)
  const leases = lease === undefined ? [] : [kindTable.Lease.read(lease)].filter((one) => one !== undefined)
  const snapshot: Snapshot = { ...stillSnapshot(), leases }

  function answer(call: Call) {
    const isAsking = call.path.includes('/authorization.k8s.io/')
    if (call.method !== 'GET' && !isAsking) writes.push(`${call.method} ${call.path}`)
    const isLease = call.path.includes('/leases')
    const body: Json | undefined = isLease ? (call.method === 'GET' ? lease : call.body) : undefined
    return Promise.resolve(
      body === undefined ? failedInWords('not-found', call.path) : ok({ body, text: '', warnings: [] }),
    )
  }

  const watching: WatchSet = {
    namespace: 'demo',
    snapshot: () => snapshot,
    watches: () => [],
    subscribe: () => () => undefined,
    suspend: () => undefined,
    resume: () => undefined,
    retry: () => undefined,
    stop: () => undefined,
  }

  return {
    writes,
    connect: (spec) => ({
      spec,
      api: createApi({
        request: answer,
        stream: () => Promise.resolve(failedInWords('closed', 'nothing is watched here')),
        sent: () => ({ requests: 0 }),
        unanswered: () => [],
        withheld: { text: (text) => text, fault: (fault) => fault },
        close: () => Promise.resolve(),
      }),
      version: 'v1.34.0',
      clock: createClusterClock(clock),
      health: () => ({ freshness: live }),
      onHealth: () => () => undefined,
      unanswered: () => [],
      identity: () => Promise.resolve('cluster-1'),
      openSocket: () => Promise.resolve(failedInWords('not-supported', 'nothing is streamed here')),
      onReplaced: () => () => undefined,
      namespaces: () => Promise.resolve(ok(['demo'])),
      watchNamespace: () => watching,
      report: () => ({ requests: 0, watches: [] }),
      retry: () => Promise.resolve(ok(null)),
      suspend: () => undefined,
      resume: () => undefined,
      close: () => Promise.resolve(),
    }),
  }
}

function rawLease(release: Release, holder: string): Json {
  const text = encodeRelease(release)
  if (!text.ok) throw new Error(wordsOf(text.fault))
  return {
    metadata: {
      name: 'tranche-demo-http',
      namespace: 'demo',
      uid: 'uid-lease',
      resourceVersion: '7',
      annotations: { 'tranche.dev/release': text.value },
    },
    spec: { holderIdentity: holder, leaseDurationSeconds: 60, renewTime: '', leaseTransitions: 1 },
  }
}
