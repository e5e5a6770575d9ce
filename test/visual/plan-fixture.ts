import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { PlanView } from '../../shared/view/plan-view.ts'
import type { NamedPlan } from '../../shared/release/saved-plan.ts'
import { uid } from '../../shared/ids.ts'
import { defaultBatchLimitSeconds } from '../../shared/release/plan.ts'
import { defaultGates } from '../../shared/release/gates/gate-table.ts'
import type { DraftData } from '../../renderer/stores/draft-data.ts'
import { usualPlan } from '../../renderer/stores/drafted-plan.ts'

const steps = [1, 3, 2, 4].map((number) => ({
  name: `demo-aone-${String(number)}`,
  gates: { ...defaultGates, bakeSeconds: 120 },
  leftOut: number === 4,
}))
const plans: readonly NamedPlan[] = ['night shift', '大促之前'].map((name) => ({
  name,
  plan: { steps, onFailure: 'roll-back-batch', batchLimitSeconds: 600 },
}))

/** With plans to choose from, and with the plan of the release that runs; `free`: its waiting batches can be dragged. */
export function withPlans(view: PipelineView, free: boolean): PipelineView {
  const batches = view.batches.map((batch) => {
    const waits = batch.look === 'waiting' || batch.look === 'approval'
    return free && waits ? { ...batch, size: { kind: 'free' } as const } : batch
  })
  const { release } = view
  if (release === undefined) return { ...view, plans }
  const plan: PlanView = {
    steps: view.batches.map(({ uid: batch, look }) => ({
      batch,
      gates: release.gates.find((gate) => gate.after === batch)?.spec ?? defaultGates,
      leftOut: look === 'skipped',
      begun: look !== 'waiting' && look !== 'approval',
    })),
    onFailure: release.onFailure,
    batchLimitSeconds: defaultBatchLimitSeconds,
    ...(release.state === 'rolling-back' && { off: { kind: 'off-rolling-back' } }),
    ...(!release.driving && { off: { kind: 'off-nobody-drives' } }),
  }
  return { ...view, batches, plans, release: { ...release, plan } }
}

const batch = (number: number) => uid(`uid-batch-${String(number)}`)

/** Another order, one batch left out, longer bakes. */
export const plannedDraft: Pick<DraftData, 'plan' | 'gates'> = {
  plan: {
    ...usualPlan,
    order: [batch(1), batch(3), batch(2), batch(4)],
    leftOut: [batch(2)],
    onFailure: 'roll-back-batch',
  },
  gates: {
    [batch(1)]: { ...defaultGates, bakeSeconds: 300, restartsAllowed: 1 },
    [batch(3)]: { ...defaultGates, approval: false, tolerance: 2, waitForEnding: true },
  },
}
