import type { Judge } from '../step.ts'

/** What is drawn has as many pixels as the screen shows of it. */
export function canvasesAreSharp(): Judge {
  return ({ after }) =>
    after.look.canvases
      .filter(({ have, need }) => Math.abs(have - need) > 1)
      .map(({ have, need, label }) => `${label}: ${String(have)} pixels wide, shown on ${String(need)}`)
      .slice(0, 1)
}
