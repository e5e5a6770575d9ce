import type { CommandOutputs, FeedPayloads } from '../../shared/contract.ts'
import type { ServiceRow } from '../../shared/view/service-row.ts'
import type { Dialog } from '../../renderer/stores/ui.ts'
import type { ChangeKind } from '../../renderer/stores/draft-data.ts'
import type { LinkStatus } from '../../renderer/stores/client.ts'
import type { GoBackWish } from '../../shared/history/go-back-rows.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { connectionId } from '../../shared/ids.ts'
import { newTag, now } from './batch-fixture.ts'
import { clusterStates, servicesView } from './cluster-states.ts'
import { everyStanding, manyClusters } from './many-clusters.ts'
import { manyProblems } from './many-problems.ts'
import { pipelineStates } from './pipeline-states.ts'
import { newestRevision } from './history-fixture.ts'
import { withPlans } from './plan-fixture.ts'
import { openPorts, podsView } from './pods-state.ts'

type PipelineStateName = keyof typeof pipelineStates
type ClusterStateName = keyof typeof clusterStates

/** One picture: what the feeds send and what the person has done so far. */
export type Scenario = {
  readonly payloads: FeedPayloads
  readonly link: LinkStatus
  readonly selection: {
    readonly connection: string | undefined
    readonly namespace: string
    readonly service: string | undefined
  }
  readonly tab: string
  readonly dialog: Dialog
  /** What commands answer with, where that is special. */
  readonly answers: Partial<CommandOutputs>
  readonly goBack: GoBackWish | undefined
  readonly draft: {
    readonly kind: ChangeKind
    readonly tag: string
    /** Drafted over the release that runs. */
    readonly over: boolean
    /** Its order, what is left out, its gates. */
    readonly planned: boolean
    readonly sizes: readonly (readonly [batch: number, pods: number])[]
  }
}

const clusterOnly = [
  'idle-cluster',
  'insecure',
  'connecting',
  'sign-in',
  'consent',
  'consent-long',
  'consent-shell',
  'connect-failed',
  'empty',
] as const
const special = [
  'production',
  'production-open',
  'unlock',
  'unlock-long',
  'cluster-settings',
  'clusters',
  'many-clusters',
  'many-in-rail',
  'replaced',
  'unsaved',
  'kubeconfigs',
  'kubeconfigs-dropped',
  'kubeconfigs-looked',
  'kubeconfigs-broken',
  'doctor',
  'about',
  'doctor-many',
  'rights',
  'one-namespace',
  'pods',
  'events',
  'logs',
  'history',
  'go-back',
  'go-back-time',
  'go-back-running',
  'loading',
  'missing',
  'no-batches',
  'lost',
  'palette',
  'stop',
  'forget',
  'disconnect',
  'no-service',
  'restart',
  'no-lock',
  'over',
  'supersede',
  'template',
  'own-plan',
  'edit-plan',
  'change-plan',
  'change-sizes',
  'set-changed',
  'messages',
  'open-ports',
] as const

export const scenarioNames: readonly string[] = [...Object.keys(pipelineStates), ...clusterOnly, ...special]

/** The scenario of a name; an unknown name is the canary that waits for approval. */
export function scenario(name: string): Scenario {
  const pipelineName = isPipelineState(name) ? name : (behind[name] ?? 'canary')
  const view = pipelineStates[pipelineName]()
  const training = name.startsWith('training')
  const connection =
    training || name === 'empty' ? 'training' : name.startsWith('many-') ? 'context-000' : 'staging'
  const planning = planNames.includes(name)
  const planned = planning ? withPlans(view, name === 'change-sizes') : view
  const own: PipelineView = { ...planned, connection: connectionId(connection) }
  return {
    payloads: {
      clusters: clustersView(name),
      services: servicesOf(name, own),
      pipeline: reloadable(name, own),
      pods: {
        kind: 'view',
        view: { ...podsView(own), ...(name === 'open-ports' && { forwards: openPorts }) },
      },
      notices: [],
      training: training ? { kind: 'on', connection: connectionId('training'), speed: 5 } : { kind: 'off' },
    },
    link: name === 'lost' ? 'lost' : 'open',
    selection: {
      connection: name === 'empty' ? undefined : connection,
      namespace: 'demo',
      service: name === 'no-service' ? undefined : own.service.name,
    },
    answers: answers(name),
    ...open(name),
    draft: {
      kind: name === 'restart' || name === 'template' ? name : 'image',
      tag: draftTag(name),
      over: overNames.includes(name),
      planned: name === 'own-plan' || name === 'edit-plan',
      sizes:
        name === 'change-sizes'
          ? [
              [2, 8],
              [3, 24],
            ]
          : name === 'plan' || name === 'set-changed'
            ? [
                [2, 4],
                [3, 12],
                [4, 32],
              ]
            : [],
    },
  }
}

const behind: Readonly<Record<string, PipelineStateName>> = {
  pods: 'failed',
  'open-ports': 'canary',
  events: 'failed',
  logs: 'failed',
  lost: 'rolling',
  forget: 'unreadable',
  restart: 'idle',
  'no-lock': 'idle',
  over: 'canary',
  supersede: 'canary',
  template: 'idle',
  history: 'idle',
  'go-back': 'idle',
  'go-back-time': 'idle',
  'go-back-running': 'canary',
  'own-plan': 'idle',
  'edit-plan': 'idle',
  'change-plan': 'canary',
  'change-sizes': 'canary',
  'set-changed': 'plan',
}

