import type { Batch } from '../../model/batch-set.ts'
import type { Gates } from '../plan.ts'
import type { Hold } from '../release.ts'

/** `wait` is for time or for the cluster; `fail` holds the release and says why. */
export type GateResult =
  | { readonly kind: 'open' }
  | { readonly kind: 'wait'; readonly until?: number }
  | { readonly kind: 'fail'; readonly hold: Hold }

export type GateInput = {
  readonly gates: Gates
  readonly batch: Batch
  /** The generation that our patch returned. */
  readonly generation: number
  readonly restartsBefore: number
  readonly deadlineBefore: number | undefined
}
