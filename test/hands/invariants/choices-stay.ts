import { shownService } from '../shown-service.ts'
import type { Judge } from '../step.ts'

const byItself = ['world', 'answer', 'deliver', 'cut', 'wait']

/** The row that Enter would choose stays the same while nobody touches anything, as long as there is such a row. */
export function choicesStay(): Judge {
  let last: string | undefined
  return ({ move, before, after, fresh, world }) => {
    const release = shownService(world, after.look.picture.place)?.release?.id
    const isAnother = release !== last
    last = release
    const { option, dialog } = before.look.picture
    if (
      fresh ||
      !byItself.includes(move.kind) ||
      option === '' ||
      dialog?.id !== after.look.picture.dialog?.id
    )
      return []
    const now = after.look.picture.option
    // A verb of another release is another row under the same words: then Enter chooses nothing, rather than that.
    if (now === '' && isAnother) return []
    const isThere = after.look.picture.dialog?.text.includes(option) === true
    return isThere && now !== option ? [`"${option}" was chosen, "${now}" is`] : []
  }
}
