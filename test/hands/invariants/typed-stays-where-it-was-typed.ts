import { changes, targetOf } from '../targeted.ts'
import type { Judge } from '../step.ts'

/** What was typed under the name of one cluster or Service is not sent under that of another. */
export function typedStaysWhereItWasTyped(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) => {
      const target = one.kind === 'sent' ? targetOf(one.input) : undefined
      if (one.kind !== 'sent' || one.press === undefined || target === undefined || !changes(one.name))
        return []
      const { place } = one.press.picture
      const depth = target.service === undefined ? 1 : 3
      const sent = JSON.stringify(one.input, (key, value: unknown) => (key === 'target' ? undefined : value))
      return Object.entries(one.typedAt).flatMap(([text, where]) => {
        if (text.length < 2 || !sent.includes(JSON.stringify(text))) return []
        const here = place.slice(0, depth).join(' / ')
        const there = where.slice(0, depth).join(' / ')
        return here === there ? [] : [`${one.name}: "${text}" was typed at ${there} and is sent at ${here}`]
      })
    })
}
