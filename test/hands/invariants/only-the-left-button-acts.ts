import type { Judge } from '../step.ts'

/** The right button opens a menu of the browser: it neither drags nor presses. */
export function onlyTheLeftButtonActs(): Judge {
  return ({ move, before, after, fresh }) => {
    if (fresh || (move.kind !== 'click' && move.kind !== 'drag') || move.button === 'left') return []
    const sent = after.look.seen.filter((one) => one.kind === 'sent' && one.press !== undefined)
    const was = before.look.picture.batches.map((one) => one.pods).join(' / ')
    const is = after.look.picture.batches.map((one) => one.pods).join(' / ')
    return was === is && sent.length === 0
      ? []
      : [`the ${move.button} button on "${move.at.name}": ${was} -> ${is}`]
  }
}
