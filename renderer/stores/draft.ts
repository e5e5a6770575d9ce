import { createStore } from 'zustand/vanilla'
import type { Uid } from '../../shared/ids.ts'
import type { Sizes } from '../../shared/model/sizes.ts'
import type { Gates } from '../../shared/release/plan.ts'

/** What a person is about to ask for. Nothing of it is sent before the primary action. */
export type DraftState = {
  readonly target: string
  /** Only what differs from the cluster. */
  readonly sizes: Sizes
  readonly tag: string
  readonly images: Readonly<Record<string, string>>
  readonly gates: Readonly<Record<Uid, Gates>>
  setSize(batch: Uid, pods: number): void
  setSizes(sizes: Sizes): void
  setTag(tag: string): void
  setImage(container: string, image: string): void
  setGates(batch: Uid, gates: Gates): void
  discard(): void
}

const empty = { target: '', sizes: {}, tag: '', images: {}, gates: {} }

export function createDraftStore() {
  return createStore<DraftState>((set) => ({
    ...empty,
    setSize: (batch, pods) => set((state) => ({ sizes: { ...state.sizes, [batch]: pods } })),
    setSizes: (sizes) => set({ sizes }),
    setTag: (tag) => set({ tag }),
    setImage: (container, image) => set((state) => ({ images: { ...state.images, [container]: image } })),
    setGates: (batch, gates) => set((state) => ({ gates: { ...state.gates, [batch]: gates } })),
    discard: () => set(empty),
  }))
}

export function isDirty(state: DraftState): boolean {
  return state.tag !== '' || Object.keys(state.sizes).length > 0 || Object.keys(state.images).length > 0
}
