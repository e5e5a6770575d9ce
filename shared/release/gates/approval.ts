import type { Release } from '../release.ts'
import type { GateResult } from './gate.ts'

/** The gate after plan step `step`: open if the plan asks nobody, or a person has said yes. */
export function approvalGate(release: Pick<Release, 'plan' | 'approved'>, step: number): GateResult {
  const asks = release.plan.steps[step]?.gates.approval ?? false
  return !asks || release.approved.includes(step) ? { kind: 'open' } : { kind: 'wait' }
}
