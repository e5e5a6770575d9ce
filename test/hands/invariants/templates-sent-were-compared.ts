import type { Judge } from '../step.ts'

type Change = { readonly kind: string; readonly text?: string }

/** A template that is started is one whose differences have been seen: of this very text. */
export function templatesSentWereCompared(): Judge {
  const asked = new Map<string, string>()
  const compared = new Set<string>()
  return ({ after, fresh }) => {
    if (fresh) asked.clear()
    return after.look.seen.flatMap((one) => {
      if (one.kind === 'sent' && one.name === 'template/preview')
        asked.set(one.id, (one.input as { readonly text?: string }).text ?? '')
      if (one.kind === 'reply') {
        const text = asked.get(one.id)
        if (text !== undefined && (one.reply as { readonly ok: boolean }).ok) compared.add(text)
      }
      if (one.kind !== 'sent' || (one.name !== 'release/start' && one.name !== 'release/check')) return []
      const draft =
        one.name === 'release/start'
          ? (one.input as { draft: { change: Change } }).draft
          : (one.input as { change: Change })
      const { text } = draft.change
      return text === undefined || compared.has(text)
        ? []
        : [`a template is used that nobody has compared: ${text.slice(0, 80)}`]
    })
  }
}
