import type { Gates } from '../plan.ts'
import type { GateResult } from './gate.ts'

/** Open once the batch has been whole for the bake time without a gap. */
export function bakeGate(gates: Gates, since: number, now: number): GateResult {
  const until = since + gates.bakeSeconds * 1000
  return now >= until ? { kind: 'open' } : { kind: 'wait', until }
}
