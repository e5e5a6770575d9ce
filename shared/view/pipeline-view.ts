import type { Fault, MissingRight } from '../fault.ts'
import type { ConnectionId } from '../ids.ts'
import { applicationContainer } from '../model/application-container.ts'
import type { Batch, BatchSet } from '../model/batch-set.ts'
import type { ClusterEvent } from '../k8s/objects.ts'
import { failedProbes } from '../model/failed-probes.ts'
import type { Incident } from '../model/incident.ts'
import type { Freshness, KindAge } from '../model/freshness.ts'
import type { PipelineView, ReleaseView } from './pipeline.ts'
import type { UnreadableJournal } from './lock-view.ts'
import type { LockView } from './lock-view.ts'
import type { CurveSample } from './curve-series.ts'
import type { NamedPlan } from '../release/saved-plan.ts'
import { asObserved } from '../release/decide-freeze.ts'
import { versionOf } from '../release/release-version.ts'
import type { Release } from '../release/release.ts'
import { currentIndex } from '../release/standing.ts'
import { batchView } from './batch-view.ts'
import { containersOf } from './containers-of.ts'
import { gateViews } from './gate-view.ts'
import { headlineOf, standstillOf } from './headline.ts'
import { imagesAfter, imageText } from './image-text.ts'
import { lanesOf } from './lanes.ts'
import { logSentence } from '../release/log-sentence.ts'
import { paceOf } from './pace.ts'
import { asNumberedIn, numberedAs } from './numbered-as.ts'
import { planView } from './plan-view.ts'
import { rollBackPreview } from './roll-back-preview.ts'
import { natureOf } from './service-nature.ts'
import { shownOf } from './shown-of.ts'
import { trafficOf } from './traffic.ts'
import { verbViews } from './verb-views.ts'

export type PipelineInput = {
  readonly connection: ConnectionId
  readonly set: BatchSet
  readonly freshness: Freshness
  readonly denied?: readonly MissingRight[]
  readonly ages?: readonly KindAge[]
  readonly lock: LockView
  /** The release in the journal, running or ended. */
  readonly release?: Release
  /** The unfinished release of another Service that holds some of the same Deployments. */
  readonly elsewhere?: Release
  readonly incident?: Incident
  readonly events?: readonly ClusterEvent[]
  readonly driving: boolean
  readonly fault?: Fault
  readonly unwritten?: ReleaseView['unwritten']
  readonly unreadable?: UnreadableJournal
  readonly plans?: readonly NamedPlan[]
  readonly now: number
  readonly curves?: readonly CurveSample[]
  /** Seconds of the cluster in one of ours: 1, but for a training cluster that runs faster. */
  readonly speed?: number
}

/** Everything that the main window draws of one Service, from what is observed and from the journal. */
export function pipelineView(input: PipelineInput): PipelineView {
  const { freshness, lock, curves = [] } = input
  const set = numberedAs(input.set, input.release)
  const known =
    input.release === undefined ? undefined : asNumberedIn(asObserved(input.release, set.batches), set)
  const { release, incident } = shownOf({
    set,
    release: known,
    driving: input.driving,
    incident: input.incident,
  })
  const probes = failedProbes(set, input.events ?? [])
  const traffic = trafficOf(set, { release, incident })
  const application = applicationContainer(set.batches.map(containersOf))
  const pace = paceOf({ set, release, curves })
  return {
    connection: input.connection,
    namespace: set.service.meta.namespace,
    service: {
      name: set.service.meta.name,
      uid: set.service.meta.uid,
      type: set.service.type,
      ports: portsText(set),
      nature: natureOf(set),
      publishesNotReady: set.service.publishesNotReady,
    },
    freshness,
    ...(input.denied !== undefined && input.denied.length > 0 && { denied: input.denied }),
    ...(input.ages !== undefined && input.ages.length > 0 && { ages: input.ages }),
    now: input.now,
    ...(input.speed !== undefined && input.speed !== 1 && { speed: input.speed }),
    batches: inOrder(set.batches, release).map((batch) =>
      batchView(batch, {
        count: set.batches.length,
        release,
        incident,
        driving: input.driving,
        application: application.kind === 'known' ? application.containers.get(batch.uid) : undefined,
      }),
    ),
    endpoints: { ready: traffic.ready, expected: traffic.expected, others: set.others },
    ...((bringsNew(release) || incident?.changes.some((one) => one.from !== one.to)) && {
      newShare: traffic.share(traffic.fresh),
    }),
    restarts: set.batches.reduce((sum, batch) => sum + batch.restarts, 0),
    ...(probes !== undefined && { failedProbes: probes }),
    foreignPods: set.foreignPods,
    sharedSelector: set.sharedSelector,
    lock,
    ...(pace !== undefined && { pace }),
    curves,
    ...(release !== undefined && { release: releaseView(release, { ...input, set }) }),
    ...(incident !== undefined && { incident }),
    ...(input.unreadable !== undefined && { unreadable: input.unreadable }),
    plans: input.plans ?? [],
    headline:
      freshness.kind === 'never'
        ? { kind: 'not-loaded', ...(freshness.why !== undefined && { why: freshness.why }) }
        : headlineOf(set, { release, incident }),
  }
}

