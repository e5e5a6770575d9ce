import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Reloadable } from '../../shared/view/reloadable.ts'
import type { TrainingView } from '../../shared/view/training-view.ts'
import type { ServicesView } from '../../shared/view/services-view.ts'
import type { PodsView } from '../../shared/view/pods-view.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import type { PipelineView, ReleaseView } from '../../shared/view/pipeline.ts'
import type { LinkStatus, NoticePermission } from './client.ts'
import { clusterNow } from './cluster-now.ts'
import type { HistoryState } from './history.ts'
import { offeredRelease } from './offered-release.ts'
import type { NamingQuestion } from './naming.ts'
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

export function useHistory<T>(selector: (state: HistoryState) => T): T {
  return useStore(useStores().history.store, selector)
}

export function useNoticePermission(): NoticePermission | undefined {
  return useStore(useStores().notices.permission)
}

export function useTraining<T>(selector: (view: TrainingView) => T): T {
  return useStore(useStores().training, (state) => selector(state.payload))
}

/** The question that waits for a typed name. */
export function useNaming(): NamingQuestion | undefined {
  return useStore(useStores().naming.store, (state) => state.question)
}

export function useLink(): LinkStatus {
  return useStore(useStores().link, (state) => state.status)
}

/** The release with what can be done to it from here. Whoever offers a verb offers it from this. */
export function useOfferedRelease(): ReleaseView | undefined {
  const release = usePipeline((view) => view?.release)
  const link = useLink()
  return useMemo(() => (release === undefined ? undefined : offeredRelease(release, link)), [release, link])
}

type DraftState = ReturnType<Stores['draft']['getState']>

export function useDraft<T>(selector: (draft: DraftState) => T): T {
  return useStore(useStores().draft, selector)
}

/** How long ago the list of clusters came, in ms; once a second. */
export function useSinceClusters(): number {
  const { clusters, clock } = useStores()
  const receivedAt = useStore(clusters, (state) => state.receivedAt)
  const monotonic = useStore(clock, (state) => state.monotonic)
  return Math.max(0, monotonic - receivedAt)
}

/**
 * The cluster's time in whole seconds of epoch ms, and the only `now` that there is on the page; stands still while the
 * picture is stale. Draws again once a second, not at every snapshot.
 */
export function useClusterNow(): number {
  const { pipeline, clock } = useStores()
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = [pipeline.subscribe(listener), clock.subscribe(listener)]
      return () => stops.forEach((stop) => stop())
    },
    [pipeline, clock],
  )
  const now = () => {
    const { payload, receivedAt } = pipeline.getState()
    if (payload.kind !== 'view') return 0
    return clusterNow(payload.view, clock.getState().monotonic - receivedAt)
  }
  // Said twice: without the second the panel could not be drawn where there is no browser, as in a test.
  return useSyncExternalStore(subscribe, now, now)
}
