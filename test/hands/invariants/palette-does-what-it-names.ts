import type { Judge } from '../step.ts'

/** An entry of the palette does what it names: more than closing the palette. */
export function paletteDoesWhatItNames(): Judge {
  return ({ move, before, after, fresh }) => {
    const { dialog, option, place } = before.look.picture
    if (fresh || dialog?.id !== 'palette-title' || after.look.picture.dialog !== undefined) return []
    const chosen =
      move.kind === 'click' && move.at.role === 'option'
        ? move.at.name
        : move.kind === 'key' && move.key === 'Enter'
          ? option
          : ''
    if (chosen === '') return []
    const tab = after.controls.find((one) => one.role === 'tab' && one.current)?.name ?? '\u0000'
    // What is so already stays so.
    if ([...place, tab].some((name) => chosen.includes(name))) return []
    const isSent = after.look.seen.some((one) => one.kind === 'sent')
    return isSent || after.look.sign !== before.look.sign ? [] : [`"${chosen}" does nothing`]
  }
}
