import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { PodsView, Reloadable, ServicesView, TrainingView } from '../../shared/contract.ts'
import type { ClustersView, ClusterView } from '../../shared/contract.ts'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import type { LinkStatus } from './client.ts'
import type { Stores } from './stores.ts'
import type { UiState } from './ui.ts'

const StoresContext = createContext<Stores | undefined>(undefined)

export const StoresProvider = StoresContext.Provider

/** The stores themselves: for actions, and for reading a value inside an event handler. */
export function useStores(): Stores {
  const stores = useContext(StoresContext)
  if (stores === undefined) throw new Error('There is no StoresProvider above this component')
  return stores
}

export function useUi<T>(selector: (state: UiState) => T): T {
  return useStore(useStores().ui, selector)
}

/** The picture of the selected Service; `undefined` while there is none (see `usePipelineState` for why). */
export function usePipeline<T>(selector: (view: PipelineView | undefined) => T): T {
  return useStore(useStores().pipeline, (state) =>
    selector(state.payload.kind === 'view' ? state.payload.view : undefined),
  )
}

export function usePipelineState<T>(selector: (state: Reloadable<PipelineView>) => T): T {
  return useStore(useStores().pipeline, (state) => selector(state.payload))
}

export function useClusters<T>(selector: (view: ClustersView | undefined) => T): T {
  return useStore(useStores().clusters, (state) => selector(state.payload))
}

/** The cluster that is looked at. */
export function useCluster<T>(selector: (cluster: ClusterView | undefined) => T): T {
  const connection = useUi((ui) => ui.selection.connection)
  return useClusters((view) => selector(view?.clusters.find((cluster) => cluster.id === connection)))
}

export function useServices<T>(selector: (view: ServicesView | undefined) => T): T {
  return useStore(useStores().services, (state) => selector(state.payload))
}

export function usePods<T>(selector: (state: Reloadable<PodsView>) => T): T {
  return useStore(useStores().pods, (state) => selector(state.payload))
}

export function useTraining<T>(selector: (view: TrainingView) => T): T {
  return useStore(useStores().training, (state) => selector(state.payload))
}

export function useLink(): LinkStatus {
  return useStore(useStores().link, (state) => state.status)
}

type DraftState = ReturnType<Stores['draft']['getState']>

export function useDraft<T>(selector: (draft: DraftState) => T): T {
  return useStore(useStores().draft, selector)
}

/** The application's time in epoch ms, once a second; stands still while the picture is stale. */
export function useAppNow(): number {
  const view = usePipeline((one) => one?.now ?? 0)
  const still = usePipeline((one) => one?.freshness.kind !== 'live')
  const receivedAt = useStore(useStores().pipeline, (state) => state.receivedAt)
  const passed = useStore(useStores().clock, ({ now }) => (still ? 0 : Math.max(0, now - receivedAt)))
  return view + Math.floor(passed / 1000) * 1000
}
