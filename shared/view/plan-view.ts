import type { LockView, PlanView } from './pipeline.ts'
import { hasNotBegun } from '../release/change-plan.ts'
import { defaultGates } from '../release/plan.ts'
import type { Release } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'

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
