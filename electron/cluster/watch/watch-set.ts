import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import type { WatchReport } from '../../../shared/model/doctor.ts'
import type { Freshness } from '../../../shared/model/freshness.ts'
import type { Api } from '../requests/api.ts'
import type { Clock } from '../clock/clock.ts'
import type { ClusterClock } from '../clock/cluster-clock.ts'
import { startReflector, type Reflector, type ReflectorOptions } from './reflector.ts'
import { createWatchCache, type WatchCache } from './watch-cache.ts'

type WatchedKind = Exclude<KindName, 'Namespace' | 'ConfigMap'>

export type Snapshot = {
  readonly services: readonly Kinds['Service'][]
  readonly deployments: readonly Kinds['Deployment'][]
  readonly replicaSets: readonly Kinds['ReplicaSet'][]
  readonly pods: readonly Kinds['Pod'][]
  readonly slices: readonly Kinds['EndpointSlice'][]
  readonly leases: readonly Kinds['Lease'][]
  readonly events: readonly Kinds['Event'][]
  readonly freshness: Readonly<Record<WatchedKind, Freshness>>
}

/** The watches of one namespace. A kind that may not be read is named in its freshness and hides nothing else. */
export type WatchSet = {
  readonly namespace: string
  snapshot(): Snapshot
  /** Each watch with its age. */
  watches(): readonly WatchReport[]
  /** Told once for many changes that arrive together. */
  subscribe(listener: () => void): () => void
  /** Ends the watches and keeps the data; `resume` takes them up again, and tries at once what failed before. */
  suspend(why: FaultSentence, silentMs?: number): void
  resume(withinMs?: number): void
  /** Tries at once what was refused, and leaves what rests. */
  retry(): void
  stop(): void
}

export function createWatchSet(options: {
  readonly api: Api
  readonly namespace: string
  readonly clock: Clock & Pick<ClusterClock, 'now'>
  readonly random: () => number
  readonly cluster: ReflectorOptions<KindName>['cluster']
  /** A release is driven there: its watches begin before those of what is only looked at. */
  readonly isDriven: () => boolean
  readonly log: (line: string) => void
}): WatchSet {
  const listeners = new Set<() => void>()
  let told = false

  function tell(): void {
    if (told) return
    told = true
    // Everything that was read from the sockets in one go, not each event by itself.
    setImmediate(() => {
      told = false
      for (const listener of [...listeners]) {
        // Here nobody else would catch it, and the process would end.
        try {
          listener()
        } catch (error) {
          options.log(`a listener of ${options.namespace} failed: ${String(error)}`)
        }
      }
    })
  }

  const reflectors: Reflector[] = []
  const reports: (() => WatchReport)[] = []
  function watch<K extends KindName>(kind: K, fieldSelector?: string): WatchCache<K> {
    const cache = createWatchCache<K>(tell)
    const reflector = startReflector({
      ...options,
      kind,
      cache,
      lane: () => (options.isDriven() ? 'urgent' : 'normal'),
      ...(fieldSelector !== undefined && { fieldSelector }),
    })
    reflectors.push(reflector)
    reports.push(() => ({
      namespace: options.namespace,
      kind,
      freshness: cache.freshness(),
      ...reflector.age(),
    }))
    return cache
  }

  const service = watch('Service')
  const deployment = watch('Deployment')
  const replicaSet = watch('ReplicaSet')
  const pod = watch('Pod')
  const slice = watch('EndpointSlice')
  const lease = watch('Lease')
  const event = watch('Event', 'type=Warning')

  return {
    namespace: options.namespace,
    snapshot: () => ({
      services: service.all(),
      deployments: deployment.all(),
      replicaSets: replicaSet.all(),
      pods: pod.all(),
      slices: slice.all(),
      leases: lease.all(),
      events: event.all(),
      freshness: {
        Service: service.freshness(),
        Deployment: deployment.freshness(),
        ReplicaSet: replicaSet.freshness(),
        Pod: pod.freshness(),
        EndpointSlice: slice.freshness(),
        Lease: lease.freshness(),
        Event: event.freshness(),
      },
    }),
    watches: () => reports.map((report) => report()),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    suspend(why, silentMs) {
      for (const reflector of reflectors) reflector.suspend(why, silentMs)
    },
    resume(withinMs) {
      for (const reflector of reflectors) reflector.resume(withinMs)
    },
    retry() {
      for (const reflector of reflectors) reflector.retry()
    },
    stop() {
      listeners.clear()
      for (const reflector of reflectors) reflector.stop()
    },
  }
}