/** Sizes alone bring no new version, and after a way back nothing of one is left. */
function bringsNew(release: Release | undefined): boolean {
  switch (release?.change.kind) {
    case undefined:
    case 'none':
      return false
    case 'restore':
      return release.state.kind !== 'ended'
    default:
      return true
  }
}

/** A batch that came after the start stands last. */
function inOrder(batches: readonly Batch[], release: Release | undefined): readonly Batch[] {
  if (release === undefined || release.state.kind === 'ended') return batches
  const planned = release.batches.flatMap((own) => batches.find((batch) => batch.uid === own.uid) ?? [])
  return [...planned, ...batches.filter((batch) => !planned.includes(batch))]
}

function frozenView({ batches }: Release): Pick<ReleaseView, 'frozen'> {
  const freeze = batches.find((own) => own.freeze?.wish === 'freeze')?.freeze
  if (freeze === undefined) return {}
  if (freeze.stuck !== undefined) return { frozen: 'failed' }
  return { frozen: freeze.sent ? 'sent' : 'sending' }
}

function releaseView(release: Release, input: PipelineInput): ReleaseView {
  const { state } = release
  const current = currentIndex(release)
  const plan = planView(release, input)
  const ending = state.kind === 'ended' ? standstillOf(release) : undefined
  const rollBack = rollBackPreview(release, input.set)
  return {
    id: release.id,
    version: versionOf(release),
    state: state.kind,
    ...(state.kind === 'ended' && { outcome: state.outcome, endedAt: state.at }),
    ...(ending !== undefined && { ending }),
    ...('since' in state && { since: state.since }),
    lanes: release.change.kind === 'none' ? [] : lanesOf(release),
    startedAt: release.startedAt,
    startedBy: release.startedBy,
    change: release.change.kind,
    onFailure: release.plan.onFailure,
    ...(plan !== undefined && { plan }),
    ...(release.supersedes !== undefined && { supersedes: release.supersedes }),
    ...(release.change.kind === 'image' && {
      tag: imageText(release),
      image: [...new Set(release.batches.flatMap(imagesAfter))].join(', '),
    }),
    ...(current >= 0 && state.kind !== 'ended' && { current }),
    gates:
      release.change.kind === 'none' || release.change.kind === 'restore'
        ? []
        : gateViews(input.set, release, input.now),
    verbs: verbViews(release, input),
    ...(rollBack.batches.length > 0 && { rollBack }),
    driving: input.driving,
    ...frozenView(release),
    ...(input.fault !== undefined && { fault: input.fault }),
    ...(input.unwritten !== undefined && { unwritten: input.unwritten }),
    log: release.log.map((event) => ({ at: event.at, sentence: logSentence(release, event) })),
  }
}

function portsText(set: BatchSet): string {
  const { type, ports, externalName } = set.service
  if (externalName !== '') return `${type} ${externalName}`
  const text = ports.map(({ nodePort, port, targetPort }) =>
    [...(nodePort === undefined ? [] : [`${nodePort}`]), `${port}`, targetPort].join(' → '),
  )
  return `${type} ${text.join(', ')}`.trim()
}
