import type { GateInput, GateResult } from './gate.ts'

/** Fails as soon as new pods have restarted more often than the plan forgives. */
export function restartsGate({ gates, batch, restartsBefore }: GateInput): GateResult {
  const restarts = batch.restarts - restartsBefore
  return restarts > gates.restartsAllowed
    ? { kind: 'fail', hold: { kind: 'restarts', batch: batch.uid, restarts } }
    : { kind: 'open' }
}
