import { useSyncExternalStore } from 'react'

function subscribe(listener: () => void): () => void {
  const queried = () => matchMedia(`(resolution: ${String(devicePixelRatio)}dppx)`)
  let media = queried()
  const change = () => {
    // A query knows one ratio only: after each change the next one is asked for.
    media.removeEventListener('change', change)
    media = queried()
    media.addEventListener('change', change)
    listener()
  }
  media.addEventListener('change', change)
  // Zooming changes both, and not every browser tells of the ratio.
  addEventListener('resize', change)
  return () => {
    media.removeEventListener('change', change)
    removeEventListener('resize', change)
  }
}

/** Pixels of the screen to one of the page: another one after zooming, and on another screen. */
export function usePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => devicePixelRatio)
}
