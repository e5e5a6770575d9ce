import type { Uid } from '../ids.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Freshness } from '../model/freshness.ts'

/** What `decide` and `command` see of the cluster. */
export type Observed = {
  readonly freshness: Freshness
  /** The Service is there. Without it nobody can say which pods serve. */
  readonly service: boolean
  readonly batches: readonly Batch[]
}

export function findBatch(observed: Pick<Observed, 'batches'>, batch: Uid): Batch | undefined {
  return observed.batches.find((one) => one.uid === batch)
}
