import type { Judge } from '../step.ts'

/** No part of the window has given up and shows its error in place of what it is for. */
export function noBrokenPart(): Judge {
  return ({ after }) => after.look.broken
}
