import type { BatchView } from '../../shared/view/batch-view.ts'
import type { LeftOut } from '../../shared/view/sizes.ts'
import type { DraftedPlan } from '../stores/drafted-plan.ts'
import { inDraftOrder } from './plan-edit.ts'

/** The batches as they are drawn: in the order of the release that runs, else of the one that is drafted. */
export type DrawnPlan = {
  readonly batches: readonly BatchView[]
  readonly left: LeftOut
  /** It is the draft that is drawn. */
  readonly drafted: boolean
}

type Drawn = { readonly batches: readonly BatchView[]; readonly running: boolean }

export function drawnPlan(view: Drawn, plan: DraftedPlan): DrawnPlan {
  if (!view.running) {
    const batches = inDraftOrder(view.batches, plan)
    return { batches, left: Object.fromEntries(plan.leftOut.map((batch) => [batch, 0])), drafted: true }
  }
  const skipped = view.batches.filter((batch) => batch.look === 'skipped')
  const left = Object.fromEntries(skipped.map((batch) => [batch.uid, batch.servingNew]))
  return { batches: view.batches, left, drafted: false }
}
