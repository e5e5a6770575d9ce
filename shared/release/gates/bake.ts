import type { Gate, GateResult } from './gate.ts'

type Values = { readonly bakeSeconds: number }

const time = { en: 'TIME', zh: '时间' }

/** It is a phase of the batch: `baking`. */
export const bake: Gate<Values> = {
  settings: {
    bakeSeconds: {
      kind: 'seconds',
      usual: 30,
      most: 86_400,
      option: {
        name: 'bake',
        takes: time,
        what: {
          en: 'How long a batch must hold before the next one; default 30s.',
          zh: '下一批之前要保持多久；默认 30s。',
        },
      },
      words: {
        en: {
          column: 'Bake',
          of: (batch) => `Seconds to bake after batch ${batch}`,
          short: (seconds) => (seconds > 0 ? `bake ${seconds} s` : ''),
        },
        zh: {
          column: '观察',
          of: (batch) => `第 ${batch} 批之后观察的秒数`,
          short: (seconds) => (seconds > 0 ? `观察 ${seconds} 秒` : ''),
        },
      },
    },
  },
}

/** Open once the batch has been whole for the bake time without a gap. */
export function bakeGate({ bakeSeconds }: Values, since: number, now: number): GateResult {
  const until = since + bakeSeconds * 1000
  return now >= until ? { kind: 'open' } : { kind: 'wait', until }
}
