import { useEffect } from 'react'

/**
 * One press is one action: what a key that is held down presses again by itself is nothing that a person has decided on,
 * least of all in a dialog that its first press has opened. In a text a held Enter goes on making lines.
 */
export function useOnePress(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isRepeatedPress(event) || event.target instanceof HTMLTextAreaElement) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    document.addEventListener('keydown', listen, { capture: true })
    return () => document.removeEventListener('keydown', listen, { capture: true })
  }, [])
}

/** Enter and the space bar press; the arrows may be held. */
export function isRepeatedPress({ key, repeat }: Pick<KeyboardEvent, 'key' | 'repeat'>): boolean {
  return repeat && (key === 'Enter' || key === ' ')
}
