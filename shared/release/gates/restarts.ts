import { countedRestarts } from './excused.ts'
import type { GateInput, GateResult } from './gate.ts'

/** Fails as soon as new pods have restarted more often than the plan forgives; those that may be missing do not count. */
export function restartsGate({ gates, batch, restartsBefore }: GateInput): GateResult {
  const restarts = countedRestarts(batch, gates.tolerance) - restartsBefore
  return restarts > gates.restartsAllowed
    ? { kind: 'fail', hold: { kind: 'restarts', batch: batch.uid, restarts } }
    : { kind: 'open' }
}
