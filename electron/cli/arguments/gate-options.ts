import { gatesOfEach, settingRows, type Gates } from '../../../shared/release/gates/gate-table.ts'
import type { Setting } from '../../../shared/release/gates/setting.ts'
import type { Arguments } from './command-description.ts'
import { parseDuration } from './durations.ts'
import type { OptionRow } from './option-table.ts'

/** An option for each setting of each gate. */
export const gateOptions: Readonly<Record<string, OptionRow>> = Object.fromEntries(
  settingRows.map(([, setting]) => [setting.option.name, rowOf(setting)]),
)

function rowOf({ kind, option: { takes, what } }: Setting): OptionRow {
  if (kind === 'flag') return { kind: 'flag', what }
  return {
    kind: 'value',
    reads: kind === 'seconds' ? 'duration' : 'number',
    takes: takes ?? { en: 'N', zh: 'N' },
    what,
  }
}

/** What the line says of gates; the usual where it says nothing. */
export function gatesFrom({ given }: Arguments): Gates {
  return gatesOfEach(({ kind, usual, option }) => {
    const text = given.get(option.name)?.at(-1)
    if (text === undefined) return usual
    if (kind === 'flag') return !usual
    return (kind === 'seconds' ? parseDuration(text) : Number(text)) ?? usual
  })
}
