import type { Gates } from '../../shared/release/plan.ts'
import type { Words } from '../i18n/words.ts'

/** A gate in a few words. The last one leads nowhere, so that its approval is none. */
export function gateText(gates: Gates, last: boolean, words: Words['plan']): string {
  const parts = [
    gates.bakeSeconds > 0 ? words.bake(gates.bakeSeconds) : '',
    gates.approval && !last ? words.approval : '',
    gates.tolerance > 0 ? words.tolerance(gates.tolerance) : '',
    gates.restartsAllowed > 0 ? words.restarts(gates.restartsAllowed) : '',
    gates.waitForEnding ? words.ending : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? words.noGate : words.listOf(parts)
}

/** At most two digits behind the point: limits are whole seconds. */
export function limitMinutes(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100)
}
