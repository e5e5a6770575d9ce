import { type Target } from '../../shared/contract.ts'
import { failed, failedInWords, ok, type Reply } from '../../shared/fault.ts'
import type { DoctorReport } from '../../shared/model/doctor.ts'
import type { PlanChange } from '../../shared/release/command-context.ts'
import type { ReleaseCommand } from '../../shared/release/command-context.ts'
import { bounds } from '../cluster/requests/bounds.ts'
import type { Clock } from '../cluster/clock/clock.ts'
import type { ClusterClock } from '../cluster/clock/cluster-clock.ts'
import type { ConnectionSpec } from '../cluster/kubeconfig/kubeconfig.ts'
import { reviewRights } from '../cluster/requests/permissions.ts'
import type { TrainingControl } from './training-control.ts'
import type { ProductionLock } from './clusters/production-lock.ts'
import type { Clusters } from './clusters/clusters.ts'
import type { PortForwards } from './forwards/port-forwards.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import type { AddedKubeconfigs } from './clusters/added-kubeconfigs.ts'
import type { NamespaceModels } from './watching/namespace-models.ts'
import { permitted, type Permit } from './command-ways.ts'
import { goBack, type GoBack } from './history/go-back.ts'
import { guardChanges } from './guard-changes.ts'
import type { HistoryKeeper } from './storage/history-keeper.ts'
import { historyDifferences } from './history/history-differences.ts'
import { listHistory } from './history/history-list.ts'
import { removePlan, savePlan } from './storage/saved-plans.ts'
import type { HistoryApi } from '../release/history-api.ts'
import { rehearseKeeping } from '../release/history.ts'
import { toHistoryApi } from './storage/to-history-api.ts'
import { runOncePerRequest } from './async/run-once-per-request.ts'
import { createPreflight } from './preflight/preflight.ts'
import type { ReleaseService } from './releases/release-service.ts'
import { previewTemplate, showTemplate } from './templates/template-preview.ts'
import { toReleaseApi } from './releases/to-release-api.ts'
import { withModel } from './watching/with-model.ts'
import type { Acts, Handlers, Parsed } from './command-handlers.ts'

export type HandlerOptions = {
  readonly clock: Clock
  readonly timeOf: (connection: Target['connection']) => ClusterClock
  readonly clusters: Clusters
  readonly productionLock: ProductionLock
  readonly models: NamespaceModels
  readonly releaseService: ReleaseService
  readonly keeper: HistoryKeeper
  readonly historyApi: (target: Target) => HistoryApi | undefined
  /** Tries at once what could not be read on a cluster for lack of a right. */
  readonly lookAgain: (connection: Target['connection']) => void
  readonly settings: SettingsFile
  readonly training: TrainingControl | undefined
  readonly forwards: PortForwards
  readonly addedKubeconfigs: AddedKubeconfigs
  readonly examine: () => Promise<DoctorReport>
  /** Reads the kubeconfigs anew, also those that were just added. */
  readonly rescan: () => Promise<void>
}

const logLines = 300

/** All commands, each refused where it may not be given. */
export function createHandlers(options: HandlerOptions): Handlers {
  return guardChanges(allHandlers(options), options)
}

