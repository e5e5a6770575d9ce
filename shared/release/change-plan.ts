import { failed, ok, type Reply } from '../fault.ts'
import type { Uid } from '../ids.ts'
import type { CommandContext } from './command.ts'
import { findBatch } from './observed.ts'
import type { FailurePolicy, Gates } from './plan.ts'
import type { Release, ReleaseBatch, Resize } from './release.ts'
import { sayEnglish } from './sentences-en.ts'
import { areSizesOpen, isResizing, isTouched } from './standing.ts'
import { logged } from './transitions.ts'

/** What may still be changed of a plan: everything about batches that have not begun. */
export type PlanChange = {
  /** Batches that have not begun, in their new order, with their gates. Those that are missing keep their place. */
  readonly steps: readonly { readonly batch: Uid; readonly gates: Gates; readonly leftOut: boolean }[]
  readonly sizes: readonly { readonly batch: Uid; readonly from: number; readonly to: number }[]
  readonly onFailure?: FailurePolicy
  readonly batchLimitSeconds?: number
}

export function changePlan(release: Release, change: PlanChange, context: CommandContext): Reply<Release> {
  const { state } = release
  if (state.kind === 'ended') return failed('conflict', sayEnglish({ kind: 'off-ended' }))
  if (state.kind === 'rolling-back') return failed('conflict', sayEnglish({ kind: 'off-rolling-back' }))
  const begun = [...change.steps, ...change.sizes].find(
    (one) => !release.batches.some((own) => own.uid === one.batch && hasNotBegun(own)),
  )
  if (begun !== undefined) {
    const own = release.batches.find((one) => one.uid === begun.batch)
    return failed('conflict', `Batch ${own?.number ?? '?'} has begun: its plan is fixed.`)
  }
  const resize = resizeOf(release, change, context)
  if (!resize.ok) return resize
  const { resize: _, ...rest } = release
  const { batches, steps } = reordered(release, change)
  const next: Release = {
    ...rest,
    batches,
    approved: approvedOf(release, steps),
    plan: {
      steps,
      batchLimitSeconds: change.batchLimitSeconds ?? release.plan.batchLimitSeconds,
      onFailure: change.onFailure ?? release.plan.onFailure,
    },
    ...(resize.value !== undefined && { resize: resize.value }),
  }
  return ok(logged(next, { at: context.now, what: 'plan-changed', by: context.by }))
}

export function hasNotBegun(own: ReleaseBatch): boolean {
  return own.phase.kind === 'waiting' || (own.phase.kind === 'skipped' && !own.phase.touched)
}

/** Those that are named take, in their new order, the places that they have among all. */
function reordered(
  release: Release,
  change: PlanChange,
): { readonly batches: readonly ReleaseBatch[]; readonly steps: Release['plan']['steps'] } {
  const named = [...change.steps]
  const order = release.batches.map((own) => {
    const isNamed = change.steps.some((one) => one.batch === own.uid)
    return (isNamed ? named.shift()?.batch : undefined) ?? own.uid
  })
  const batches = order.flatMap((batch) => {
    const own = release.batches.find((one) => one.uid === batch)
    const step = change.steps.find((one) => one.batch === batch)
    if (own === undefined) return []
    if (step === undefined) return [own]
    const phase = step.leftOut
      ? ({ kind: 'skipped', touched: isTouched(own) } as const)
      : ({ kind: 'waiting' } as const)
    return [{ ...own, phase }]
  })
  const steps = order.flatMap((batch) => {
    const old = release.plan.steps.find((one) => one.batch === batch)
    const gates = change.steps.find((one) => one.batch === batch)?.gates
    return old === undefined ? [] : [gates === undefined ? old : { batch, gates }]
  })
  return { batches, steps }
}

/** An approval belongs to the batch whose gate was seen, wherever its step is now; a gate that is new asks anew. */
function approvedOf(release: Release, steps: Release['plan']['steps']): readonly number[] {
  const seen = release.approved
    .map((step) => release.plan.steps[step])
    .filter((step) => step?.gates.approval === true)
    .map((step) => step?.batch)
  return steps.flatMap((step, index) => (seen.includes(step.batch) ? [index] : []))
}

function resizeOf(
  release: Release,
  { sizes }: PlanChange,
  { observed }: CommandContext,
): Reply<Resize | undefined> {
  const open = areSizesOpen(release)
  // While they are open, the size that it has is a wish too: what was set before is taken back.
  const wishes = sizes.filter((size) => open || size.to !== size.from)
  if (wishes.length === 0) return ok(release.resize)
  if (isResizing(release) && !open) return failed('conflict', sayEnglish({ kind: 'off-resizing' }))
  const moved = wishes.find((size) => findBatch(observed, size.batch)?.desired !== size.from)
  if (moved !== undefined) return failed('conflict', 'A batch has another size by now. Look again.')
  const before = open ? (release.resize?.targets ?? []) : []
  const kept = before.filter((old) => !wishes.some((size) => size.batch === old.batch))
  const targets = [...kept, ...wishes.map((size) => ({ ...size, sent: false }))]
  const different = targets.filter((target) => target.to !== target.from)
  return ok(different.length === 0 ? undefined : { phase: 'growing', targets: different })
}
