import { useContext, useEffect, useRef } from 'react'
import { Opening } from './opening.ts'
import { useStores } from './store-context.tsx'

/**
 * Closes a question that no longer has an answer, so that it does not block the shortcuts unseen, and says so. `answered`:
 * it has been answered, and that may be why.
 */
export function useCloseWhen(pointless: boolean, answered = false): void {
  const { ui, notes } = useStores()
  const opened = useContext(Opening)
  // As it was when this began to be drawn: the answer itself may come a moment after what it has led to.
  const isAnswered = useRef(answered)
  useEffect(() => {
    isAnswered.current ||= answered
    const { dialog, selection, opened: now } = ui.getState()
    if (!pointless || dialog === 'none' || now !== opened) return
    ui.actions.closeDialog(opened)
    if (isAnswered.current) return
    const what = { kind: 'dialog', dialog } as const
    notes.add({ key: dialog, place: selection, what, told: { kind: 'closed' } })
  }, [pointless, answered, opened, ui, notes])
}
