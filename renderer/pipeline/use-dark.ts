import { useSyncExternalStore } from 'react'

const query = '(prefers-color-scheme: dark)'

function subscribe(listener: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the system asks for dark colours: what is drawn on a canvas has to be drawn again when it changes its mind. */
export function useDark(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
