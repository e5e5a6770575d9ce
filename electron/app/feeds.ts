import type { FaultSentence } from '../../shared/fault-sentence.ts'
import type { z } from 'zod'
import type { feeds } from '../../shared/contract.ts'
import { overlapping } from './releases/overlaps.ts'
import { type FeedName, type FeedPayload, type Target } from '../../shared/contract.ts'
import { type Reloadable } from '../../shared/view/reloadable.ts'
import { faultOf, type Fault } from '../../shared/fault.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import { isArriving } from '../../shared/model/freshness.ts'
import { isOver } from '../../shared/release/standing.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { numberedAs } from '../../shared/view/numbered-as.ts'
import { shownOf } from '../../shared/view/shown-of.ts'
import { podsView } from '../../shared/view/pods-view.ts'
import { serviceRow } from '../../shared/view/service-row.ts'
import { withOwnBatches } from '../../shared/view/with-own-batches.ts'
import type { Clock } from '../cluster/clock/clock.ts'
import type { ClusterClock } from '../cluster/clock/cluster-clock.ts'
import type { TrainingControl } from './training-control.ts'
import type { Clusters } from './clusters/clusters.ts'
import type { CurveRecorder } from './watching/curve-recorder.ts'
import { incidentIn } from './releases/incident-in.ts'
import { startFeed } from './feed.ts'
import type { PortForwards } from './forwards/port-forwards.ts'
import type { SettingsFile } from './storage/settings-file.ts'
import { createListeners, type Listeners } from './async/listeners.ts'
import type { NamespaceModel, NamespaceModels } from './watching/namespace-models.ts'
import type { ReleaseService } from './releases/release-service.ts'
import { plansOf } from './storage/saved-plans.ts'

type Params<N extends FeedName> = z.output<(typeof feeds)[N]['params']>
export type Feeds = {
  readonly [N in FeedName]: (params: Params<N>, send: (payload: FeedPayload<N>) => void) => () => void
}

export type FeedOptions = {
  readonly clock: Clock
  /** The time of a cluster, by which all that is shown of it is timed. */
  readonly timeOf: (connection: Target['connection']) => ClusterClock
  readonly clusters: Clusters
  readonly models: NamespaceModels
  readonly releaseService: ReleaseService
  readonly curves: CurveRecorder
  readonly settings: SettingsFile
  readonly training: TrainingControl | undefined
  readonly forwards: Pick<PortForwards, 'of' | 'onChange'>
  /** Names of the namespaces of a connection, as far as they may be known. */
  readonly namespaces: (connection: Target['connection']) => {
    readonly names: readonly string[]
    readonly known: boolean
  }
}

/** Why nothing can be shown, with the rights that are missing for it. */
function unreadFault(model: NamespaceModel, why: FaultSentence = { kind: 'not-read-yet' }): Fault {
  const rights = model.denied()
  return rights.length === 0 ? faultOf('stale', why) : { ...faultOf('forbidden', why), rights }
}

function unread(model: NamespaceModel | undefined): { readonly fault?: Fault } {
  const freshness = model?.freshness()
  return model === undefined || freshness?.kind !== 'never' || isArriving(freshness)
    ? {}
    : { fault: unreadFault(model, freshness.why) }
}

