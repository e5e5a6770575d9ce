import { useEffect } from 'react'

/**
 * One press is one action: what a key that is held down presses again by itself is nothing that a person has decided on,
 * least of all in a dialog that its first press has opened. In a text a held Enter goes on making lines.
 */
export function useOnePress(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isRepeatedPress(event)) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    document.addEventListener('keydown', listen, { capture: true })
    return () => document.removeEventListener('keydown', listen, { capture: true })
  }, [])
}

/**
 * Enter and the space bar press, and an arrow presses the next choice of a group, which may act at once; elsewhere the
 * arrows may be held.
 */
function isRepeatedPress({ key, repeat, target }: KeyboardEvent): boolean {
  if (!repeat || target instanceof HTMLTextAreaElement) return false
  if (target instanceof HTMLInputElement && target.type === 'radio' && key.startsWith('Arrow')) return true
  return key === 'Enter' || key === ' '
}
