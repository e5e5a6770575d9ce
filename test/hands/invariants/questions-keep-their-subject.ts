import { shownService } from '../shown-service.ts'
import { changes } from '../targeted.ts'
import type { Press } from '../probe/seen.ts'
import type { Judge } from '../step.ts'

type Subject = { readonly release: string; readonly place: string; readonly alerts: number }

/** A question whose release is another one by now says so before it is answered; it never goes to that one unseen. */
export function questionsKeepTheirSubject(): Judge {
  const opened = new Map<number, Subject>()
  return ({ before, after, window, world }) => {
    const found = after.look.seen.flatMap((one) => {
      const subject = opened.get(window)
      if (one.kind !== 'sent' || one.press?.picture.dialog === undefined || subject === undefined) return []
      const { release } = one.input as { readonly release?: string }
      if (!changes(one.name) || release === undefined || subject.release === '') return []
      const said = one.press.picture.dialog.alerts.length > subject.alerts
      return release === subject.release || said
        ? []
        : [`${one.name} goes to ${release}, asked was about ${subject.release}`]
    })
    const { dialog, place } = after.look.picture
    // Who has pressed that they have read what changed is asked about what stands there since.
    const isRead = after.look.seen.some(
      (one) => one.kind === 'press' && isReading(one.press, opened.get(window)?.alerts ?? 0),
    )
    if (dialog === undefined) opened.delete(window)
    else if (before.look.picture.dialog?.id !== dialog.id || isRead)
      opened.set(window, {
        release: shownService(world, place)?.release?.id ?? '',
        place: place.join(' / '),
        alerts: dialog.alerts.length,
      })
    return found
  }
}

function isReading({ type, control, picture }: Press, alerts: number): boolean {
  const more = (picture.dialog?.alerts.length ?? 0) > alerts
  return type === 'click' && more && /^(I have read it|我已看过)/.test(control)
}
