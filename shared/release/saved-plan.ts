import type { Uid } from '../ids.ts'
import { type FailurePolicy } from './plan.ts'
import { defaultGates, type Gates } from './gates/gate-table.ts'

/** A plan that was kept for this Service. Batches go by their names, so that it survives new Deployments. */
export type SavedPlan = {
  readonly steps: readonly { readonly name: string; readonly gates: Gates; readonly leftOut: boolean }[]
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
}

export type NamedPlan = { readonly name: string; readonly plan: SavedPlan }

export type AppliedPlan = {
  readonly steps: readonly { readonly batch: Uid; readonly gates: Gates; readonly leftOut: boolean }[]
  /** Batches of the plan that are not there now. */
  readonly missing: readonly string[]
  /** Batches that the plan does not know: they follow the batch before them, with the usual gates. */
  readonly added: readonly string[]
}

/** A plan that was kept, on the batches that are there now. They go by their names. */
export function applyPlan(
  plan: SavedPlan,
  batches: readonly { readonly uid: Uid; readonly name: string }[],
): AppliedPlan {
  const uidOf = (name: string): Uid | undefined => batches.find((one) => one.name === name)?.uid
  const steps = plan.steps.flatMap(({ name, gates, leftOut }) => {
    const batch = uidOf(name)
    return batch === undefined ? [] : [{ batch, gates, leftOut }]
  })
  const added: string[] = []
  batches.forEach(({ uid, name }, index) => {
    if (plan.steps.some((step) => step.name === name)) return
    const before = batches[index - 1]?.uid
    const place = steps.findIndex((step) => step.batch === before)
    steps.splice(before === undefined ? 0 : place + 1, 0, { batch: uid, gates: defaultGates, leftOut: false })
    added.push(name)
  })
  return {
    steps,
    missing: plan.steps.flatMap(({ name }) => (uidOf(name) === undefined ? [name] : [])),
    added,
  }
}
