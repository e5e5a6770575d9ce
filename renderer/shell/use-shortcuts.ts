import { useEffect } from 'react'
import { useStores } from '../stores/store-context.tsx'
import { focusNextArea } from './areas.ts'
import { shortcutOf, takesText } from './shortcut.ts'
import type { Shortcut } from './shortcut.ts'

/** The window's shortcuts. They press the same buttons that a pointer would, so a disabled one stays disabled. */
export function useShortcuts(): void {
  const { ui, naming } = useStores()
  useEffect(() => {
    const press = (shortcut: Shortcut) =>
      document.querySelector<HTMLElement>(`[data-shortcut~="${shortcut}"]`)?.click()
    const run: Readonly<Record<Shortcut, () => void>> = {
      palette: () => ui.actions.open('palette'),
      'next-area': () => focusNextArea(document, false),
      'previous-area': () => focusNextArea(document, true),
      filter: () => {
        ui.actions.setSidebar(true)
        // In a narrow window the sidebar is drawn first.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-shortcut="filter"]')?.focus())
      },
      primary: () => press('primary'),
      pause: () => press('pause'),
      retry: () => press('retry'),
      'roll-back': () => press('roll-back'),
    }
    const listen = (event: KeyboardEvent) => {
      const shortcut = shortcutOf({
        key: event.key,
        command: event.ctrlKey || event.metaKey,
        shift: event.shiftKey,
        alt: event.altKey,
        isComposing: event.isComposing,
        repeat: event.repeat,
        typing: takesText(document.activeElement),
      })
      // A dialog is above everything: what lies beneath must not act.
      const covered = ui.getState().dialog !== 'none' || naming.store.getState().question !== undefined
      if (shortcut === undefined || covered) return
      event.preventDefault()
      run[shortcut]()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [ui, naming])
}
