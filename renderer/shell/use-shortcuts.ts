import { useEffect } from 'react'
import { useStores } from '../stores/store-context.tsx'
import { focusNextArea } from './areas.ts'
import { shortcutOf, takesText } from './shortcut.ts'
import type { Shortcut } from './shortcut.ts'

/** The window's shortcuts. They press the same buttons that a pointer would, so a disabled one stays disabled. */
export function useShortcuts(): void {
  const { ui } = useStores()
  useEffect(() => {
    const run = (shortcut: Shortcut) => {
      switch (shortcut) {
        case 'palette':
          return ui.actions.open('palette')
        case 'next-area':
          return focusNextArea(document, false)
        case 'previous-area':
          return focusNextArea(document, true)
        case 'filter':
          ui.actions.setSidebar(true)
          return document.querySelector<HTMLElement>('[data-shortcut="filter"]')?.focus()
        case 'primary':
        case 'pause':
        case 'roll-back':
          return document.querySelector<HTMLElement>(`[data-shortcut~="${shortcut}"]`)?.click()
      }
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
      if (shortcut === undefined || ui.getState().dialog !== 'none') return
      event.preventDefault()
      run(shortcut)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [ui])
}
