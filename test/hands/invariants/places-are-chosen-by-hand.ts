import type { Judge } from '../step.ts'

const byItself = ['world', 'answer', 'deliver', 'cut', 'wait', 'size', 'wheel']

/** Where the window stands is where a person has gone: no late answer takes it elsewhere. */
export function placesAreChosenByHand(): Judge {
  return ({ move, before, after, fresh }) => {
    const [was, is] = [before.look.picture.place, after.look.picture.place]
    if (fresh || !byItself.includes(move.kind) || was.length === 0 || is.length === 0) return []
    return was[0] === is[0] && was[1] === is[1] ? [] : [`${was.join(' / ')} became ${is.join(' / ')}`]
  }
}
