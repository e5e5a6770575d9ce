import type { Judge } from '../step.ts'

const byItself = ['world', 'answer', 'deliver', 'cut', 'wait', 'size', 'wheel']

type Asked = { readonly at: string; readonly namespace: string }

/**
 * Where the window stands is where a person has gone: no late answer takes it elsewhere. A namespace that was typed is
 * where they have gone too, once it is known: as long as they have gone nowhere else since.
 */
export function placesAreChosenByHand(): Judge {
  const asked = new Map<string, Asked>()
  return ({ move, before, after, fresh, window }) => {
    const [was, is] = [before.look.picture.place, after.look.picture.place]
    const wished = after.look.seen.flatMap((one) => {
      // Each window counts its own.
      const id = one.kind === 'sent' || one.kind === 'reply' ? `${String(window)} ${one.id}` : ''
      if (one.kind === 'sent' && one.name === 'namespace/add')
        asked.set(id, {
          at: (one.press?.picture.place ?? []).join(' / '),
          namespace: (one.input as { readonly namespace: string }).namespace,
        })
      const own = one.kind === 'reply' ? asked.get(id) : undefined
      return own === undefined || own.at !== was.join(' / ') ? [] : [own.namespace]
    })
    if (fresh || !byItself.includes(move.kind) || was.length === 0 || is.length === 0) return []
    if (was[0] === is[0] && (was[1] === is[1] || wished.includes(is[1] ?? ''))) return []
    return [`${was.join(' / ')} became ${is.join(' / ')}`]
  }
}
