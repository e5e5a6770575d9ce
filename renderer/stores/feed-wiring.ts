import type { FeedPayload, Target } from '../../shared/contract.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { Client, Ports } from './client.ts'
import { receive, reset, restart } from './feed-store.ts'
import type { FeedStore } from './feed-store.ts'
import type { Feeds } from './feeds.ts'
import { shownTab, type PanelTab } from './panel-tab.ts'
import type { UiState, UiStore } from './ui.ts'

type Parts = {
  readonly ports: Ports
  readonly ui: UiStore
  readonly feeds: Feeds
  readonly tabs: readonly PanelTab[]
}

/** Keeps the subscriptions in step with what is looked at. Returns its stop function, which ends them all. */
export function wireFeeds({ ports, ui, feeds, tabs }: Parts): () => void {
  const { client } = ports
  const stops = [
    client.subscribe('clusters', {}, into(feeds.clusters, ports)),
    client.subscribe('training', {}, into(feeds.training, ports)),
    client.onStatus((status) => feeds.link.setState({ status })),
  ]
  const services = switching((target: Target, same) => {
    if (same) restart(feeds.services)
    else reset(feeds.services, undefined)
    const params = { connection: target.connection, namespace: target.namespace }
    return client.subscribe('services', params, into(feeds.services, ports))
  })
  const pipeline = switching((target: Target, same) => {
    if (same) restart(feeds.pipeline)
    else reset(feeds.pipeline, loading)
    return client.subscribe('pipeline', target, into(feeds.pipeline, ports))
  })
  const pods = switching((target: Target, same) => {
    if (same) restart(feeds.pods)
    else reset(feeds.pods, loading)
    return client.subscribe('pods', target, into(feeds.pods, ports))
  })

  /** By the tab, or beside what fails. */
  const arePodsShown = (payload: FeedPayload<'pipeline'>) => {
    const needs = shownTab(tabs, ui.getState().panelTab)?.needs ?? []
    return needs.includes('pods') || (needs.includes('pods-in-trouble') && isTroubled(payload))
  }

  let visible = true
  const look = () => {
    const clusters = feeds.clusters.getState().payload
    const { payload } = feeds.pipeline.getState()
    const wanted = wantedTargets(ui.getState(), clusters, arePodsShown(payload))
    // A window that nobody sees has nothing watched, but for a release that is driven here: its end is told.
    const driven = payload.kind === 'view' && payload.view.release?.driving === true
    services(visible ? wanted.services : undefined)
    pipeline(visible || driven ? wanted.pipeline : undefined)
    pods(visible ? wanted.pods : undefined)
    // Commands go to what is drawn: it must never outlive the choice of another cluster, namespace or Service.
    if (wanted.pipeline === undefined) {
      forget(feeds.pipeline, loading)
      forget(feeds.pods, loading)
    }
    if (wanted.services === undefined) forget(feeds.services, undefined)
  }
  stops.push(
    ports.onVisible((now) => {
      visible = now
      look()
    }),
  )
  const chooseFirst = () => {
    const clusters = feeds.clusters.getState().payload
    const { connection } = ui.getState().selection
    if (clusters === undefined || clusters.clusters.some((cluster) => cluster.id === connection)) return
    const first = firstCluster(clusters)
    if (first !== undefined) ui.actions.showCluster(first.id, first.namespace)
  }
  const chooseOnly = () => {
    const view = feeds.services.getState().payload
    const { connection, namespace, service } = ui.getState().selection
    if (service !== undefined || view?.connection !== connection || view?.namespace !== namespace) return
    const [only, another] = view?.services.filter((row) => row.batches > 0) ?? []
    if (only !== undefined && another === undefined) ui.actions.selectService(only.name)
  }
  stops.push(feeds.services.subscribe(chooseOnly))
  stops.push(
    feeds.pipeline.subscribe((state, before) => {
      if (isTroubled(state.payload) !== isTroubled(before.payload) || !visible) look()
    }),
  )
  stops.push(feeds.clusters.subscribe(chooseFirst), feeds.clusters.subscribe(look), ui.subscribe(look))
  chooseFirst()
  look()
  return () => {
    for (const stop of stops) stop()
    services(undefined)
    pipeline(undefined)
    pods(undefined)
  }
}

const loading = { kind: 'loading' } as const

/** Does nothing where nothing has come: the stores call back into here. */
function forget<T>(store: FeedStore<T>, empty: T): void {
  if (store.getState().revision !== -1 || store.getState().payload !== empty) reset(store, empty)
}

type Wanted = {
  readonly services: Target | undefined
  readonly pipeline: Target | undefined
  readonly pods: Target | undefined
}

/** Nothing is asked of a cluster that is not connected; pods only while they are shown. */
function wantedTargets(
  ui: Pick<UiState, 'selection'>,
  clusters: ClustersView | undefined,
  podsShown: boolean,
): Wanted {
  const { connection, namespace, service } = ui.selection
  const cluster = clusters?.clusters.find((one) => one.id === connection)
  if (cluster?.state.kind !== 'connected' || namespace === undefined) {
    return { services: undefined, pipeline: undefined, pods: undefined }
  }
  const target = { connection: cluster.id, namespace, service: service ?? '' }
  const chosen = service === undefined ? undefined : target
  return {
    services: { ...target, service: '' },
    pipeline: chosen,
    pods: podsShown ? chosen : undefined,
  }
}

/** A batch of the running release fails, or the Service without one, and its pod's last event is shown beside the reason. */
function isTroubled(payload: FeedPayload<'pipeline'>): boolean {
  if (payload.kind !== 'view') return false
  if (payload.view.incident !== undefined) return true
  if (payload.view.release === undefined) return false
  const { release, batches } = payload.view
  return release.state !== 'ended' && batches.some((batch) => batch.trouble !== undefined)
}

/** The kubeconfig's current context, else a connected one, else the first: only looked at, never connected to. */
function firstCluster(view: ClustersView) {
  return (
    view.clusters.find((cluster) => cluster.current && !cluster.training) ??
    view.clusters.find((cluster) => cluster.state.kind === 'connected') ??
    view.clusters.find((cluster) => !cluster.training)
  )
}

function into<T>(store: FeedStore<T>, ports: Pick<Ports, 'monotonic'>) {
  return (payload: T, revision: number) =>
    receive(store, { payload, revision, receivedAt: ports.monotonic() })
}

/**
 * One subscription at a time: the old one ends before the next begins, and the same target changes nothing. `same`:
 * it is taken up again where it was left, so that what is there may stay until news comes.
 */
function switching(start: (target: Target, same: boolean) => ReturnType<Client['subscribe']>) {
  let key = ''
  let last = ''
  let stop: (() => void) | undefined
  return (target: Target | undefined) => {
    const next =
      target === undefined ? '' : JSON.stringify([target.connection, target.namespace, target.service])
    if (next === key) return
    key = next
    stop?.()
    stop = target === undefined ? undefined : start(target, next === last)
    if (next !== '') last = next
  }
}
