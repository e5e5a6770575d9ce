import type { Aim } from './move.ts'
import type { Control } from './probe/seen.ts'

/** How a control is named, so that it is found again in another run. */
export function aim(controls: readonly Control[], on: Control): Aim {
  const same = controls.filter((one) => one.role === on.role && one.name === on.name)
  return { role: on.role, name: on.name, nth: same.indexOf(on) }
}
