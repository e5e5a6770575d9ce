import { countedRestarts } from './excused.ts'
import type { GateInput, GateResult } from './gate.ts'

type Counted = 'restarts' | 'restartsBefore'

/** What a gate counts, and what is said of it. */
export function newRestarts(input: Pick<GateInput, 'gates' | 'batch' | Counted>): number {
  const { gates, batch, restarts, restartsBefore } = input
  return Math.max(0, countedRestarts(batch, gates.tolerance, restarts) - restartsBefore)
}

/** Fails as soon as new pods have restarted more often than the plan forgives; those that may be missing do not count. */
export function restartsGate(input: Pick<GateInput, 'gates' | 'batch' | Counted>): GateResult {
  const { gates, batch } = input
  const restarts = newRestarts(input)
  return restarts > gates.restartsAllowed
    ? { kind: 'fail', hold: { kind: 'restarts', batch: batch.uid, restarts } }
    : { kind: 'open' }
}
