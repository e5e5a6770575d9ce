import type { Reloadable } from '../../../shared/view/reloadable.ts'
import type { ServiceRow } from '../../../shared/view/service-row.ts'
import { connectionId, uid } from '../../../shared/ids.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { LockView } from '../../../shared/view/lock-view.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import type { PodsView } from '../../../shared/view/pods-view.ts'
import { batchPicture } from './batch-picture.ts'
import { worldNow } from './first-clusters.ts'
import type { WorldCluster, WorldNamespace, WorldService } from './places.ts'
import { releasePicture } from './release-picture.ts'

type Where = {
  readonly cluster: WorldCluster
  readonly namespace: WorldNamespace
  readonly service: WorldService
}

/** What the page is told of one Service. */
export function servicePicture({ cluster, namespace, service }: Where): Reloadable<PipelineView> {
  if (service.gone)
    return { kind: 'missing', why: { kind: 'words', words: `Services "${service.name}" not found` } }
  const batches = ordered(service).map((batch) => batchPicture(service, batch))
  const sum = (of: (batch: (typeof batches)[number]) => number) =>
    batches.reduce((all, one) => all + of(one), 0)
  const fresh = sum((batch) => batch.servingNew)
  const all = sum((batch) => batch.desired)
  const ready = Math.max(0, fresh + sum((batch) => batch.servingOld) - service.endpointsMissing)
  const { release } = service
  const view: PipelineView = {
    connection: connectionId(cluster.id),
    namespace: namespace.name,
    service: {
      name: service.name,
      uid: service.uid,
      type: 'ClusterIP',
      ports: 'ClusterIP 80 → 7001',
      nature: { kind: 'balanced' },
      publishesNotReady: false,
    },
    freshness: service.stale
      ? { kind: 'stale', since: worldNow - 30_000, why: { kind: 'words', words: 'connect ETIMEDOUT' } }
      : { kind: 'live' },
    now: worldNow,
    batches,
    endpoints: { ready, expected: all, others: { ready: 0, all: 0, owners: [] } },
    ...(release !== undefined && {
      newShare: ready === 0 ? 0 : Math.min(1, fresh / Math.max(1, ready)),
      release: releasePicture(service, release),
    }),
    restarts: 0,
    foreignPods: 0,
    sharedSelector: false,
    lock: lockOf(service),
    headline: headlineOf(service, all),
    curves: [],
    plans: service.plans,
    ...(service.unreadable !== undefined && {
      unreadable: {
        version: service.unreadable,
        newer: false,
        sentence: { kind: 'journal-unreadable' },
      },
    }),
  }
  return { kind: 'view', view }
}

/** In the order of the release while one runs. */
function ordered({ batches, release }: WorldService): WorldService['batches'] {
  if (release === undefined || release.state === 'ended') return batches
  const at = (uid: string): number => {
    const index = release.steps.findIndex((step) => step.batch === uid)
    return index < 0 ? batches.length : index
  }
  return batches.toSorted((a, b) => at(a.uid) - at(b.uid))
}

function lockOf({ release }: WorldService): LockView {
  if (release === undefined || release.state === 'ended') return { kind: 'free' }
  switch (release.driver) {
    case 'us':
      return { kind: 'mine' }
    case 'other':
      return { kind: 'other', holder: 'wang.fang', expired: false, seconds: 15 }
    case 'nobody':
      return { kind: 'other', holder: 'wang.fang', expired: true, seconds: 15 }
  }
}

function headlineOf(service: WorldService, pods: number): Sentence {
  const { release, batches } = service
  if (batches.length === 0) return { kind: 'no-batches', service: service.name, ready: 0, all: 0 }
  if (release === undefined || release.state === 'ended')
    return { kind: 'idle', batches: batches.length, pods }
  switch (release.state) {
    case 'running': {
      const batch = numberOf(service, 'rolling')
      return { kind: 'release-rolling', batch, updated: 0, desired: 1 }
    }
    case 'paused':
      return { kind: 'release-paused', by: 'li.wei@laptop' }
    case 'held':
      return {
        kind: 'release-failing',
        batch: numberOf(service, 'failing'),
        pods: 1,
        reason: 'ImagePullBackOff',
      }
    case 'rolling-back':
      return { kind: 'release-rolling-back', batches: batches.map((one) => one.number) }
  }
}

function numberOf({ release, batches }: WorldService, phase: string): number {
  const step = release?.steps.find((one) => one.phase === phase)
  return batches.find((one) => one.uid === step?.batch)?.number ?? 1
}

export function serviceRow(service: WorldService): ServiceRow {
  const { release, batches } = service
  const state = release === undefined || release.state === 'ended' ? 'ready' : rowStates[release.state]
  return {
    name: service.name,
    uid: service.uid,
    batches: batches.length,
    state: batches.length === 0 ? 'empty' : state,
    nature: { kind: 'balanced' },
    others: 0,
    bar: batches.map(({ desired }) => ({ pods: desired, fresh: 0, failing: false })),
  }
}

const rowStates = {
  running: 'rolling',
  paused: 'paused',
  held: 'failing',
  'rolling-back': 'rolling-back',
} as const

/** A few pods of each batch: that there are many is not what this list is about. */
export function podsPicture(service: WorldService): Reloadable<PodsView> {
  if (service.gone)
    return { kind: 'missing', why: { kind: 'words', words: `Services "${service.name}" not found` } }
  const pods = service.batches.flatMap((batch) =>
    Array.from({ length: Math.min(2, batch.desired) }, (_, index) => ({
      uid: uid(`pod-${batch.uid}-${String(index)}`),
      name: `${batch.name}-pod-${String(index)}`,
      node: 'node-1',
      state: 'old' as const,
      kind: 'ready' as const,
      version: batch.tag,
      isNew: false,
      ready: true,
      serving: true,
      telling: 'app',
      restarts: 0,
      createdAt: worldNow - 90_000,
      reason: '',
      message: '',
      batch: batch.number,
    })),
  )
  return { kind: 'view', view: { pods, events: [], forwards: [] } }
}
