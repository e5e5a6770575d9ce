import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Ports } from './client.ts'

export type ClockStore = StoreApi<{ readonly now: number }>

/** The page's time, once a second for everybody: many timers of their own would keep an idle page busy. */
export function createClock(ports: Pick<Ports, 'now' | 'every'>): { store: ClockStore; stop: () => void } {
  const store = createStore(() => ({ now: ports.now() }))
  const stop = ports.every(1000, () => store.setState({ now: ports.now() }))
  return { store, stop }
}
