import { find } from '../hands.ts'
import type { Judge } from '../step.ts'

const acting = ['button', 'option', 'tab', 'radio', 'checkbox', 'summary']

/** Whatever can be pressed does something that is to be seen, or sends something, within 100 ms. */
export function enabledControlsAct(): Judge {
  return ({ move, before, after, fresh }) => {
    if (fresh || move.kind !== 'click' || move.button !== 'left') return []
    const on = find(before, move.at)
    if (on?.enabled !== true || on.current || !acting.includes(on.role)) return []
    const isSent = after.look.seen.some((one) => one.kind === 'sent' && one.press !== undefined)
    if (isSent || after.look.soon > before.look.changes) return []
    return after.look.changes > before.look.changes
      ? [`late: "${on.name}" does something after more than 100 ms`]
      : [`"${on.name}" does nothing`]
  }
}
