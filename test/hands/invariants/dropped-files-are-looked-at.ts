import type { Judge } from '../step.ts'

/** Of files that are dropped each one that can be read is looked at, and one that cannot is named. */
export function droppedFilesAreLookedAt(): Judge {
  return ({ move, before, after, fresh }) => {
    if (fresh || move.kind !== 'drop' || before.look.picture.dialog !== undefined) return []
    const wanted = move.what === 'huge' || move.what === 'broken' ? move.what : 'east'
    const text = after.look.text
    return text.includes(wanted) ? [] : [`${move.what}: nothing is said of ${wanted}`]
  }
}
