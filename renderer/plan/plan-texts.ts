import { settingRows, type Gates } from '../../shared/release/gates/gate-table.ts'
import type { Words } from '../i18n/words.ts'

/** What a plan asks of a batch, in a few words. After the last one nothing leads on. */
export function gateText(gates: Gates, last: boolean, words: Words['plan']): string {
  const parts = settingRows.flatMap(([name, setting]) => {
    if (last && setting.leadsOn === true) return []
    const value = gates[name]
    if (setting.kind === 'flag') return setting.words[words.language].short(value === true)
    return setting.words[words.language].short(Number(value))
  })
  const said = parts.filter((part) => part !== '')
  return said.length === 0 ? words.noGate : words.listOf(said)
}

/** At most two digits behind the point: limits are whole seconds. */
export function limitMinutes(seconds: number): string {
  return String(Math.round((seconds / 60) * 100) / 100)
}