/** One short function per command. What a command means is decided in shared/, what it does below app/. */
function allHandlers(options: HandlerOptions): Acts {
  const { clusters, productionLock, releaseService, settings, training, addedKubeconfigs } = options
  const remembered = runOncePerRequest()
  const preflight = createPreflight(options.clock)

  function steer(
    { request, target, ...about }: Parsed<'release/pause'>,
    wish: ReleaseCommand,
    permit: Permit,
  ): Promise<Reply<null>> {
    return remembered(request, () => releaseService.steer(target, wish, { ...about, permit }))
  }

  async function andRescan(reply: Reply<null>): Promise<Reply<null>> {
    if (reply.ok) await options.rescan()
    return reply
  }

  function aboutCluster(
    connection: Target['connection'],
    act: (spec: ConnectionSpec) => Reply<null>,
  ): Reply<null> {
    const spec = clusters.spec(connection)
    return spec === undefined ? failed('not-found', { kind: 'context-unlisted' }) : act(spec)
  }

  return {
    'cluster/connect': ({ connection, consent }) => clusters.connect(connection, consent),
    'cluster/disconnect': async ({ connection, leaves = [] }) => {
      const unsaid = releaseService
        .driven()
        .filter((one) => one.connection === connection && !leaves.includes(one.service))
        .map((one) => one.service)
      // Whatever the page has shown: nobody leaves a release without having been told what happens to it.
      return unsaid.length === 0
        ? await clusters.disconnect(connection)
        : failedInWords('release-runs', unsaid.join(', '))
    },
    'cluster/rescan': async () => {
      await options.rescan()
      return ok(null)
    },
    'cluster/settings': ({ connection, ...said }) =>
      Promise.resolve(aboutCluster(connection, (spec) => productionLock.settle(spec, said))),
    'cluster/unlock': ({ connection, typed }) =>
      Promise.resolve(aboutCluster(connection, (spec) => productionLock.unlock(spec, typed))),
    'cluster/answer': ({ connection, ...said }) => Promise.resolve(clusters.answer(connection, said)),
    'cluster/lock': ({ connection }) => {
      productionLock.lock(connection)
      return Promise.resolve(ok(null))
    },
    'kubeconfig/inspect': addedKubeconfigs.inspect,
    'kubeconfig/add': async (what) => andRescan(await addedKubeconfigs.add(what)),
    'kubeconfig/remove': ({ path }) => andRescan(addedKubeconfigs.remove(path)),
    'doctor/report': async () => ok(await options.examine()),
    'rights/review': async ({ connection, namespace }) => {
      const opened = clusters.get(connection)
      if (opened === undefined) return failed('unreachable', { kind: 'not-connected' })
      const report = await reviewRights(opened.api, namespace)
      // Whoever looks whether they may by now wants to see it, too.
      options.lookAgain(connection)
      return report
    },
    'namespace/add': ({ connection, namespace }) => {
      settings.change((old) => ({
        ...old,
        namespaces: {
          ...old.namespaces,
          [connection]: [...new Set([...(old.namespaces[connection] ?? []), namespace])],
        },
      }))
      return Promise.resolve(ok(null))
    },
    'release/check': (draft) =>
      withModel(options, draft.target, async (model) => {
        const { target } = draft
        const set = model.set(target.service)
        const api = clusters.get(target.connection)?.api
        if (set === undefined || api === undefined) return noService(target)
        const now = options.timeOf(target.connection).now()
        return preflight({
          draft,
          set,
          model,
          standing: releaseService.standing(target, model),
          api,
          now,
          rehearsals: {
            rehearse: releaseService.rehearse,
            rehearseKeeping: (release) => rehearseKeeping(toHistoryApi(api), target, release),
          },
        })
      }),
    'template/show': ({ target, batch }) =>
      withModel(options, target, (model) => {
        const set = model.set(target.service)
        return Promise.resolve(set === undefined ? noService(target) : showTemplate(set, batch))
      }),
    'template/preview': ({ target, ...edit }) =>
      withModel(options, target, async (model) => {
        const set = model.set(target.service)
        const api = clusters.get(target.connection)?.api
        if (set === undefined || api === undefined) return noService(target)
        return previewTemplate(edit, set, toReleaseApi(api))
      }),
    'release/start': ({ request, draft }, permit) =>
      remembered(request, () => releaseService.start(draft, permit)),
    'release/pause': (input) => steer(input, { kind: 'pause' }, permitted),
    'release/resume': (input, permit) => steer(input, { kind: 'resume' }, permit),
    'release/freeze': (input) => steer(input, { kind: 'freeze' }, permitted),
    'release/retry': ({ batch, ...input }, permit) => steer(input, { kind: 'retry', batch }, permit),
    'release/skip': ({ batch, ...input }, permit) => steer(input, { kind: 'skip', batch }, permit),
    'release/adopt': ({ batch, ...input }, permit) => steer(input, { kind: 'adopt', batch }, permit),
    'release/restore': ({ batch, ...input }, permit) => steer(input, { kind: 'restore', batch }, permit),
    'release/change-plan': ({ change, ...input }, permit) =>
      steer(input, { kind: 'change-plan', change: planChange(change) }, permit),
    'release/ask': ({ request, target, wish, ...about }) =>
      remembered(request, () => releaseService.ask(target, wish, about)),
    'release/forget': ({ request, target, version }) =>
      remembered(request, () => releaseService.forget(target, version)),
    'release/approve': ({ step, ...input }, permit) => steer(input, { kind: 'approve', step }, permit),
    'release/push-all': (input, permit) => steer(input, { kind: 'push-all' }, permit),
    'release/stop': (input) => steer(input, { kind: 'stop' }, permitted),
    'release/take-over': ({ request, target, paused, ...about }, permit) =>
      remembered(request, () =>
        releaseService.takeOver(target, { ...about, paused: paused === true, permit }),
      ),
    'release/roll-back': ({ mode, batches, ...input }) =>
      steer(input, { kind: 'roll-back', mode, batches }, permitted),
    'release/go-back': ({ request, ...wish }) => remembered(request, () => goBack(options, present(wish))),
    'history/differences': ({ target, revisions }) =>
      withModel(options, target, (model) => historyDifferences(options, { target, revisions }, model)),
    'history/list': ({ target }) =>
      withModel(options, target, (model) => listHistory(options, target, model)),
    'plan/save': ({ target, name, plan }) => savePlan(settings, target, { name, plan }),
    'plan/remove': ({ target, name }) => removePlan(settings, target, name),
    'pod/log': async ({ target, pod, ...which }) => {
      const connection = clusters.get(target.connection)
      if (connection === undefined) return failed('unreachable', { kind: 'not-connected' })
      const text = await connection.api.podLog(target.namespace, pod, { ...which, tailLines: logLines })
      return text.ok ? ok({ lines: text.value.split('\n').filter((line) => line !== '') }) : text
    },
    'pod/forward': (wish) => options.forwards.start(wish),
    'pod/stop-forward': ({ forward }) => options.forwards.stop(forward),
    'training/speed': async ({ factor }) => {
      if (training === undefined) return failed('not-found', { kind: 'no-training' })
      training.setSpeed(factor)
      // How fast a cluster's time goes is heard with its answers, and nobody may ask it anything for a while.
      await clusters.get(training.connection)?.api.version(bounds.read)
      return ok(null)
    },
    'training/reset': () => {
      if (training === undefined) return Promise.resolve(failed('not-found', { kind: 'no-training' }))
      training.reset()
      return Promise.resolve(ok(null))
    },
  }
}

function noService({ service, namespace }: Target) {
  return failed('not-found', { kind: 'no-service', service, namespace })
}

function present({
  at,
  supersedes,
  withoutLock,
  ...wish
}: Omit<Parsed<'release/go-back'>, 'request'>): GoBack {
  return {
    ...wish,
    ...(at !== undefined && { at }),
    ...(supersedes !== undefined && { supersedes }),
    ...(withoutLock !== undefined && { withoutLock }),
  }
}

/** What was left open stays open: an absent field is none, not one that is undefined. */
function planChange(change: Parsed<'release/change-plan'>['change']): PlanChange {
  const { onFailure, batchLimitSeconds } = change
  return {
    steps: change.steps,
    sizes: change.sizes,
    ...(onFailure !== undefined && { onFailure }),
    ...(batchLimitSeconds !== undefined && { batchLimitSeconds }),
  }
}
