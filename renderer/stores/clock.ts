import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Ports } from './client.ts'

export type ClockStore = StoreApi<{ readonly monotonic: number }>

/** The page's time, once a second for everybody: many timers of their own would keep an idle page busy. */
export function createClock(ports: Pick<Ports, 'monotonic' | 'every'>): {
  store: ClockStore
  stop: () => void
} {
  const store = createStore(() => ({ monotonic: ports.monotonic() }))
  const stop = ports.every(1000, () => store.setState({ monotonic: ports.monotonic() }))
  return { store, stop }
}
