import type { Uid } from '../ids.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Freshness } from '../model/freshness.ts'
import type { Release } from './release.ts'
import type { Hold } from './hold.ts'

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

/** Its Deployment is gone; perhaps another one has its name since. */
export function goneHold(uid: Uid, { batches }: Pick<Release, 'batches'>, observed: Observed): Hold {
  const name = batches.find((own) => own.uid === uid)?.name
  const again = observed.batches.find((one) => one.name === name && one.uid !== uid)
  return { kind: 'gone', batch: uid, ...(again !== undefined && { again: again.uid }) }
}
