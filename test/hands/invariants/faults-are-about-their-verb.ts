import type { Fault } from '../../../shared/fault.ts'
import type { Judge } from '../step.ts'
import { wordsOf } from '../../support/spoken.ts'

/** Below a verb stands only what went wrong with that verb. */
export function faultsAreAboutTheirVerb(): Judge {
  const refused = new Map<string, string>()
  return ({ after }) => {
    for (const one of after.look.seen) {
      if (one.kind !== 'reply') continue
      const reply = one.reply as { readonly ok: boolean; readonly fault?: Fault }
      if (reply.fault !== undefined) refused.set(wordsOf(reply.fault), one.name.replace('release/', ''))
    }
    const { primary } = after.look.picture
    if (primary === undefined || primary.fault === '' || primary.verb === '') return []
    const [, verb] = [...refused].find(([message]) => primary.fault.includes(message)) ?? []
    return verb === undefined || verb === primary.verb
      ? []
      : [`below ${primary.verb} stands what came of ${verb}`]
  }
}
