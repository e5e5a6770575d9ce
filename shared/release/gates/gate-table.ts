import { approval } from './approval.ts'
import { bake } from './bake.ts'
import { ending } from './ending.ts'
import type { Gate, GateLines, GateQuestion, GateResult, GateValues } from './gate.ts'
import { ready } from './ready.ts'
import { restarts } from './restarts.ts'
import type { Setting } from './setting.ts'

/**
 * Every gate, in the order of the plan editor. Plans, journals, saved plans, the plan editor, the options of the terminal
 * and the lines beside a batch are derived from it.
 */
export const gateTable = [
  // A line each.
  bake,
  ready,
  restarts,
  ending,
  approval,
] as const

/** What must hold after a batch before the next one may begin: the settings of all gates. */
export type Gates = Merged<typeof gateTable>

type Merged<T extends readonly unknown[]> = T extends readonly [infer G, ...infer Rest]
  ? (G extends Gate<infer V> ? V : unknown) & Merged<Rest>
  : unknown

const gates: readonly Gate[] = gateTable

export type SettingRow = readonly [name: keyof Gates, setting: Setting]

/** All settings of a plan, by name. */
export const settingRows = gates.flatMap((gate) => Object.entries(gate.settings)) as readonly SettingRow[]

/** Of each setting what `value` gives. */
export function gatesOfEach(value: (setting: Setting, name: keyof Gates) => number | boolean): Gates {
  return Object.fromEntries(
    settingRows.map(([name, setting]) => [name, value(setting, name)]),
  ) as unknown as Gates
}

export const defaultGates: Gates = gatesOfEach(({ usual }) => usual)

/** What all gates that are asked say together: a failure first, then what is waited for longest. */
export function askGates(question: GateQuestion<GateValues & Gates>): GateResult {
  const results = gates.flatMap((gate) => gate.evaluate?.(question) ?? [])
  const failed = results.find((one) => one.kind === 'fail')
  if (failed !== undefined) return failed
  const waits = results.filter((one) => one.kind === 'wait')
  if (waits.length === 0) return { kind: 'open' }
  const until = waits.flatMap((one) => one.until ?? [])
  return { kind: 'wait', ...(until.length === waits.length && { until: Math.max(...until) }) }
}

/** Gates that speak for themselves, with what each says now. */
export function speakingGates(
  question: GateQuestion<GateValues & Gates>,
): readonly { readonly lines: GateLines<GateValues>; readonly result: GateResult }[] {
  return gates.flatMap(({ lines, ...gate }) =>
    lines?.line?.(question.gates) === undefined
      ? []
      : [{ lines, result: gate.evaluate?.(question) ?? { kind: 'open' as const } }],
  )
}

/** What a gate says by the name that journals have of it; undefined for one of a later Tranche. */
export function gateLines(id: string): GateLines<GateValues> | undefined {
  return gates.find((gate) => gate.lines?.id === id)?.lines
}
