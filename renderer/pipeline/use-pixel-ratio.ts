import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  // A query knows one ratio only: after each change the next one is asked for.
  let media = matchMedia(`(resolution: ${String(devicePixelRatio)}dppx)`)
  const change = () => {
    media.removeEventListener('change', change)
    media = matchMedia(`(resolution: ${String(devicePixelRatio)}dppx)`)
    media.addEventListener('change', change)
    listener()
  }
  media.addEventListener('change', change)
  return () => media.removeEventListener('change', change)
}

/** Pixels of the screen to one of the page: another one after zooming, and on another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => devicePixelRatio)
}
