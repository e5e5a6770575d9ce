import { useSyncExternalStore } from 'react'

const query = '(max-height: 840px)'

function subscribe(listener: () => void): () => void {
  const media = matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the window is low, so that the checks fold to their counts and the actions keep their place. */
export function useShortWindow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
