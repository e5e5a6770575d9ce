import type { Fault } from '../../shared/fault.ts'
import type { ConnectionId, Uid } from '../../shared/ids.ts'
import type { ClusterEvent, Deployment, Lease, ReplicaSet } from '../../shared/k8s/objects.ts'
import type { Batch, BatchSet } from '../../shared/model/batch-set.ts'
import { findBatchSets, findLooseBatches } from '../../shared/model/batches.ts'
import { oldest, type Freshness } from '../../shared/model/freshness.ts'
import type { Release } from '../../shared/release/release.ts'
import type { WatchSet } from '../cluster/watch-set.ts'
import { leaseName, readJournal } from '../release/journal.ts'
import { createListeners } from './listeners.ts'

export type JournalEntry = {
  readonly lease: Lease
  readonly release?: Release
  /** The journal is there and can't be read. */
  readonly fault?: Fault
}

/** One watched namespace as the model sees it. Everything is worked out once per change, however many look. */
export type NamespaceModel = {
  sets(): readonly BatchSet[]
  set(service: string): BatchSet | undefined
  /** Deployments by uid alone, as far as they are there. */
  batches(uids: readonly Uid[]): readonly Batch[]
  freshness(): Freshness
  deployment(uid: Uid): Deployment | undefined
  replicaSets(): readonly ReplicaSet[]
  events(): readonly ClusterEvent[]
  journal(service: string): JournalEntry | undefined
  /** Kinds that can't be seen, one line each. */
  missing(): readonly string[]
  /** Whether the leases can be seen: a viewer may not know who holds a lock. */
  leaseFreshness(): Freshness
  onChange(listener: () => void): () => void
  release(): void
}

export function openNamespaceModel(watchSet: WatchSet): NamespaceModel {
  const { add, tell } = createListeners()
  let sets: readonly BatchSet[] | undefined
  const journals = new Map<string, JournalEntry>()
  const stopWatching = watchSet.subscribe(() => {
    sets = undefined
    tell()
  })

  function currentSets(): readonly BatchSet[] {
    sets ??= findBatchSets(watchSet.snapshot())
    return sets
  }

  function journal(service: string): JournalEntry | undefined {
    const name = leaseName(service)
    const lease = watchSet.snapshot().leases.find((one) => one.meta.name === name)
    if (lease === undefined) return undefined
    const known = journals.get(name)
    if (known?.lease.meta.resourceVersion === lease.meta.resourceVersion) return known
    const read = readJournal(lease)
    const entry: JournalEntry = read.ok
      ? { lease, ...(read.value !== undefined && { release: read.value }) }
      : { lease, fault: read.fault }
    journals.set(name, entry)
    return entry
  }

  const needed = ['Service', 'Deployment', 'ReplicaSet', 'Pod', 'EndpointSlice'] as const
  return {
    sets: currentSets,
    set: (service) => currentSets().find((one) => one.service.meta.name === service),
    batches: (uids) => findLooseBatches(watchSet.snapshot(), uids),
    freshness: () => oldest(needed.map((kind) => watchSet.snapshot().freshness[kind])),
    deployment: (uid) => watchSet.snapshot().deployments.find((one) => one.meta.uid === uid),
    replicaSets: () => watchSet.snapshot().replicaSets,
    events: () => watchSet.snapshot().events,
    journal,
    missing: () => {
      const { freshness } = watchSet.snapshot()
      return Object.entries(freshness).flatMap(([kind, one]) =>
        one.kind === 'never' ? [`${kind}: ${one.why}`] : [],
      )
    },
    leaseFreshness: () => watchSet.snapshot().freshness.Lease,
    onChange: add,
    release() {
      stopWatching()
      watchSet.stop()
    },
  }
}

/** Keeps the watched namespaces: opened by the first who looks, closed after the last. */
export type NamespaceModels = {
  open(
    connection: ConnectionId,
    namespace: string,
  ): { readonly model: NamespaceModel; release(): void } | undefined
  closeAll(): void
}

export function createNamespaceModels(options: {
  readonly watch: (connection: ConnectionId, namespace: string) => WatchSet | undefined
}): NamespaceModels {
  const models = new Map<string, { model: NamespaceModel; users: number }>()
  return {
    open(connection, namespace) {
      const key = `${connection}/${namespace}`
      let entry = models.get(key)
      if (entry === undefined) {
        const watchSet = options.watch(connection, namespace)
        if (watchSet === undefined) return undefined
        entry = { model: openNamespaceModel(watchSet), users: 0 }
        models.set(key, entry)
      }
      const mine = entry
      mine.users++
      let released = false
      return {
        model: mine.model,
        release() {
          if (released) return
          released = true
          mine.users--
          if (mine.users > 0) return
          if (models.get(key) === mine) models.delete(key)
          mine.model.release()
        },
      }
    },
    closeAll() {
      for (const { model } of models.values()) model.release()
      models.clear()
    },
  }
}
