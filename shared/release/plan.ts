import type { Uid } from '../ids.ts'
import type { Gates } from './gates/gate-table.ts'

/** What a failing batch brings about by itself. Pausing leaves everything as it is, for a person to decide. */
export type FailurePolicy = 'pause' | 'roll-back-batch' | 'roll-back-all' | 'roll-back-batch-by-batch'

type PlanStep = { readonly batch: Uid; readonly gates: Gates }

/** The batches to be changed, in order. */
export type Plan = {
  readonly steps: readonly PlanStep[]
  /** A batch without progress for so long is held, whatever the Deployment's own deadline says. */
  readonly batchLimitSeconds: number
  readonly onFailure: FailurePolicy
}

export const defaultBatchLimitSeconds = 1800
