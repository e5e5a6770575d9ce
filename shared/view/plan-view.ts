import type { LockView } from './lock-view.ts'
import { hasNotBegun } from '../release/change-plan.ts'
import { type FailurePolicy } from '../release/plan.ts'
import { defaultGates, type Gates } from '../release/gates/gate-table.ts'
import type { Release } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'
import type { Uid } from '../ids.ts'

/** The plan of a release as it is now. */
export type PlanView = {
  /** In the order of the release. `begun`: it can't be changed any more. */
  readonly steps: readonly {
    readonly batch: Uid
    readonly gates: Gates
    readonly leftOut: boolean
    /** A person left it out of the running release: the gate after it asks. */
    readonly asks?: true
    readonly begun: boolean
  }[]
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
  /** Why it can't be changed now. */
  readonly off?: Sentence
}

type Context = { readonly lock: LockView; readonly driving: boolean; readonly elsewhere?: Release }

/** What is planned, and what of it may still be changed. None where there is nothing to plan: sizes, a way back. */
export function planView(release: Release, context: Context): PlanView | undefined {
  if (release.change.kind === 'none' || release.change.kind === 'restore') return undefined
  const off = whyNot(release, context)
  return {
    steps: release.batches.map((own) => ({
      batch: own.uid,
      gates: release.plan.steps.find((step) => step.batch === own.uid)?.gates ?? defaultGates,
      leftOut: own.phase.kind === 'skipped',
      ...(own.phase.kind === 'skipped' && own.phase.asks === true && { asks: true as const }),
      begun: !hasNotBegun(own),
    })),
    onFailure: release.plan.onFailure,
    batchLimitSeconds: release.plan.batchLimitSeconds,
    ...(off !== undefined && { off }),
  }
}

function whyNot(release: Release, { lock, driving, elsewhere }: Context): Sentence | undefined {
  if (release.state.kind === 'ended') return { kind: 'off-ended' }
  if (release.state.kind === 'rolling-back') return { kind: 'off-rolling-back' }
  if (elsewhere !== undefined)
    return { kind: 'off-elsewhere', service: elsewhere.service.name, by: elsewhere.startedBy }
  if (driving) return undefined
  return lock.kind === 'other' && !lock.expired
    ? { kind: 'off-other-holder', holder: lock.holder }
    : { kind: 'off-nobody-drives' }
}
