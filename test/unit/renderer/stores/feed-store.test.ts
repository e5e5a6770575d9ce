import { expect, test } from 'vitest'
import { createFeedStore, receive, reset } from '../../../../renderer/stores/feed-store.ts'

test('a newer snapshot replaces the one that is shown', () => {
  const store = createFeedStore('nothing')
  receive(store, { payload: 'first', revision: 1, receivedAt: 10 })
  receive(store, { payload: 'second', revision: 2, receivedAt: 20 })
  expect(store.getState()).toEqual({ payload: 'second', revision: 2, receivedAt: 20 })
})

test('an older snapshot that arrives late is dropped', () => {
  const store = createFeedStore('nothing')
  receive(store, { payload: 'new', revision: 7, receivedAt: 10 })
  receive(store, { payload: 'old', revision: 6, receivedAt: 20 })
  expect(store.getState().payload).toBe('new')
})

test('after another target was chosen its first snapshot is taken, whatever its revision', () => {
  const store = createFeedStore('nothing')
  receive(store, { payload: 'one', revision: 40, receivedAt: 10 })
  reset(store, 'loading')
  expect(store.getState().payload).toBe('loading')
  receive(store, { payload: 'two', revision: 1, receivedAt: 20 })
  expect(store.getState().payload).toBe('two')
})
