import type { Picture } from '../probe/seen.ts'
import type { Judge } from '../step.ts'

/** The right button opens a menu of the browser: it neither drags nor presses. */
export function onlyTheLeftButtonActs(): Judge {
  return ({ move, before, after, fresh }) => {
    if (fresh || (move.kind !== 'click' && move.kind !== 'drag') || move.button === 'left') return []
    const sent = after.look.seen.filter((one) => one.kind === 'sent' && one.press !== undefined)
    // Any button takes the focus, and what was typed and not taken is gone with it: the size was another all the time.
    const taken = before.look.picture.batches.filter((one) => one.taken).map((one) => one.number)
    const sizes = ({ batches }: Picture): string =>
      batches
        .filter((one) => taken.includes(one.number))
        .map((one) => one.pods)
        .join(' / ')
    const [was, is] = [sizes(before.look.picture), sizes(after.look.picture)]
    return was === is && sent.length === 0
      ? []
      : [`the ${move.button} button on "${move.at.name}": ${was} -> ${is}`]
  }
}
