import { asksAfter } from '../standing.ts'
import type { Release } from '../release.ts'
import type { GateResult } from './gate.ts'

/** The gate after plan step `step`: open if nobody is asked, or a person has said yes. */
export function approvalGate(
  release: Pick<Release, 'change' | 'plan' | 'batches' | 'approved'>,
  step: number,
): GateResult {
  return !asksAfter(release, step) || release.approved.includes(step) ? { kind: 'open' } : { kind: 'wait' }
}
