import type { Judge } from '../step.ts'

/** A page that is not let in says so, and what to do: it does not load for ever. */
export function loadingEnds(): Judge {
  return ({ move, after }) => {
    if (move.kind !== 'address') return []
    const isWaiting = /Loading|正在加载|加载中/.test(after.look.text)
    return isWaiting ? [`at a ${move.what} address: ${after.look.text.slice(0, 120)}`] : []
  }
}
