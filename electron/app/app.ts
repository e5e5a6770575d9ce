import { commands, feeds as feedTable, type Target } from '../../shared/contract.ts'
import { faultOf, sentenceOf, type Fault, type Reply } from '../../shared/fault.ts'
import { connectionId, type ConnectionId } from '../../shared/ids.ts'
import type { FileReport } from '../../shared/model/doctor.ts'
import { serve } from '../../shared/rpc.ts'
import type { Pipe } from '../../shared/rpc-pipe.ts'
import type { Clock } from '../cluster/clock/clock.ts'
import { createClusterClock, type ClusterClock } from '../cluster/clock/cluster-clock.ts'
import type { Connection } from '../cluster/connection.ts'
import type { ConnectionSpec, LoadedKubeconfigs } from '../cluster/kubeconfig/kubeconfig.ts'
import { watchForSleep } from '../cluster/clock/sleep-watch.ts'
import type { UnansweredWrite } from '../cluster/requests/unanswered-writes.ts'
import type { HistoryApi } from '../release/history-api.ts'
import { holderText, isOurPast, type Holder, type ProcessMark } from '../release/holder.ts'
import { createProductionLock } from './clusters/production-lock.ts'
import { createClusters, type ClustersOptions } from './clusters/clusters.ts'
import { createCurveRecorder } from './watching/curve-recorder.ts'
import { examine } from './clusters/doctor.ts'
import { createPortForwards } from './forwards/port-forwards.ts'
import { createFeeds } from './feeds.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import { createHandlers } from './handlers/handlers.ts'
import { createClusterIdentities } from './clusters/cluster-identities.ts'
import { createHistoryKeeper } from './storage/history-keeper.ts'
import type { AddedKubeconfigs } from './clusters/added-kubeconfigs.ts'
import { createLocalRecords } from './storage/local-records.ts'
import { createNamespaceModels, type NamespaceModels } from './watching/namespace-models.ts'
import { createReleaseService } from './releases/release-service.ts'
import { createWatchBudget } from './watching/watch-budget.ts'
import { createReleaseResumer } from './releases/release-resumer.ts'
import { toHistoryApi } from './storage/to-history-api.ts'
import { toReleaseApi } from './releases/to-release-api.ts'
import type { TrainingControl } from './training-control.ts'

/** Everything that touches the outside is handed in: the clock, files, sockets and programs of this machine. */
export type AppOptions = {
  readonly clock: Clock
  readonly newId: () => string
  readonly settings: SettingsFile
  /** As they are when it begins, and how they are read anew. */
  readonly kubeconfigs: LoadedKubeconfigs
  readonly loadKubeconfigs: () => Promise<LoadedKubeconfigs>
  /** Tells when kubeconfigs may have changed; gives its stop function, and one for when the list of them has changed. */
  readonly watchKubeconfigs: (onChange: () => void) => {
    readonly refresh: () => void
    readonly stop: () => void
  }
  readonly addedKubeconfigs: AddedKubeconfigs
  /** Every kubeconfig that is looked at, there or not. */
  readonly survey: () => Promise<readonly FileReport[]>
  readonly about: { readonly version: string; readonly platform: string }
  readonly connect: ClustersOptions['connect']
  readonly pluginOf: ClustersOptions['pluginOf']
  readonly self: Holder
  /** Whether an earlier process of this very machine is proved to be gone. */
  readonly isGone: (process: ProcessMark) => boolean
  readonly training?: TrainingControl
  /** Connect to the training cluster at once: there is nothing else, or it was asked for. */
  readonly openTraining: boolean
  /** `false`: a release that this installation left behind is gone on with only when a person asks for it. */
  readonly resumeReleases?: boolean
  /** Shows an address of this machine in the browser. */
  readonly openAddress?: (address: string) => void
  readonly log: (line: string) => void
}

export type App = {
  /** Serves commands and feeds over a pipe; returns its stop function. */
  attach(pipe: Pipe): () => void
  /** Tells the Services whose releases are driven here, now and at each change. */
  onDriving(listener: (services: readonly string[]) => void): () => void
  /** Writes that were sent, to any cluster, and of which it has not been seen what became. */
  unanswered(): readonly UnansweredWrite[]
  close(): Promise<void>
}

/** Ten clusters do not all list in the moment in which the lid is opened. */
const wakeWithinMs = 3_000

