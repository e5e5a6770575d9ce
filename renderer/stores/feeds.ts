import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Reloadable } from '../../shared/view/reloadable.ts'
import type { TrainingView } from '../../shared/view/training-view.ts'
import type { ServicesView } from '../../shared/view/services-view.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { PodsView } from '../../shared/view/pods-view.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { LinkStatus } from './client.ts'
import { createFeedStore } from './feed-store.ts'
import type { FeedStore } from './feed-store.ts'

/** One slice per feed. `undefined` and `loading` mean that nothing has arrived yet, never that there is nothing. */
export type Feeds = {
  readonly link: StoreApi<{ readonly status: LinkStatus }>
  readonly clusters: FeedStore<ClustersView | undefined>
  readonly services: FeedStore<ServicesView | undefined>
  readonly pipeline: FeedStore<Reloadable<PipelineView>>
  readonly pods: FeedStore<Reloadable<PodsView>>
  readonly training: FeedStore<TrainingView>
}

export function createFeeds(): Feeds {
  return {
    link: createStore<{ readonly status: LinkStatus }>(() => ({ status: 'connecting' })),
    clusters: createFeedStore<ClustersView | undefined>(undefined),
    services: createFeedStore<ServicesView | undefined>(undefined),
    pipeline: createFeedStore<Reloadable<PipelineView>>({ kind: 'loading' }),
    pods: createFeedStore<Reloadable<PodsView>>({ kind: 'loading' }),
    training: createFeedStore<TrainingView>({ kind: 'off' }),
  }
}
