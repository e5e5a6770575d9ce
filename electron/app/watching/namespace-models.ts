import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import type { Fault, MissingRight } from '../../../shared/fault.ts'
import type { ConnectionId, Uid } from '../../../shared/ids.ts'
import { kindTable } from '../../../shared/k8s/kinds.ts'
import type { ClusterEvent, Deployment, Lease, ReplicaSet } from '../../../shared/k8s/objects.ts'
import type { Batch, BatchSet } from '../../../shared/model/batch-set.ts'
import { findBatchSets, findUnselected } from '../../../shared/model/batches.ts'
import { differingAges, oldest, type Freshness, type KindAge } from '../../../shared/model/freshness.ts'
import type { Release } from '../../../shared/release/release.ts'
import { numberedAs } from '../../../shared/view/numbered-as.ts'
import type { WatchSet } from '../../cluster/watch/watch-set.ts'
import { leaseName, readJournal } from '../../release/journal.ts'
import { createListeners } from '../async/listeners.ts'
import type { WatchBudget } from './watch-budget.ts'

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
  /** Those of these Deployments that are there without being selected by the Service, if that is there. */
  unselected(service: string, uids: readonly Uid[]): readonly Batch[]
  freshness(): Freshness
  /** How old each kind is, where they differ. */
  ages(): readonly KindAge[]
  deployment(uid: Uid): Deployment | undefined
  replicaSets(): readonly ReplicaSet[]
  /** Owned by this Deployment, old and new. */
  replicaSetsOf(owner: Uid): readonly ReplicaSet[]
  events(): readonly ClusterEvent[]
  journal(service: string): JournalEntry | undefined
  /** The releases of all journals that are there and can be read, of whatever Service. */
  releases(): readonly Release[]
  /** What may not be read of that which a picture is made of. */
  denied(): readonly MissingRight[]
  /** Kinds that can't be seen, one line each. */
  missing(): readonly FaultSentence[]
  /** Whether the leases can be seen: a viewer may not know who holds a lock. */
  leaseFreshness(): Freshness
  onChange(listener: () => void): () => void
  /** Ends the watches and keeps the data, called stale from now on; or takes them up again. */
  rest(why: FaultSentence): void
  wake(): void
  /** Tries at once what might not be read. */
  retry(): void
  dispose(): void
}

function openNamespaceModel(watchSet: WatchSet): NamespaceModel {
  const { add, tell } = createListeners()
  let sets: readonly BatchSet[] | undefined
  const journals = new Map<string, JournalEntry>()
  const stopWatching = watchSet.subscribe(() => {
    sets = undefined
    tell()
  })

  function currentSets(): readonly BatchSet[] {
    // Whoever asks counts the batches alike: a picture, a check, a question, a command of the terminal.
    sets ??= findBatchSets(watchSet.snapshot()).map((set) =>
      numberedAs(set, journal(set.service.meta.name)?.release),
    )
    return sets
  }

  function journal(service: string): JournalEntry | undefined {
    const name = leaseName(service)
    const lease = watchSet.snapshot().leases.find((one) => one.meta.name === name)
    return lease === undefined ? undefined : entryOf(lease)
  }

  function entryOf(lease: Lease): JournalEntry {
    const { name } = lease.meta
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
    unselected: (service, uids) => findUnselected(watchSet.snapshot(), service, uids),
    freshness: () => oldest(needed.map((kind) => watchSet.snapshot().freshness[kind])),
    ages: () => {
      const { freshness } = watchSet.snapshot()
      return differingAges(Object.fromEntries(needed.map((kind) => [kind, freshness[kind]])))
    },
    deployment: (uid) => watchSet.snapshot().deployments.find((one) => one.meta.uid === uid),
    replicaSets: () => watchSet.snapshot().replicaSets,
    replicaSetsOf: (owner) =>
      watchSet.snapshot().replicaSets.filter((one) => one.meta.controller?.uid === owner),
    events: () => watchSet.snapshot().events,
    journal,
    releases: () => watchSet.snapshot().leases.flatMap((lease) => entryOf(lease).release ?? []),
    denied: () => {
      const { freshness } = watchSet.snapshot()
      return needed.flatMap((kind) => {
        const one = freshness[kind]
        if (one.kind === 'live' || one.denied === undefined) return []
        const { group, plural: resource } = kindTable[kind]
        return [{ verb: one.denied, group, resource, namespace: watchSet.namespace }]
      })
    },
    missing: () => {
      const { freshness } = watchSet.snapshot()
      return Object.entries(freshness).flatMap(([kind, one]) =>
        one.kind === 'never' && one.why !== undefined
          ? [{ kind: 'of-kind' as const, of: kind, says: one.why }]
          : [],
      )
    },
    leaseFreshness: () => watchSet.snapshot().freshness.Lease,
    onChange: add,
    rest: watchSet.suspend,
    wake: () => watchSet.resume(),
    retry: watchSet.retry,
    dispose() {
      stopWatching()
      watchSet.stop()
    },
  }
}

