import { useEffect } from 'react'
import { useStores } from '../stores/store-context.tsx'

/** Closes a question that no longer has an answer, so that it does not block the shortcuts unseen. */
export function useCloseWhen(pointless: boolean): void {
  const { ui } = useStores()
  useEffect(() => {
    if (pointless) ui.actions.closeDialog()
  }, [pointless, ui])
}