/** What the page can subscribe to. Every feed is the whole view, rebuilt from what is observed. */
export function createFeeds(options: FeedOptions): Feeds {
  const { clock, clusters, curves, releaseService, models, training } = options

  function watching<T>(
    place: { readonly connection: Target['connection']; readonly namespace: string },
    send: (payload: T) => void,
    build: (model: NamespaceModel | undefined) => T,
  ): () => void {
    const changes = createListeners()
    let opened = follow(place, changes)
    const stopClusters = clusters.onChange(() => {
      // Connected, or lost, since: the namespace is opened as soon as it can be.
      if (opened !== undefined && clusters.get(place.connection) === undefined) {
        opened.stop()
        opened = undefined
      }
      opened ??= follow(place, changes)
      changes.tell()
    })
    const stopDesk = releaseService.onChange(changes.tell)
    const stopSettings = options.settings.onChange(changes.tell)
    const stopForwards = options.forwards.onChange(changes.tell)
    const stopFeed = startFeed({ clock, send, build: () => build(opened?.model), onChange: changes.add })
    return () => {
      stopFeed()
      stopDesk()
      stopSettings()
      stopForwards()
      stopClusters()
      opened?.stop()
    }
  }

  function follow(
    place: { readonly connection: Target['connection']; readonly namespace: string },
    changes: Listeners,
  ): { readonly model: NamespaceModel; readonly stop: () => void } | undefined {
    const opened = models.look(place.connection, place.namespace)
    if (opened === undefined) return undefined
    const stopModel = opened.model.onChange(changes.tell)
    return {
      model: opened.model,
      stop() {
        stopModel()
        opened.dispose()
      },
    }
  }

  function about<T>(
    target: Target,
    model: NamespaceModel | undefined,
    view: (set: BatchSet, model: NamespaceModel) => T,
  ): Reloadable<T> {
    if (model === undefined) return { kind: 'loading' }
    const freshness = model.freshness()
    if (isArriving(freshness)) return { kind: 'loading' }
    // Not to be counted: what can't be read would be shown as none. A release that is driven keeps its brakes.
    if (freshness.kind === 'never' && !releaseService.standing(target, model).driving)
      return { kind: 'fault', fault: unreadFault(model, freshness.why) }
    const set = shownSet(target, model)
    if (set !== undefined) return { kind: 'view', view: view(set, model) }
    if (freshness.kind === 'never') return { kind: 'fault', fault: unreadFault(model, freshness.why) }
    return {
      kind: 'missing',
      why: { kind: 'no-service', service: target.service, namespace: target.namespace },
    }
  }

  /** A release that is not over, and its batches, are never lost from sight, whatever becomes of the Service. */
  function shownSet(target: Target, model: NamespaceModel): BatchSet | undefined {
    const set = model.set(target.service)
    const { release } = releaseService.standing(target, model)
    if (release === undefined || isOver(release) || model.freshness().kind === 'never') return set
    const uids = release.batches.map((own) => own.uid)
    return withOwnBatches(set, release, model.unselected(target.service, uids))
  }

  return {
    clusters: (_params, send) =>
      startFeed({ clock, send, build: () => clusters.view(), onChange: clusters.onChange }),

    services: ({ connection, namespace }, send) =>
      watching({ connection, namespace }, send, (model) => ({
        connection,
        namespace,
        namespaces: options.namespaces(connection),
        freshness: model?.freshness() ?? { kind: 'never' },
        ...unread(model),
        // Sets of which a kind can't be read would be counted wrong.
        services: (model?.freshness().kind === 'never' ? [] : (model?.sets() ?? [])).map((found) => {
          const target = { connection, namespace, service: found.service.meta.name }
          if (model === undefined) return serviceRow(found, {})
          const set = shownSet(target, model) ?? found
          const { release } = releaseService.standing(target, model)
          return serviceRow(set, {
            release,
            incident: incidentIn(model, set, { release, now: options.timeOf(connection).now() }),
          })
        }),
        missing: model?.missing() ?? [],
      })),

    pipeline: (target, send) => {
      const unfollow = curves.follow(target)
      const stop = watching<FeedPayload<'pipeline'>>(target, send, (model) =>
        about(target, model, (set, seen) => {
          const standing = releaseService.standing(target, seen)
          const time = options.timeOf(target.connection)
          const now = time.now()
          const incident = incidentIn(seen, set, { release: standing.release, now })
          const elsewhere = standing.release && overlapping(standing.release, seen.releases())
          return pipelineView({
            connection: target.connection,
            set,
            freshness: seen.freshness(),
            denied: seen.denied(),
            ages: seen.ages(),
            lock: standing.lock,
            driving: standing.driving,
            now,
            ...(incident !== undefined && { incident }),
            ...(elsewhere !== undefined && { elsewhere }),
            events: seen.events(),
            curves: curves.samples(target),
            speed: time.speed(),
            ...(standing.release !== undefined && { release: standing.release }),
            ...(standing.fault !== undefined && { fault: standing.fault }),
            ...(standing.unwritten !== undefined && { unwritten: standing.unwritten }),
            ...(standing.unreadable !== undefined && { unreadable: standing.unreadable }),
            plans: plansOf(options.settings.read(), target),
          })
        }),
      )
      return () => {
        stop()
        unfollow()
      }
    },

    pods: (target, send) =>
      watching(target, send, (model) =>
        about(target, model, (set, seen) => {
          const { release, driving } = releaseService.standing(target, seen)
          const now = options.timeOf(target.connection).now()
          const incident = incidentIn(seen, set, { release, now })
          const numbered = numberedAs(set, release)
          const shown = shownOf({ set: numbered, release, driving, incident })
          return { ...podsView(numbered, seen.events(), shown), forwards: options.forwards.of(target) }
        }),
      ),

    notices: (_params, send) =>
      startFeed({ clock, send, build: releaseService.notices, onChange: releaseService.onChange }),

    training: (_params, send) => {
      if (training === undefined) {
        send({ kind: 'off' })
        return () => undefined
      }
      return startFeed({
        clock,
        send,
        build: (): FeedPayload<'training'> => ({
          kind: 'on',
          connection: training.connection,
          speed: training.speed(),
        }),
        onChange: training.onChange,
      })
    },
  }
}