type Opened = { readonly model: NamespaceModel; dispose(): void }

/** Keeps the watched namespaces: opened by the first who needs them, closed after the last. */
export type NamespaceModels = {
  open(connection: ConnectionId, namespace: string): Opened | undefined
  /** For a person who looks: the namespace of a cluster that was looked at last stays open, to be there at once again. */
  look(connection: ConnectionId, namespace: string): Opened | undefined
  /** The connection is closed: what is still open of it is not given to anybody any more. */
  drop(connection: ConnectionId): void
  rest(connection: ConnectionId, why: FaultSentence): void
  wake(connection: ConnectionId): void
  /** Rights may have been granted meanwhile: what could not be read is tried at once. */
  retry(connection: ConnectionId): void
  closeAll(): void
}

type Entry = { readonly connection: ConnectionId; readonly model: NamespaceModel; users: number }

export function createNamespaceModels(options: {
  readonly watch: (connection: ConnectionId, namespace: string) => WatchSet | undefined
  readonly budget: Pick<WatchBudget, 'look' | 'touch' | 'forget'>
}): NamespaceModels {
  const { budget } = options
  const models = new Map<string, Entry>()
  /** What stays open of each cluster after the last look. */
  const kept = new Map<ConnectionId, Opened>()

  function take(connection: ConnectionId, namespace: string): Opened | undefined {
    const key = `${connection}/${namespace}`
    let entry = models.get(key)
    if (entry === undefined) {
      const watchSet = options.watch(connection, namespace)
      if (watchSet === undefined) return undefined
      entry = { connection, model: openNamespaceModel(watchSet), users: 0 }
      models.set(key, entry)
    }
    const mine = entry
    mine.users++
    let disposed = false
    return {
      model: mine.model,
      dispose() {
        if (disposed) return
        disposed = true
        mine.users--
        if (mine.users > 0) return
        if (models.get(key) === mine) models.delete(key)
        mine.model.dispose()
      },
    }
  }

  function of(connection: ConnectionId): readonly NamespaceModel[] {
    return [...models.values()].filter((one) => one.connection === connection).map((one) => one.model)
  }

  return {
    open(connection, namespace) {
      const opened = take(connection, namespace)
      if (opened !== undefined) budget.touch(connection)
      return opened
    },
    look(connection, namespace) {
      const opened = take(connection, namespace)
      opened?.model.retry()
      const stays = take(connection, namespace)
      if (opened === undefined || stays === undefined) return undefined
      kept.get(connection)?.dispose()
      kept.set(connection, stays)
      const unlook = budget.look(connection)
      return {
        model: opened.model,
        dispose() {
          opened.dispose()
          unlook()
        },
      }
    },
    drop(connection) {
      kept.get(connection)?.dispose()
      kept.delete(connection)
      for (const [key, entry] of models) if (entry.connection === connection) models.delete(key)
      budget.forget(connection)
    },
    rest(connection, why) {
      for (const model of of(connection)) model.rest(why)
    },
    wake(connection) {
      for (const model of of(connection)) model.wake()
    },
    retry(connection) {
      for (const model of of(connection)) model.retry()
    },
    closeAll() {
      for (const { model } of models.values()) model.dispose()
      models.clear()
    },
  }
}
