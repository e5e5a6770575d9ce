import type { Uid } from '../ids.ts'
import type { Observed } from './observed.ts'
import type { RollBackMode } from './release.ts'
import type { FailurePolicy } from './plan.ts'
import type { Gates } from './gates/gate-table.ts'

export type CommandContext = {
  readonly observed: Observed
  readonly by: string
  readonly now: number
  /** The version of the release that the person saw. Without: it is decided on as it is now. */
  readonly seen?: number | undefined
}
/** What a person asks of a release. Each may be given twice: the second time changes nothing. */
export type ReleaseCommand =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** Pause, and stop the batch in progress where it is. */
  | { readonly kind: 'freeze' }
  /** `step` is the gate that the person saw: an approval never opens another one. */
  | { readonly kind: 'approve'; readonly step: number }
  | { readonly kind: 'push-all' }
  | { readonly kind: 'retry'; readonly batch: Uid }
  | { readonly kind: 'skip'; readonly batch: Uid }
  /** Accept what somebody else has made of a batch, or put back what was there. */
  | { readonly kind: 'adopt'; readonly batch: Uid }
  | { readonly kind: 'restore'; readonly batch: Uid }
  | { readonly kind: 'change-plan'; readonly change: PlanChange }
  | { readonly kind: 'stop' }
  | { readonly kind: 'roll-back'; readonly mode: RollBackMode; readonly batches: readonly Uid[] }
/** What may still be changed of a plan: everything about batches that have not begun. */
export type PlanChange = {
  /** Batches that have not begun, in their new order, with their gates. Those that are missing keep their place. */
  readonly steps: readonly { readonly batch: Uid; readonly gates: Gates; readonly leftOut: boolean }[]
  readonly sizes: readonly { readonly batch: Uid; readonly from: number; readonly to: number }[]
  readonly onFailure?: FailurePolicy
  readonly batchLimitSeconds?: number
}
