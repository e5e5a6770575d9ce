import type { z } from 'zod'
import type { feeds } from '../../shared/contract.ts'
import { overlapping } from './releases/overlaps.ts'
import { type FeedName, type FeedPayload, type Target } from '../../shared/contract.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { numberedAs } from '../../shared/view/numbered-as.ts'
import { shownOf } from '../../shared/view/shown-of.ts'
import { podsView } from '../../shared/view/pods-view.ts'
import { serviceRow } from '../../shared/view/service-row.ts'
import type { ClusterClock } from '../cluster/clock/cluster-clock.ts'
import type { TrainingControl } from './training-control.ts'
import type { CurveRecorder } from './watching/curve-recorder.ts'
import { incidentIn } from './releases/incident-in.ts'
import { startFeed } from './feed.ts'
import { aboutService, shownSet, unread } from './about-service.ts'
import { startNamespaceFeed, type NamespaceFeedOptions } from './namespace-feed.ts'
import type { NamespaceModel } from './watching/namespace-models.ts'
import { plansOf } from './storage/saved-plans.ts'

type Params<N extends FeedName> = z.output<(typeof feeds)[N]['params']>
export type Feeds = {
  readonly [N in FeedName]: (params: Params<N>, send: (payload: FeedPayload<N>) => void) => () => void
}

export type FeedOptions = NamespaceFeedOptions & {
  /** The time of a cluster, by which all that is shown of it is timed. */
  readonly timeOf: (connection: Target['connection']) => ClusterClock
  readonly curves: CurveRecorder
  readonly training: TrainingControl | undefined
  /** Names of the namespaces of a connection, as far as they may be known. */
  readonly namespaces: (connection: Target['connection']) => {
    readonly names: readonly string[]
    readonly known: boolean
  }
}

/** What the page can subscribe to. Every feed is the whole view, rebuilt from what is observed. */
export function createFeeds(options: FeedOptions): Feeds {
  const { clock, clusters, curves, releaseService, training } = options

  return {
    clusters: (_params, send) =>
      startFeed({ clock, send, build: () => clusters.view(), onChange: clusters.onChange }),

    services: ({ connection, namespace }, send) =>
      startNamespaceFeed(
        options,
        { connection, namespace },
        {
          send,
          build: (model) => ({
            connection,
            namespace,
            namespaces: options.namespaces(connection),
            freshness: model?.freshness() ?? { kind: 'never' },
            ...unread(model),
            // Sets of which a kind can't be read would be counted wrong.
            services: (model?.freshness().kind === 'never' ? [] : (model?.sets() ?? [])).map((found) => {
              const target = { connection, namespace, service: found.service.meta.name }
              if (model === undefined) return serviceRow(found, {})
              const set = shownSet(releaseService, target, model) ?? found
              const { release } = releaseService.standing(target, model)
              return serviceRow(set, {
                release,
                incident: incidentIn(model, set, { release, now: options.timeOf(connection).now() }),
              })
            }),
            missing: model?.missing() ?? [],
          }),
        },
      ),

    pipeline: (target, send) => {
      const unfollow = curves.follow(target)
      const stop = startNamespaceFeed<FeedPayload<'pipeline'>>(options, target, {
        send,
        build: (model) =>
          aboutService(releaseService, { target, model }, (set, seen) =>
            pictureOf(options, target, { set, seen }),
          ),
      })
      return () => {
        stop()
        unfollow()
      }
    },

    pods: (target, send) =>
      startNamespaceFeed<FeedPayload<'pods'>>(options, target, {
        send,
        build: (model) =>
          aboutService(releaseService, { target, model }, (set, seen) => {
            const { release, driving } = releaseService.standing(target, seen)
            const now = options.timeOf(target.connection).now()
            const incident = incidentIn(seen, set, { release, now })
            const numbered = numberedAs(set, release)
            const shown = shownOf({ set: numbered, release, driving, incident })
            return { ...podsView(numbered, seen.events(), shown), forwards: options.forwards.of(target) }
          }),
      }),

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

function pictureOf(
  options: FeedOptions,
  target: Target,
  { set, seen }: { readonly set: BatchSet; readonly seen: NamespaceModel },
): PipelineView {
  const standing = options.releaseService.standing(target, seen)
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
    curves: options.curves.samples(target),
    speed: time.speed(),
    ...(standing.release !== undefined && { release: standing.release }),
    ...(standing.fault !== undefined && { fault: standing.fault }),
    ...(standing.unwritten !== undefined && { unwritten: standing.unwritten }),
    ...(standing.unreadable !== undefined && { unreadable: standing.unreadable }),
    plans: plansOf(options.settings.read(), target),
  })
}
