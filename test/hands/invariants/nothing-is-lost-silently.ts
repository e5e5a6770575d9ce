import type { Fault } from '../../../shared/fault.ts'
import { changes } from '../targeted.ts'
import type { Judge } from '../step.ts'
import { wordsOf } from '../../support/spoken.ts'

/** A no, and whatever else went wrong, stands somewhere on the screen once it has come. */
export function nothingIsLostSilently(): Judge {
  const pressed = new Set<string>()
  return ({ after, fresh }) => {
    if (fresh) pressed.clear()
    return after.look.seen.flatMap((one) => {
      if (one.kind === 'sent' && one.press !== undefined) pressed.add(one.id)
      if (one.kind !== 'reply' || !pressed.has(one.id) || !changes(one.name)) return []
      const reply = one.reply as { readonly ok: boolean; readonly fault?: Fault }
      // Of a cluster that is read-only the page asks for its name instead.
      if (reply.ok || reply.fault === undefined || reply.fault.code === 'read-only') return []
      return after.look.text.includes(wordsOf(reply.fault).replace(/\s+/g, ' '))
        ? []
        : [`${one.name} was refused, and nothing says so: ${wordsOf(reply.fault)}`]
    })
  }
}