/** The only composition root. */
export function createApp(options: AppOptions): App {
  const { clock, settings, training, log } = options
  const resumes = options.resumeReleases !== false
  const namespaces = new Map<ConnectionId, { readonly names: readonly string[]; readonly known: boolean }>()
  const clocks = new Map<ConnectionId, ClusterClock>()
  const unheard = createClusterClock(clock)
  /** Kept when a connection is closed: what was seen there is as old as it was. */
  const timeOf = (id: ConnectionId): ClusterClock => clocks.get(id) ?? unheard
  const productionLock = createProductionLock({ clock, settings, training: training?.connection })
  const clusterIdentities = createClusterIdentities({ settings, training: training?.connection })
  function drivenOn(id: ConnectionId): { readonly drives?: readonly string[] } {
    const there = releaseService.driven().filter(({ connection }) => connection === id)
    return there.length === 0 ? {} : { drives: there.map((one) => one.service) }
  }
  const clusters = createClusters({
    load: options.loadKubeconfigs,
    first: options.kubeconfigs,
    added: options.addedKubeconfigs.added,
    unsaved: settings.unsaved,
    connect: connectAndLook,
    pluginOf: options.pluginOf,
    about: (spec) => ({
      ...productionLock.view(spec),
      ...clusterIdentities.view(spec.id),
      ...drivenOn(spec.id),
    }),
    resting: (id) => budget.resting(id),
    onAgain: lookAgain,
    onClosed(id) {
      releaseService.leaveCluster(id)
      forwards.leaveCluster(id)
      models.drop(id)
      clusterIdentities.forget(id)
      productionLock.lock(id)
    },
    log,
    ...(training !== undefined && { training: training.spec }),
  })
  productionLock.onChange(clusters.tell)
  let unsaved = settings.unsaved()
  settings.onChange(() => {
    if (settings.unsaved() === unsaved) return
    unsaved = settings.unsaved()
    clusters.tell()
  })
  const kubeconfigs = options.watchKubeconfigs(() => void clusters.rescan())
  const budget = createWatchBudget({
    clock,
    now: (id) => timeOf(id).now(),
    rest: (id, why) => models.rest(id, why),
    wake: (id) => models.wake(id),
    isDriven: (id) =>
      releaseService.driven().some((one) => one.connection === id) ||
      (resumes && settings.read().driving.some((one) => one.connection === id)),
  })
  budget.onChange(clusters.tell)
  const models: NamespaceModels = createNamespaceModels({
    watch: (connection, namespace) =>
      clusters
        .get(connection)
        ?.watchNamespace(namespace, () =>
          releaseService.driven().some((one) => one.connection === connection && one.namespace === namespace),
        ),
    budget,
  })
  const holder = holderText(options.self)
  const records = createLocalRecords({
    folder: settings.folder,
    holder,
    isPast: (one) => isOurPast(one, options.self, options.isGone),
  })
  const historyApi = (target: Target): HistoryApi | undefined => {
    const connection = clusters.get(target.connection)
    return connection === undefined ? undefined : toHistoryApi(connection.api)
  }
  const keeper = createHistoryKeeper({
    clock: options.clock,
    api: historyApi,
    records,
    log,
  })
  const releaseService = createReleaseService({
    clock,
    newId: options.newId,
    self: options.self,
    isGone: options.isGone,
    settings,
    models,
    api: (target) => {
      const connection = clusters.get(target.connection)
      return connection === undefined ? undefined : toReleaseApi(connection.api)
    },
    records,
    keeper,
    identityOf: async (target) => clusters.get(target.connection)?.identity(),
    clockOf: (target) => timeOf(target.connection),
    log,
  })
  const curves = createCurveRecorder({
    clock,
    timeOf: (target) => timeOf(target.connection),
    models,
    release: (target, model) => releaseService.standing(target, model).release,
    isConnected: (target) => clusters.get(target.connection) !== undefined,
    onConnections: clusters.onChange,
  })
  let followed = ''
  const stopFollowing = releaseService.onChange(() => {
    // What this process drives: what another one does, or what nobody goes on with, is not watched for it.
    const driven = releaseService.driven()
    // Told at every step of every release; what is driven changes rarely.
    if (followed === JSON.stringify(driven)) return
    followed = JSON.stringify(driven)
    budget.check()
    clusters.tell()
    curves.followDriven(driven)
  })
  const forwards = createPortForwards({
    clock,
    newId: options.newId,
    clusters,
    models,
    openAddress: options.openAddress,
  })
  const handlers = createHandlers({
    forwards,
    clock,
    timeOf,
    clusters,
    productionLock,
    models,
    releaseService,
    keeper,
    historyApi,
    lookAgain,
    settings,
    training,
    addedKubeconfigs: options.addedKubeconfigs,
    examine: () =>
      examine({
        clusters,
        productionLock: productionLock,
        survey: options.survey,
        about: options.about,
        now: () => clock.wall(),
      }),
    rescan() {
      kubeconfigs.refresh()
      return clusters.rescan()
    },
  })
  const feeds = createFeeds({
    forwards,
    clock,
    timeOf,
    clusters,
    models,
    releaseService,
    curves,
    settings,
    training,
    namespaces: (connection) => {
      const listed = namespaces.get(connection) ?? { names: [], known: false }
      const typed = settings.read().namespaces[connection] ?? []
      return { ...listed, names: [...new Set([...listed.names, ...typed])] }
    },
  })

  async function connectAndLook(
    spec: ConnectionSpec,
    how: Parameters<ClustersOptions['connect']>[1],
  ): Promise<Reply<Connection>> {
    const connection = await options.connect(spec, how)
    if (!connection.ok) return connection
    const looked = await lookAt(spec, connection.value).catch(async (error: unknown) => {
      await connection.value.close()
      throw error
    })
    if (looked === undefined) return connection
    await connection.value.close()
    return { ok: false, fault: looked }
  }

  /** What is wrong with it, if it can't be used. */
  async function lookAt(spec: ConnectionSpec, connection: Connection): Promise<Fault | undefined> {
    clocks.set(spec.id, connection.clock)
    const [found, uid] = await Promise.all([connection.namespaces(), connection.identity()])
    if (clusterIdentities.isReplaced(spec.id, { uid, at: connection.clock.now() })) {
      log(`another cluster answers behind ${spec.name} than before`)
      curves.forget(spec.id)
    }
    if (found.ok) namespaces.set(spec.id, { names: found.value, known: true })
    else if (found.fault.code === 'forbidden')
      namespaces.set(spec.id, { names: [spec.namespace], known: false })
    else return faultOf(found.fault.code, sentenceOf(found.fault))
    return undefined
  }

  /** Rights may have been granted since: what could not be read is tried at once, also which namespaces there are. */
  function lookAgain(id: ConnectionId): void {
    models.retry(id)
    const connection = clusters.get(id)
    if (connection === undefined || namespaces.get(id)?.known === true) return
    connection.namespaces().then(
      (found) => {
        if (!found.ok || clusters.get(id) !== connection) return
        namespaces.set(id, { names: found.value, known: true })
        clusters.tell()
      },
      (error: unknown) => log(`namespaces of ${connection.spec.name}: ${String(error)}`),
    )
  }

  const resumer = createReleaseResumer({
    clock,
    driving: () =>
      settings.read().driving.map(({ connection, namespace, service }) => ({
        connection: connectionId(connection),
        namespace,
        service,
      })),
    connect: clusters.connect,
    isConnected: (connection) => clusters.get(connection) !== undefined,
    isClosed: (connection) =>
      clusters.view().clusters.find((one) => one.id === connection)?.state.kind === 'idle',
    resume: releaseService.resume,
    log,
  })
  async function begin(): Promise<void> {
    if (resumes) await resumer.begin()
    if (training !== undefined && options.openTraining) await clusters.connect(training.connection)
  }
  const begun = begin().catch((error: unknown) => log(`start: ${String(error)}`))
  const stopResuming = resumes ? clusters.onChange(resumer.look) : () => undefined

  const stopSleepWatch = watchForSleep(clock, (sleptMs) => {
    log(`the machine slept for ${Math.round(sleptMs / 1000)} s: all watches start anew`)
    clusters.resume(wakeWithinMs)
  })

  return {
    attach: (pipe) => serve(pipe, { commands, feeds: feedTable, handlers, subscribe: feeds, log }),
    onDriving(listener) {
      let told: string | undefined
      const tell = (): void => {
        const services = settings.read().driving.map((one) => one.service)
        if (told === services.join()) return
        told = services.join()
        listener(services)
      }
      tell()
      return releaseService.onChange(tell)
    },
    unanswered: clusters.unanswered,
    async close() {
      stopResuming()
      resumer.stop()
      stopSleepWatch()
      kubeconfigs.stop()
      stopFollowing()
      await begun
      curves.close()
      releaseService.close()
      productionLock.close()
      budget.close()
      await forwards.close()
      await keeper.close()
      models.closeAll()
      await clusters.close()
    },
  }
}
