import type { Batch } from '../../model/batch-set.ts'
import type { Gates } from '../plan.ts'
import type { Hold } from '../release.ts'
import type { RestartCount } from '../restart-count.ts'

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
  /** Since the rollout began, and how many of them a person has seen and let pass. */
  readonly restarts: RestartCount | undefined
  readonly restartsBefore: number
  readonly deadlineBefore: number | undefined
}
