import { expect, test } from 'vitest'
import { lookAtNew } from '../../../../renderer/clusters/look-at-new.ts'
import { createFeeds } from '../../../../renderer/stores/feeds.ts'
import { createUiStore } from '../../../../renderer/stores/ui.ts'
import { manyClusters } from '../../../visual/many-clusters.ts'

const all = manyClusters().clusters

function open() {
  const storage = { read: () => null, write: () => undefined }
  const ui = createUiStore({ storage }, 'en')
  const { clusters } = createFeeds()
  const timers: (() => void)[] = []
  const ports = {
    after: (_ms: number, run: () => void) => {
      timers.push(run)
      return () => undefined
    },
  }
  const tell = (count: number) =>
    clusters.setState({ payload: { clusters: all.slice(0, count), problems: [], lookedAt: [] } })
  const looked = () => ui.getState().selection.connection
  return { stores: { ui, clusters, ports }, tell, looked, timers }
}

test('what was added is shown as soon as it is told of', () => {
  const { stores, tell, looked } = open()
  tell(2)
  lookAtNew(stores, all.slice(0, 2))
  expect(looked()).toBeUndefined()
  tell(4)
  expect(looked()).toBe('context-002')
  tell(5)
  expect(looked()).toBe('context-002')
})

test('a dialog that the person has opened meanwhile stays open', () => {
  const { stores, tell } = open()
  lookAtNew(stores, [])
  stores.ui.actions.open('doctor')
  tell(1)
  expect(stores.ui.getState().dialog).toBe('doctor')
})

test('what appears much later was not added by this', () => {
  const { stores, tell, looked, timers } = open()
  lookAtNew(stores, [])
  for (const run of timers) run()
  tell(1)
  expect(looked()).toBeUndefined()
})

test('a person who has gone to another cluster meanwhile stays there', () => {
  const { stores, tell, looked } = open()
  tell(2)
  lookAtNew(stores, all.slice(0, 2))
  stores.ui.actions.selectCluster('context-001', 'demo')
  tell(4)
  expect(looked()).toBe('context-001')
})
