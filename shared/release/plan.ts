import type { Uid } from '../ids.ts'

/** What must hold after a batch before the next one may begin. */
export type Gates = {
  /** How many pods of the batch may be missing; never all of them. */
  readonly tolerance: number
  readonly bakeSeconds: number
  /** New restarts that are forgiven while the batch rolls and bakes. */
  readonly restartsAllowed: number
  /** A person has to say yes before the next batch. The last batch has no next one. */
  readonly approval: boolean
  /** Old pods that are still ending count as not done. */
  readonly waitForEnding: boolean
}

/** What a failing batch brings about by itself. Pausing leaves everything as it is, for a person to decide. */
export type FailurePolicy = 'pause' | 'roll-back-batch' | 'roll-back-all' | 'roll-back-batch-by-batch'

export type PlanStep = { readonly batch: Uid; readonly gates: Gates }

/** The batches to be changed, in order. */
export type Plan = {
  readonly steps: readonly PlanStep[]
  /** A batch without progress for so long is held, whatever the Deployment's own deadline says. */
  readonly batchLimitSeconds: number
  readonly onFailure: FailurePolicy
}

export const defaultGates: Gates = {
  tolerance: 0,
  bakeSeconds: 30,
  restartsAllowed: 0,
  approval: true,
  waitForEnding: false,
}
export const defaultBatchLimitSeconds = 1800
