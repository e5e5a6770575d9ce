import type { Uid } from '../../shared/ids.ts'
import { defaultBatchLimitSeconds, type FailurePolicy } from '../../shared/release/plan.ts'

/** What is drafted of a plan beside the gates; an empty order is that of the batches. */
export type DraftedPlan = {
  readonly order: readonly Uid[]
  readonly leftOut: readonly Uid[]
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
}

export const usualPlan: DraftedPlan = {
  order: [],
  leftOut: [],
  onFailure: 'pause',
  batchLimitSeconds: defaultBatchLimitSeconds,
}
