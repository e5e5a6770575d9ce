import { failed, ok, type Reply } from '../fault.ts'
import type { Uid } from '../ids.ts'
import type { CommandContext, PlanChange } from './command-context.ts'
import { findBatch } from './observed.ts'
import type { Release, ReleaseBatch, Resize } from './release.ts'
import { sizesMoved } from './sizes-moved.ts'
import { areSizesOpen, asksAfter, batchAfter, isResizing, isTouched } from './standing.ts'
import { logged } from './transitions.ts'
import { gatesLeft } from './verbs.ts'

export function changePlan(release: Release, change: PlanChange, context: CommandContext): Reply<Release> {
  const { state } = release
  if (state.kind === 'ended') return failed('conflict', { kind: 'off-ended' })
  if (state.kind === 'rolling-back') return failed('conflict', { kind: 'off-rolling-back' })
  const begun = [...change.steps, ...change.sizes].find(
    (one) => !release.batches.some((own) => own.uid === one.batch && hasNotBegun(own)),
  )
  if (begun !== undefined) {
    const own = release.batches.find((one) => one.uid === begun.batch)
    return failed('conflict', { kind: 'plan-fixed', ...(own !== undefined && { batch: own.number }) })
  }
  const without = release.change.kind === 'image' ? withoutImage(release, change, context) : undefined
  if (without !== undefined) return failed('invalid-input', { kind: 'stays-left-out', batch: without.number })
  const resize = resizeOf(release, change, context)
  if (!resize.ok) return resize
  const { resize: _, ...rest } = release
  const { batches, steps } = reordered(release, change)
  const next: Release = {
    ...rest,
    batches,
    plan: {
      steps,
      batchLimitSeconds: change.batchLimitSeconds ?? release.plan.batchLimitSeconds,
      onFailure: change.onFailure ?? release.plan.onFailure,
    },
    ...(resize.value !== undefined && { resize: resize.value }),
  }
  const changed = { ...next, approved: approvedOf(release, next) }
  return ok(logged(changed, { at: context.now, what: 'plan-changed', by: context.by }))
}

/** A batch that was left out may lack the container that the release changes: nothing could be brought to it. */
function withoutImage(
  { batches }: Release,
  { steps }: PlanChange,
  { observed }: CommandContext,
): ReleaseBatch | undefined {
  return batches.find((own) => {
    if (!steps.some((step) => step.batch === own.uid && !step.leftOut)) return false
    const containers = findBatch(observed, own.uid)?.containers ?? []
    const { images = [] } = own
    return (
      images.length === 0 || images.some(({ container }) => !containers.some((one) => one.name === container))
    )
  })
}

export function hasNotBegun(own: ReleaseBatch): boolean {
  return own.phase.kind === 'waiting' || (own.phase.kind === 'skipped' && !own.phase.touched)
}

/** Those that are named take, in their new order, the places that they have among all. */
function reordered(
  release: Release,
  change: PlanChange,
): { readonly batches: readonly ReleaseBatch[]; readonly steps: Release['plan']['steps'] } {
  const order = orderOf(release, change)
  const batches = order.flatMap((batch) => {
    const own = release.batches.find((one) => one.uid === batch)
    const step = change.steps.find((one) => one.batch === batch)
    if (own === undefined) return []
    return [step === undefined ? own : { ...own, phase: phaseOf(own, step.leftOut) }]
  })
  const steps = order.flatMap((batch) => {
    const old = release.plan.steps.find((one) => one.batch === batch)
    const gates = change.steps.find((one) => one.batch === batch)?.gates
    return old === undefined ? [] : [gates === undefined ? old : { batch, gates }]
  })
  return { batches, steps }
}

/**
 * What has begun stays before what has not: a batch that is taken in again follows what is under way, and never runs
 * beside it.
 */
function orderOf({ batches }: Release, { steps }: PlanChange): readonly Uid[] {
  const begun = batches.findLastIndex((own) => !hasNotBegun(own))
  const isAhead = (own: ReleaseBatch, index: number): boolean =>
    index <= begun && steps.find((one) => one.batch === own.uid)?.leftOut !== false
  const ahead = batches.filter(isAhead).map((own) => own.uid)
  const named = steps.filter((one) => !ahead.includes(one.batch))
  const rest = batches.filter((own, index) => !isAhead(own, index))
  return [
    ...ahead,
    ...rest.map((own) => {
      const isNamed = steps.some((one) => one.batch === own.uid)
      return (isNamed ? named.shift()?.batch : undefined) ?? own.uid
    }),
  ]
}

/** Left out again is left out as before: after a batch that a person skipped, a person is still asked. */
function phaseOf(own: ReleaseBatch, isLeftOut: boolean): ReleaseBatch['phase'] {
  if (!isLeftOut) return { kind: 'waiting' }
  return own.phase.kind === 'skipped' ? own.phase : { kind: 'skipped', touched: isTouched(own) }
}

/**
 * An approval was given for the batch that followed then; where all gates were opened, for all of them. It stays with
 * the gate that was seen, wherever its step is now, as long as the same follows; a gate that is new asks anew.
 */
function approvedOf(release: Release, next: Release): readonly number[] {
  const all = gatesLeft(release).length === 0
  return next.plan.steps.flatMap(({ batch }, step) => {
    const before = release.plan.steps.findIndex((one) => one.batch === batch)
    if (!release.approved.includes(before) || !asksAfter(release, before)) return []
    const isSame = batchAfter(release, before)?.uid === batchAfter(next, step)?.uid
    return all || isSame ? [step] : []
  })
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
  if (isResizing(release) && !open) return failed('conflict', { kind: 'off-resizing' })
  const moved = sizesMoved(observed.batches, wishes)
  if (moved !== undefined) return { ok: false, fault: moved }
  const before = open ? (release.resize?.targets ?? []) : []
  const kept = before.filter((old) => !wishes.some((size) => size.batch === old.batch))
  const targets = [...kept, ...wishes.map((size) => ({ ...size, sent: false }))]
  const different = targets.filter((target) => target.to !== target.from)
  return ok(different.length === 0 ? undefined : { phase: 'growing', targets: different })
}
