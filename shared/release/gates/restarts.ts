import { countedRestarts } from './excused.ts'
import type { Forgiving, Gate, GateInput, GateResult } from './gate.ts'

type Values = { readonly restartsAllowed: number }
type Input = Pick<GateInput<Values & Forgiving>, 'gates' | 'batch' | 'restarts' | 'restartsBefore'>

export const restarts: Gate<Values> = {
  settings: {
    restartsAllowed: {
      kind: 'count',
      usual: 0,
      most: 1_000,
      option: {
        name: 'restarts',
        what: { en: 'New restarts that are forgiven; default 0.', zh: '允许的新重启次数；默认 0。' },
      },
      words: {
        en: {
          column: 'Restarts allowed',
          of: (batch) => `Restarts allowed in batch ${batch}`,
          short: (count) =>
            count > 0 ? (count === 1 ? '1 restart allowed' : `${count} restarts allowed`) : '',
        },
        zh: {
          column: '允许重启',
          of: (batch) => `第 ${batch} 批允许重启的次数`,
          short: (count) => (count > 0 ? `允许重启 ${count} 次` : ''),
        },
      },
    },
  },
  evaluate: restartsGate,
}

/** What a gate counts, and what is said of it. */
export function newRestarts(input: Input): number {
  const { gates, batch, restartsBefore } = input
  return Math.max(0, countedRestarts(batch, gates.tolerance, input.restarts) - restartsBefore)
}

/** Fails as soon as new pods have restarted more often than the plan forgives; those that may be missing do not count. */
export function restartsGate(input: Input): GateResult {
  const { gates, batch } = input
  const count = newRestarts(input)
  return count > gates.restartsAllowed
    ? { kind: 'fail', hold: { kind: 'restarts', batch: batch.uid, restarts: count } }
    : { kind: 'open' }
}
