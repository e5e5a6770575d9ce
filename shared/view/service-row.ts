import type { Uid } from '../ids.ts'
import type { BatchSet } from '../model/batch-set.ts'
import type { Release } from '../release/release.ts'
import { currentIndex, waitingStep } from '../release/standing.ts'
import { isHealthy, stillStands } from './headline.ts'
import type { ServiceNature } from './pipeline.ts'
import { natureOf } from './service-nature.ts'
import { trafficOf } from './traffic.ts'
import type { Shown } from './version-of.ts'

export type ServiceRow = {
  readonly name: string
  readonly uid: Uid
  readonly batches: number
  /** `draft` exists only in the page. `empty`: it has no Deployments behind it. */
  readonly state:
    | 'ready'
    | 'rolling'
    | 'baking'
    | 'approval'
    | 'paused'
    | 'failing'
    | 'rolling-back'
    | 'empty'
    | 'unhealthy'
    /** It fails, and no release of ours runs on it. */
    | 'incident'
  readonly nature: ServiceNature
  /** Endpoints that belong to no batch. */
  readonly others: number
  /** Pods per batch, and how many of them are new, for the little bar. */
  readonly bar: readonly { readonly pods: number; readonly fresh: number; readonly failing: boolean }[]
}

/** One line of the service list. */
export function serviceRow(set: BatchSet, { release, incident }: Shown): ServiceRow {
  const shown = release !== undefined && stillStands(set, release) ? release : undefined
  const traffic = trafficOf(set, { release: shown, incident })
  return {
    name: set.service.meta.name,
    uid: set.service.meta.uid,
    batches: set.batches.length,
    state: incident === undefined ? stateOf(set, shown) : 'incident',
    nature: natureOf(set),
    others: set.others.all,
    bar: set.batches.map((batch) => ({
      pods: batch.desired,
      fresh: Math.min(batch.desired, traffic.batches.get(batch.uid)?.fresh ?? 0),
      failing: batch.pods.some((pod) => pod.state === 'failing'),
    })),
  }
}

function stateOf(set: BatchSet, release: Release | undefined): ServiceRow['state'] {
  if (set.batches.length === 0) return 'empty'
  if (release === undefined || release.state.kind === 'ended') return isHealthy(set) ? 'ready' : 'unhealthy'
  switch (release.state.kind) {
    case 'paused':
      return 'paused'
    case 'held':
      return 'failing'
    case 'rolling-back':
      return 'rolling-back'
    case 'running': {
      if (waitingStep(release) !== undefined) return 'approval'
      return release.batches[currentIndex(release)]?.phase.kind === 'baking' ? 'baking' : 'rolling'
    }
  }
}
