import type { CommandInput } from '../../shared/contract.ts'
import type { Uid } from '../../shared/ids.ts'
import type { PlanView } from '../../shared/view/plan-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { SavedPlan } from '../../shared/release/saved-plan.ts'
import { defaultGates, settingRows } from '../../shared/release/gates/gate-table.ts'
import type { FailurePolicy } from '../../shared/release/plan.ts'
import type { Gates } from '../../shared/release/gates/gate-table.ts'
import { applyPlan } from '../../shared/release/saved-plan.ts'
import { usualPlan, type DraftedPlan } from '../stores/drafted-plan.ts'

export type PlanStepEdit = { readonly batch: Uid; readonly gates: Gates; readonly leftOut: boolean }
/** A plan as it is edited, before a release or while it runs. In the order of the release. */
export type PlanEdit = {
  readonly steps: readonly PlanStepEdit[]
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
}

type Named = Pick<BatchView, 'uid'>
type Drafted = { readonly plan: DraftedPlan; readonly gates: Readonly<Record<string, Gates>> }

/** In the order of the draft. A batch that it does not know follows the one that it follows in the picture. */
export function inDraftOrder<B extends Named>(batches: readonly B[], { order }: DraftedPlan): readonly B[] {
  if (order.length === 0) return batches
  const planned = order.flatMap((uid) => batches.find((batch) => batch.uid === uid) ?? [])
  batches.forEach((batch, index) => {
    if (order.includes(batch.uid)) return
    const before = batches[index - 1]
    planned.splice(before === undefined ? 0 : planned.indexOf(before) + 1, 0, batch)
  })
  return planned
}

export function draftedPlan(batches: readonly Named[], { plan, gates }: Drafted): PlanEdit {
  return {
    steps: inDraftOrder(batches, plan).map(({ uid }) => ({
      batch: uid,
      gates: gates[uid] ?? defaultGates,
      leftOut: plan.leftOut.includes(uid),
    })),
    onFailure: plan.onFailure,
    batchLimitSeconds: plan.batchLimitSeconds,
  }
}

/** The plan that has not been touched: every batch in its order, with the usual gates. */
export function usualEdit(batches: readonly Named[]): PlanEdit {
  return draftedPlan(batches, { plan: usualPlan, gates: {} })
}

export function isSamePlan(one: PlanEdit, other: PlanEdit): boolean {
  return JSON.stringify(canonical(one)) === JSON.stringify(canonical(other))
}

function canonical({ steps, onFailure, batchLimitSeconds }: PlanEdit) {
  const rows = steps.map(({ batch, leftOut, gates }) => [batch, leftOut, ...gateValues(gates)])
  return [rows, onFailure, batchLimitSeconds]
}

function gateValues(gates: Gates) {
  return settingRows.map(([name]) => gates[name])
}

/** One place earlier or later; at the ends it stays. */
export function movedStep(edit: PlanEdit, batch: Uid, by: -1 | 1): PlanEdit {
  const from = edit.steps.findIndex((step) => step.batch === batch)
  const [own, other] = [edit.steps[from], edit.steps[from + by]]
  if (own === undefined || other === undefined) return edit
  const steps = edit.steps.map((step) => (step === own ? other : step === other ? own : step))
  return { ...edit, steps }
}

export function withStep(edit: PlanEdit, batch: Uid, part: Partial<PlanStepEdit>): PlanEdit {
  return { ...edit, steps: edit.steps.map((step) => (step.batch === batch ? { ...step, ...part } : step)) }
}

/** Gates at which a person is asked: the last batch that takes part has no next one. */
export function approvalsOf({ steps }: PlanEdit): number {
  const part = steps.filter((step) => !step.leftOut)
  return part.slice(0, -1).filter((step) => step.gates.approval).length
}

/** What the draft store keeps of an edit. An order that is that of the batches is none of its own. */
export function toDraft(edit: PlanEdit, batches: readonly Named[]): Drafted {
  const order = edit.steps.map((step) => step.batch)
  const usual = order.every((batch, index) => batches[index]?.uid === batch)
  const gates = edit.steps.filter((step) => !isUsualGate(step.gates))
  return {
    plan: {
      order: usual ? [] : order,
      leftOut: edit.steps.filter((step) => step.leftOut).map((step) => step.batch),
      onFailure: edit.onFailure,
      batchLimitSeconds: edit.batchLimitSeconds,
    },
    gates: Object.fromEntries(gates.map((step) => [step.batch, step.gates])),
  }
}

function isUsualGate(gates: Gates): boolean {
  return gateValues(gates).join() === gateValues(defaultGates).join()
}

/** The last batch that takes part: its gate leads nowhere. */
export function lastPart({ steps }: Pick<PlanEdit, 'steps'>): Uid | undefined {
  return steps.findLast((step) => !step.leftOut)?.batch
}

type PlanToSave = CommandInput<'plan/save'>['plan']

/** As it is kept: batches by their names. */
export function planToSave(edit: PlanEdit, batches: readonly Pick<BatchView, 'uid' | 'name'>[]): PlanToSave {
  const steps = edit.steps.flatMap(({ batch, gates, leftOut }) => {
    const name = batches.find((one) => one.uid === batch)?.name
    return name === undefined ? [] : [{ name, gates: { ...gates }, leftOut }]
  })
  return { steps, onFailure: edit.onFailure, batchLimitSeconds: edit.batchLimitSeconds }
}

export type LoadedPlan = {
  readonly edit: PlanEdit
  readonly missing: readonly string[]
  readonly added: readonly string[]
}

/** A kept plan on the batches that are there, with the names of those that are gone and of those that are new. */
export function loadedPlan(plan: SavedPlan, batches: readonly Pick<BatchView, 'uid' | 'name'>[]): LoadedPlan {
  const { steps, missing, added } = applyPlan(plan, batches)
  const { onFailure, batchLimitSeconds } = plan
  return { edit: { steps, onFailure, batchLimitSeconds }, missing, added }
}

/** Of a running release: what has not begun. */
export function changeableEdit({ steps, onFailure, batchLimitSeconds }: PlanView): PlanEdit {
  return {
    steps: steps
      .filter((step) => !step.begun)
      .map(({ batch, gates, leftOut }) => ({ batch, gates, leftOut })),
    onFailure,
    batchLimitSeconds,
  }
}

/** The edit without what has begun since, and which batches these are. */
export function withoutBegun(
  edit: PlanEdit,
  plan: PlanView,
): { readonly edit: PlanEdit; readonly begun: readonly Uid[] } {
  const open = plan.steps.filter((step) => !step.begun).map((step) => step.batch)
  const begun = edit.steps.map((step) => step.batch).filter((batch) => !open.includes(batch))
  if (begun.length === 0) return { edit, begun }
  return { edit: { ...edit, steps: edit.steps.filter((step) => open.includes(step.batch)) }, begun }
}

/** The edit on a plan that has got other batches to change since: theirs join it where they stand, as they are. */
export function onto(edit: PlanEdit, now: PlanEdit): PlanEdit {
  const open = edit.steps.filter((step) => now.steps.some((one) => one.batch === step.batch))
  const steps = [...open]
  now.steps.forEach((step, place) => {
    if (!steps.some((one) => one.batch === step.batch)) steps.splice(place, 0, step)
  })
  return { ...edit, steps }
}

export function planChange(edit: PlanEdit): CommandInput<'release/change-plan'>['change'] {
  return {
    steps: edit.steps.map((step) => ({ ...step, gates: { ...step.gates } })),
    sizes: [],
    onFailure: edit.onFailure,
    batchLimitSeconds: edit.batchLimitSeconds,
  }
}
