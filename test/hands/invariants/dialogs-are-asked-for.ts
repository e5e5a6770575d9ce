import { find } from '../hands.ts'
import type { Judge } from '../step.ts'

const byItself = ['world', 'answer', 'cut', 'wait', 'size', 'wheel']
/** An answer may ask for one: a name that has to be typed. */
const questions = ['naming-title']

/** A dialog opens because somebody has asked for it just now, and the shortcuts work while none is open. */
export function dialogsAreAskedFor(): Judge {
  return ({ move, before, after, fresh }) => {
    const [was, is] = [before.look.picture.dialog, after.look.picture.dialog]
    if (fresh || was !== undefined) return []
    if (move.kind === 'key' && move.key === 'Control+k') {
      // An open list of choices is a window of the browser's own, and the key goes there: the page hears nothing of it.
      const isHeard = after.look.seen.some((one) => one.kind === 'press' && one.press.key === 'Control+k')
      return isHeard && is === undefined ? ['Control+K opens nothing, and no dialog is open'] : []
    }
    if (is === undefined || questions.includes(is.id)) return []
    const on = move.kind === 'click' ? find(before, move.at) : undefined
    const goesElsewhere =
      on?.area === 'rail' && / (live|not connected)/.test(on.name)
        ? true
        : on?.area === 'sidebar' && / batch/.test(on.name)
    return byItself.includes(move.kind) || goesElsewhere ? [`"${is.title}" opens by itself`] : []
  }
}
