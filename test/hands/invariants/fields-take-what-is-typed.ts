import { find } from '../hands.ts'
import type { Judge } from '../step.ts'

/** A field can be emptied, and has what was typed into it. */
export function fieldsTakeWhatIsTyped(): Judge {
  return ({ move, before, after, fresh }) => {
    if (fresh || (move.kind !== 'empty' && move.kind !== 'fill')) return []
    const on = find(before, move.at)
    const field = after.look.picture.fields.find((one) => one.focused && one.name === move.at.name)
    if (on === undefined || field === undefined) return []
    const wanted = move.kind === 'empty' ? '' : move.text
    // The browser itself lets only numbers into such a field, and no line breaks into one line.
    if (move.kind === 'fill' && (field.kind === 'number' || wanted.includes('\n'))) return []
    return field.value === wanted
      ? []
      : [`"${field.name}" has "${field.value.slice(0, 60)}", typed was "${wanted.slice(0, 60)}"`]
  }
}
