import type { GateResult } from './gates/gate.ts'
import type { Release } from './release.ts'
import { asksAfter } from './standing.ts'

/** The gate after plan step `step`: open if nobody is asked, or a person has said yes. */
export function approvalGate(
  release: Pick<Release, 'change' | 'plan' | 'batches' | 'approved'>,
  step: number,
): GateResult {
  return !asksAfter(release, step) || release.approved.includes(step) ? { kind: 'open' } : { kind: 'wait' }
}
