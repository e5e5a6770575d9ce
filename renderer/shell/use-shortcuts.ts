import { useEffect } from 'react'
import type { VerbName } from '../../shared/release/verbs.ts'
import { offeredRelease } from '../stores/offered-release.ts'
import { useStores } from '../stores/store-context.tsx'
import { focusNextArea } from './areas.ts'
import { feeds, shortcutOf, tabOfPress, takesText } from './shortcut.ts'
import type { KeyPress, Shortcut } from './shortcut.ts'

/**
 * The window's shortcuts. Verbs are done by the same function as by their rows, whether those are drawn or not; the one
 * next action, which is whatever is drawn as such, by its button.
 */
export function useShortcuts(): void {
  const { ui, tabs, naming, verbs, pipeline, link } = useStores()
  useEffect(() => {
    const button = (shortcut: Shortcut) =>
      document.querySelector<HTMLElement>(`[data-shortcut~="${shortcut}"]`)
    const press = (shortcut: Shortcut) => button(shortcut)?.click()
    const run = (name: VerbName) => {
      const { payload } = pipeline.getState()
      const release = payload.kind === 'view' ? payload.view.release : undefined
      if (release === undefined) return
      const { verbs: offered } = offeredRelease(release, link.getState().status)
      const verb = offered.find((one) => one.verb === name)
      if (verb !== undefined) verbs.run(verb)
    }
    const act: Readonly<Record<Shortcut, () => void>> = {
      palette: () => ui.actions.open('palette'),
      'next-area': () => focusNextArea(document, false),
      'previous-area': () => focusNextArea(document, true),
      filter: () => {
        ui.actions.setSidebar(true)
        // In a narrow window the sidebar is drawn first.
        requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-shortcut="filter"]')?.focus())
      },
      primary: () => press('primary'),
      pause: () => run('pause'),
      retry: () => run('retry'),
      'roll-back': () => press('roll-back'),
    }
    const listen = (event: KeyboardEvent) => {
      const pressed: KeyPress = {
        key: event.key,
        command: event.ctrlKey || event.metaKey,
        shift: event.shiftKey,
        alt: event.altKey,
        isComposing: event.isComposing,
        repeat: event.repeat,
        typing: takesText(document.activeElement),
        feeding: feeds(document.activeElement, button('primary')),
      }
      const shortcut = shortcutOf(pressed)
      const { payload } = pipeline.getState()
      const hasPanel = payload.kind === 'view' && payload.view.batches.length > 0
      const tab = hasPanel ? tabOfPress(pressed, tabs) : undefined
      // A dialog is above everything: what lies beneath must not act.
      const covered = ui.getState().dialog !== 'none' || naming.store.getState().question !== undefined
      if (covered || (shortcut === undefined && tab === undefined)) return
      event.preventDefault()
      if (shortcut !== undefined) act[shortcut]()
      else if (tab !== undefined) ui.actions.setTab(tab.id)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [ui, tabs, naming, verbs, pipeline, link])
}
