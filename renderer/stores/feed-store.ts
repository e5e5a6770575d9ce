import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import { shareUnchanged } from './share-unchanged.ts'

export type FeedState<T> = {
  readonly payload: T
  /** -1: nothing has arrived yet for the present target. */
  readonly revision: number
  /** The page's own clock when the payload arrived; ages tick from here. */
  readonly receivedAt: number
}

export type FeedStore<T> = StoreApi<FeedState<T>>

export function createFeedStore<T>(empty: T): FeedStore<T> {
  return createStore<FeedState<T>>(() => ({ payload: empty, revision: -1, receivedAt: 0 }))
}

/** Takes a snapshot unless a newer one is already there: after a reconnect old ones may still be on their way. */
export function receive<T>(store: FeedStore<T>, next: FeedState<T>): void {
  const { revision, payload } = store.getState()
  if (next.revision <= revision) return
  store.setState({ ...next, payload: shareUnchanged(payload, next.payload) }, true)
}

/** Forgets the old target's picture, so that it is never shown under the new one's name. */
export function reset<T>(store: FeedStore<T>, empty: T): void {
  store.setState({ payload: empty, revision: -1, receivedAt: 0 }, true)
}

/** The same target is subscribed to anew: what is there stays until the first snapshot, whose revisions begin again. */
export function restart<T>(store: FeedStore<T>): void {
  store.setState({ revision: -1 })
}
