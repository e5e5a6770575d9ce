import { expect, test } from 'vitest'
import type { FeedName } from '../../../../shared/contract.ts'
import { panelTabs } from '../../../../renderer/panel/panel-tabs.ts'
import type { Client, Ports } from '../../../../renderer/stores/client.ts'
import { createFeeds } from '../../../../renderer/stores/feeds.ts'
import { wireFeeds } from '../../../../renderer/stores/feed-wiring.ts'
import { createUiStore } from '../../../../renderer/stores/ui.ts'
import { clusterStates } from '../../../visual/cluster-states.ts'
import { scenario } from '../../../visual/scenario.ts'

function page(clusters = clusterStates.connected()) {
  const open: string[] = []
  const { payloads } = scenario('canary')
  const client: Client = {
    call: () => Promise.reject(new Error('no command is expected here')),
    subscribe: (feed: FeedName, params, listener) => {
      const name = `${feed} ${JSON.stringify(params)}`
      open.push(name)
      const payload = feed === 'clusters' ? clusters : payloads[feed]
      ;(listener as (payload: unknown, revision: number) => void)(payload, 1)
      return () => void open.splice(open.indexOf(name), 1)
    },
    onStatus: () => () => undefined,
  }
  const storage = { read: () => null, write: () => undefined }
  let show: (visible: boolean) => void = () => undefined
  const never = () => () => undefined
  const ports: Ports = {
    client,
    storage,
    monotonic: () => 0,
    after: never,
    every: never,
    requestId: () => 'request',
    onVisible: (listener) => {
      show = listener
      return () => undefined
    },
  }
  const ui = createUiStore(ports, 'en')
  const feeds = createFeeds()
  const stop = wireFeeds({ ports, ui, feeds, tabs: panelTabs })
  return {
    ui,
    feeds,
    stop,
    show: (visible: boolean) => show(visible),
    open: () => open.map((name) => name.split(' ')[0]),
  }
}

test('the current context is looked at first, and its services are asked for as it is connected', () => {
  const { ui, open } = page()
  expect(ui.getState().selection.connection).toBe('staging')
  expect(open()).toEqual(['clusters', 'training', 'services'])
})

test('a service is chosen for the person only if there is no other', () => {
  const { ui, feeds } = page()
  expect(ui.getState().selection.service).toBeUndefined()
  const { payload } = feeds.services.getState()
  if (payload === undefined) throw new Error('the services have arrived')
  const services = payload.services.filter((row) => row.name === 'notify' || row.state === 'empty')
  feeds.services.setState({ payload: { ...payload, services }, revision: 2 })
  expect(ui.getState().selection.service).toBe('notify')
})

test('nothing is asked of a cluster that is not connected', () => {
  expect(page(clusterStates.idle()).open()).toEqual(['clusters', 'training'])
})

test('without any kubeconfig nothing is chosen, so that the first screen can say so', () => {
  expect(page(clusterStates.empty()).ui.getState().selection.connection).toBeUndefined()
})

test('pods are asked for only while a tab shows them', () => {
  const { ui, open } = page()
  ui.actions.selectService('demo-http')
  expect(open()).toEqual(['clusters', 'training', 'services', 'pipeline'])
  ui.actions.setTab('pods')
  expect(open()).toContain('pods')
  ui.actions.setTab('release')
  expect(open()).not.toContain('pods')
})

test('another service ends the old subscription and never shows the old picture under the new name', () => {
  const { ui, feeds, open } = page()
  ui.actions.selectService('demo-http')
  expect(feeds.pipeline.getState().payload.kind).toBe('view')
  ui.actions.selectService('notify')
  expect(open().filter((feed) => feed === 'pipeline')).toHaveLength(1)
  ui.actions.selectNamespace('payments')
  expect(feeds.pipeline.getState().payload.kind).toBe('loading')
  expect(open()).not.toContain('pipeline')
})

test('stopping ends every subscription', () => {
  const { ui, open, stop } = page()
  ui.actions.selectService('demo-http')
  stop()
  expect(open().filter((feed) => feed !== 'clusters' && feed !== 'training')).toEqual([])
})

test('while a batch fails its pods are asked for, so that the last event stands beside the reason', () => {
  const { ui, feeds, open } = page()
  ui.actions.selectService('demo-http')
  expect(open()).not.toContain('pods')
  const { payloads } = scenario('failed')
  feeds.pipeline.setState({ payload: payloads.pipeline, revision: 2 })
  expect(open()).toContain('pods')
  feeds.pipeline.setState({ payload: scenario('idle').payloads.pipeline, revision: 3 })
  expect(open()).not.toContain('pods')
})

test('a page that nobody sees asks for nothing, keeps what it has, and asks again when it is seen', () => {
  const { ui, feeds, open, show } = page()
  ui.actions.selectService('demo-http')
  const before = feeds.pipeline.getState().payload
  const driven = feeds.pipeline.getState()
  if (driven.payload.kind !== 'view' || driven.payload.view.release === undefined)
    throw new Error('no release')
  const release = { ...driven.payload.view.release, driving: false }
  const payload = { kind: 'view', view: { ...driven.payload.view, release } } as const
  feeds.pipeline.setState({ ...driven, payload })
  show(false)
  expect(open()).toEqual(['clusters', 'training'])
  expect(feeds.pipeline.getState().payload).toEqual(payload)
  show(true)
  expect(open()).toEqual(['clusters', 'training', 'services', 'pipeline'])
  expect(feeds.pipeline.getState().payload).toEqual(before)
})

test('a page that nobody sees still follows a release that is driven here, to its end', () => {
  const { ui, open, show } = page()
  ui.actions.selectService('demo-http')
  show(false)
  expect(open()).toEqual(['clusters', 'training', 'pipeline'])
})

test.each([
  // It may be there that it was removed.
  ['kubeconfigs', 'kubeconfigs'],
  ['cluster-settings', 'none'],
] as const)('when the cluster that is looked at is gone, the dialog %s gives way to %s', (before, after) => {
  const { ui, feeds } = page()
  ui.actions.selectCluster('lab', 'demo')
  ui.actions.open(before)
  const all = clusterStates.connected()
  const clusters = all.clusters.filter((one) => one.name !== 'lab')
  feeds.clusters.setState({ payload: { ...all, clusters }, revision: 2 })
  expect(ui.getState()).toMatchObject({ dialog: after, selection: { connection: 'staging' } })
})

test('the Service of one cluster is never drawn, and cannot be released, under the name of another', () => {
  const { ui, feeds } = page()
  ui.actions.selectService('demo-http')
  expect(feeds.pipeline.getState().payload.kind).toBe('view')
  // Connected too, with several services of which none is chosen yet.
  ui.actions.selectCluster('prod', 'demo')
  expect(feeds.pipeline.getState().payload.kind).toBe('loading')
})

test('what was known of a cluster is not shown for one that is not connected', () => {
  const { ui, feeds } = page()
  ui.actions.selectService('demo-http')
  ui.actions.selectCluster('lab', 'demo')
  expect(feeds.pipeline.getState().payload.kind).toBe('loading')
  expect(feeds.services.getState().payload).toBeUndefined()
})