const planNames = ['own-plan', 'edit-plan', 'change-plan', 'change-sizes']
const overNames = ['over', 'supersede']

function answers(name: string): Partial<CommandOutputs> {
  if (name === 'doctor-many') return { 'doctor/report': manyProblems }
  if (name !== 'no-lock') return {}
  const what = { kind: 'no-lease-right', verbs: ['get', 'create', 'update'] } as const
  return { 'release/check': { checks: [{ level: 'blocker', what }] } }
}

/** Which tab and dialog are open. */
function open(name: string): Pick<Scenario, 'tab' | 'dialog' | 'goBack'> {
  const goBack =
    name === 'go-back-time'
      ? ({ kind: 'time', at: now - 95 * 60_000 } as const)
      : ({ kind: 'revision', ...newestRevision } as const)
  switch (name) {
    case 'incident-pods':
    case 'open-ports':
      return { tab: 'pods', dialog: 'none', goBack: undefined }
    case 'pods':
    case 'events':
    case 'logs':
    case 'history':
      return { tab: name, dialog: 'none', goBack: undefined }
    case 'go-back':
    case 'go-back-time':
    case 'go-back-running':
      return { tab: 'history', dialog: 'go-back', goBack }
    case 'supersede':
    case 'template':
    case 'roll-back':
    case 'palette':
    case 'stop':
    case 'forget':
    case 'disconnect':
    case 'change-plan':
      return { tab: 'release', dialog: name, goBack: undefined }
    case 'rights':
    case 'doctor':
    case 'about':
    case 'kubeconfigs':
    case 'clusters':
    case 'cluster-settings':
      return { tab: 'release', dialog: name, goBack: undefined }
    case 'kubeconfigs-dropped':
    case 'kubeconfigs-looked':
    case 'kubeconfigs-broken':
      return { tab: 'release', dialog: 'kubeconfigs', goBack: undefined }
    case 'doctor-many':
      return { tab: 'release', dialog: 'doctor', goBack: undefined }
    case 'many-clusters':
      return { tab: 'release', dialog: 'clusters', goBack: undefined }
    case 'edit-plan':
      return { tab: 'release', dialog: 'plan', goBack: undefined }
    default:
      return { tab: 'release', dialog: 'none', goBack: undefined }
  }
}

function isPipelineState(name: string): name is PipelineStateName {
  return name in pipelineStates
}

const clustersBehind: Readonly<Record<string, ClusterStateName>> = {
  'idle-cluster': 'idle',
  unlock: 'production',
  'unlock-long': 'production',
  'cluster-settings': 'production',
}

function clustersView(name: string): FeedPayloads['clusters'] {
  switch (name) {
    case 'many-clusters':
    case 'many-in-rail':
      return manyClusters()
    case 'clusters':
      return everyStanding()
    case 'disconnect': {
      const { clusters, ...rest } = clusterStates.connected()
      const drives = ['demo-http', 'pay-gateway']
      return { ...rest, clusters: clusters.map((one, index) => (index === 0 ? { ...one, drives } : one)) }
    }
    default: {
      const behindIt = isClusterState(name) ? name : clustersBehind[name]
      return clusterStates[behindIt ?? (name.startsWith('training') ? 'training' : 'connected')]()
    }
  }
}

function isClusterState(name: string): name is ClusterStateName {
  return name in clusterStates
}

function servicesOf(name: string, view: PipelineView): FeedPayloads['services'] {
  const services = servicesView(serviceRow(view))
  if (name !== 'one-namespace') return services
  const words = 'leases.coordination.k8s.io is forbidden: User "li.wei" cannot list resource "leases"'
  const missing = [{ kind: 'of-kind', of: 'Lease', says: { kind: 'words', words } } as const]
  return { ...services, missing, namespaces: { names: ['demo'], known: false } }
}

function draftTag(name: string): string {
  return (name.endsWith('plan') && name !== 'change-plan') ||
    name === 'no-lock' ||
    name === 'set-changed' ||
    overNames.includes(name)
    ? newTag
    : ''
}

function reloadable(name: string, view: PipelineView): FeedPayloads['pipeline'] {
  if (name === 'loading') return { kind: 'loading' }
  if (name === 'missing')
    return { kind: 'missing', why: { kind: 'words', words: 'Services "demo-http" not found' } }
  if (name !== 'no-batches') return { kind: 'view', view }
  const headline = { kind: 'no-batches', service: 'demo-http', ready: 0, all: 0 } as const
  const endpoints = { ready: 0, expected: 0, others: { ready: 0, all: 0, owners: [] } }
  return { kind: 'view', view: { ...view, batches: [], headline, endpoints } }
}

function serviceRow(view: PipelineView): Partial<ServiceRow> {
  return {
    state: rowState(view),
    bar: view.batches.map((batch) => ({
      pods: batch.desired,
      fresh: batch.servingNew,
      failing: batch.look === 'failing',
    })),
    batches: view.batches.length,
  }
}

function rowState(view: PipelineView): ServiceRow['state'] {
  const { release } = view
  if (view.incident !== undefined) return 'incident'
  if (release === undefined || release.state === 'ended') return 'ready'
  if (release.state === 'held') return 'failing'
  if (release.state === 'paused') return 'paused'
  if (release.state === 'rolling-back') return 'rolling-back'
  const look = view.batches[release.current ?? 0]?.look
  return look === 'baking' ? 'baking' : look === 'done' ? 'approval' : 'rolling'
}
