import type { BatchPhase, Release, ReleaseBatch } from './release.ts'

/** Whether this release, or the one it took the place of, has or may have written to this batch. */
export function isTouched(own: ReleaseBatch): boolean {
  switch (own.phase.kind) {
    case 'waiting':
      return own.late !== undefined || own.startsFrom !== own.baseline.templateDigest
    case 'returned':
      // Put back, it has what the release before had brought again.
      return own.phase.to === 'start' && own.startsFrom !== own.baseline.templateDigest
    case 'skipped':
      return own.phase.touched
    default:
      return true
  }
}

/** Whether it would keep the change if the release ended now: one whose old template has been written goes back by itself. */
export function keepsChange(own: ReleaseBatch): boolean {
  return isTouched(own) && own.phase.kind !== 'rolling-back'
}

/** Done, or left out: nothing of it is waited for any more. */
export function isPassed(own: ReleaseBatch): boolean {
  return own.phase.kind === 'done' || own.phase.kind === 'skipped'
}

/** Its pods are being exchanged, or judged. */
export function isInProgress({ kind }: BatchPhase): boolean {
  return kind === 'patching' || kind === 'rolling' || kind === 'baking'
}

/**
 * Index of the batch that a release is at: the one in progress, else the first that is not passed. They differ where an
 * earlier batch has to be updated once more: one after the other all the same. -1 when all are passed.
 */
export function currentIndex({ batches }: Pick<Release, 'batches'>): number {
  const moving = batches.findIndex(({ phase }) => phase.kind === 'rolling' || phase.kind === 'baking')
  if (moving >= 0) return moving
  const begun = batches.findIndex(({ phase }) => phase.kind === 'patching')
  return begun >= 0 ? begun : firstToCome({ batches })
}

/** Index of the first batch that is not passed, or -1. */
export function firstToCome({ batches }: Pick<Release, 'batches'>): number {
  return batches.findIndex((own) => !isPassed(own))
}

/** The plan step at whose approval gate the release waits now, or undefined. */
export function waitingStep(release: Release): number | undefined {
  if (isResizing(release) || release.change.kind === 'none') return undefined
  const index = currentIndex(release)
  const own = release.batches[index]
  if (own === undefined || own.phase.kind !== 'waiting') return undefined
  const step = stepBefore(release, index)
  if (step === undefined) return undefined
  return asksAfter(release, step) && !release.approved.includes(step) ? step : undefined
}

type Gated = Pick<Release, 'change' | 'plan' | 'batches'>

/** The step whose gate stands before a batch: batches that the plan leaves out have none. */
export function stepBefore({ batches }: Pick<Release, 'batches'>, index: number): number | undefined {
  const step = batches.slice(0, index).findLastIndex(hasGate)
  return step < 0 ? undefined : step
}

/** Whether a gate stands after a batch. After one that the plan leaves out, the gate of the one before it counts. */
export function hasGate({ phase }: Pick<ReleaseBatch, 'phase'>): boolean {
  return phase.kind !== 'skipped' || phase.asks === true
}

/** Whether the gate after a step asks a person: as the plan says; after a batch that a person left out, always. */
export function asksAfter({ change, plan, batches }: Gated, step: number): boolean {
  // Sizes and a way back pass no gates.
  if (change.kind === 'restore' || change.kind === 'none') return false
  const phase = batches[step]?.phase
  if (phase?.kind === 'skipped') return phase.asks === true
  return plan.steps[step]?.gates.approval === true
}

/** The batch that the gate after a step leads to, whatever has come of it; undefined where it leads nowhere. */
export function batchAfter({ batches }: Pick<Release, 'batches'>, step: number): ReleaseBatch | undefined {
  return batches.slice(step + 1).find((own) => own.phase.kind !== 'skipped')
}

export function isResizing(release: Release): boolean {
  return release.resize !== undefined && release.resize.phase !== 'done'
}

/** Sizes that were set while the release is paused: none of them was sent, so they may still be others. */
export function areSizesOpen({ state, resize }: Release): boolean {
  return (
    state.kind === 'paused' &&
    resize?.phase === 'growing' &&
    resize.targets.every((target) => !target.sent && target.asked !== true && target.retryAt === undefined)
  )
}

/** By a person's word its `spec.paused` is set, or is being set. */
export function isFrozen({ freeze }: Pick<ReleaseBatch, 'freeze'>): boolean {
  return freeze?.wish === 'freeze' && freeze.stuck === undefined
}

/** Going on would still clear something: what is paused by us, or could not be cleared. */
export function isBraked({ batches }: Pick<Release, 'batches'>): boolean {
  return batches.some(({ freeze }) => freeze?.wish === 'freeze' || freeze?.stuck !== undefined)
}

/** Nothing is left to be done: no `spec.paused` of ours that can be cleared, and no write of ours that may still land. */
export function isOver({ state, batches }: Release): boolean {
  return (
    state.kind === 'ended' &&
    batches.every(
      ({ freeze, inDoubt }) =>
        (freeze === undefined || freeze.stuck !== undefined) &&
        (inDoubt === undefined || inDoubt.left !== undefined),
    )
  )
}

/** What keeps the end of a release from being one. */
export function endLacks({ batches }: Pick<Release, 'batches'>): 'paused' | 'in-doubt' {
  return batches.some(({ freeze }) => freeze !== undefined && freeze.stuck === undefined)
    ? 'paused'
    : 'in-doubt'
}

export function numbersOf(batches: readonly ReleaseBatch[]): readonly number[] {
  return batches.map((own) => own.number)
}
