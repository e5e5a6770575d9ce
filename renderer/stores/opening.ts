import { createContext, useCallback, useContext } from 'react'
import { useStores } from './store-context.tsx'

/** Which opening of a dialog this stands in; nothing outside of dialogs. */
export const Opening = createContext<number | undefined>(undefined)

/** Closes the very dialog that this stands in. Late, when another stands there, it closes nothing. */
export function useCloseDialog(): () => void {
  const { ui } = useStores()
  const opened = useContext(Opening)
  if (opened === undefined) throw new Error('There is no dialog around this component')
  return useCallback(() => ui.actions.closeDialog(opened), [ui, opened])
}
