import type { Judge } from '../step.ts'

/** Nothing is thrown that nobody catches, nothing is rejected that nobody hears of. */
export function noExceptions(): Judge {
  return ({ after }) => after.look.seen.flatMap((one) => (one.kind === 'error' ? [one.text] : []))
}
