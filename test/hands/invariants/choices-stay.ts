import type { Judge } from '../step.ts'

const byItself = ['world', 'answer', 'deliver', 'cut', 'wait']

/** The row that Enter would choose stays the same while nobody touches anything, as long as there is such a row. */
export function choicesStay(): Judge {
  return ({ move, before, after, fresh }) => {
    const { option, dialog } = before.look.picture
    if (
      fresh ||
      !byItself.includes(move.kind) ||
      option === '' ||
      dialog?.id !== after.look.picture.dialog?.id
    )
      return []
    const isThere = after.look.picture.dialog?.text.includes(option) === true
    return isThere && after.look.picture.option !== option
      ? [`"${option}" was chosen, "${after.look.picture.option}" is`]
      : []
  }
}
