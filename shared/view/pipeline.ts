import type { Fault, MissingRight } from '../fault.ts'
import type { ConnectionId, ReleaseId, Uid } from '../ids.ts'
import type { FailurePolicy } from '../release/plan.ts'
import type { Change, Outcome, RollBackMode } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'
import type { OtherEndpoints } from '../model/endpoints.ts'
import type { FailedProbes } from '../model/failed-probes.ts'
import type { Incident } from '../model/incident.ts'
import type { Freshness, KindAge } from '../model/freshness.ts'
import type { NamedPlan } from '../release/saved-plan.ts'
import type { BatchView } from './batch-view.ts'
import type { GateView } from './gate-view.ts'
import type { VerbView } from './verb-views.ts'
import type { Lane } from './lanes.ts'
import type { Pace } from './pace.ts'
import type { CurveSample } from './curve-series.ts'
import type { PlanView } from './plan-view.ts'
import type { LockView, UnreadableJournal } from './lock-view.ts'

/** What the main window draws of one Service. Small: pods are one letter each. Times: epoch ms of the application. */
export type PipelineView = {
  readonly connection: ConnectionId
  readonly namespace: string
  readonly service: {
    readonly name: string
    readonly uid: Uid
    readonly type: string
    /** For people: `NodePort 32168 → 80 → 7001`. */
    readonly ports: string
    readonly nature: ServiceNature
    /** Its pods get traffic before they are ready. */
    readonly publishesNotReady: boolean
  }
  readonly freshness: Freshness
  /** What may not be read, where that is why it is not live. */
  readonly denied?: readonly MissingRight[]
  /** Kinds that are stale, where not all are or not for as long. */
  readonly ages?: readonly KindAge[]
  /** The cluster's time when this view was made: all ages are counted from here. */
  readonly now: number
  /** Seconds of the cluster in one of ours; absent: 1. A training cluster may run faster. */
  readonly speed?: number
  /** In the order of the release while one runs, else in their own. */
  readonly batches: readonly BatchView[]
  /** Of the whole Service. `expected`: that there are or should be; `others`: those of no batch, in both numbers. */
  readonly endpoints: { readonly ready: number; readonly expected: number; readonly others: OtherEndpoints }
  /** 0..1 of the ready endpoints that run the new version; absent without a release in the picture. */
  readonly newShare?: number
  readonly restarts: number
  /** Of pods that are ready all the same. */
  readonly failedProbes?: FailedProbes
  readonly foreignPods: number
  readonly sharedSelector: boolean
  readonly lock: LockView
  readonly release?: ReleaseView
  /** It fails, and no release runs. */
  readonly incident?: Incident
  /** A journal that can't be read: nothing is started until a person has set it aside, in exactly this version. */
  readonly unreadable?: UnreadableJournal
  readonly plans: readonly NamedPlan[]
  readonly headline: Sentence
  /** How fast pods are replaced here; absent while nothing is known about it. */
  readonly pace?: Pace
  /** Of all batches together, oldest first; kept by the application while it watches. */
  readonly curves: readonly CurveSample[]
}

/**
 * `balanced`: each ready endpoint gets as much as the next. `headless`: clients choose. `no-selector`: whoever wrote
 * its endpoints decides. `external-name`: it is but a name for something elsewhere.
 */
export type ServiceNature =
  | { readonly kind: 'balanced' | 'headless' | 'no-selector' }
  | { readonly kind: 'external-name'; readonly name: string }

export type ReleaseView = {
  readonly id: ReleaseId
  /** Goes with every command about it: what was seen is what is decided on. */
  readonly version: number
  readonly state: 'running' | 'paused' | 'held' | 'rolling-back' | 'ended'
  readonly outcome?: Outcome
  /** How it has ended, in a sentence of its own: the headline may be about something newer. */
  readonly ending?: Sentence
  readonly startedAt: number
  readonly startedBy: string
  readonly endedAt?: number
  /** Since when it is paused, held or rolling back. */
  readonly since?: number
  readonly lanes: readonly Lane[]
  readonly change: Change['kind']
  readonly onFailure: FailurePolicy
  /** Absent where there is nothing to plan: only sizes change, or it is a way back. */
  readonly plan?: PlanView
  readonly supersedes?: ReleaseId
  /** The tag for people; the whole reference on hover. Absent unless the images are what changes. */
  readonly tag?: string
  readonly image?: string
  /** The batch that is in progress or waits, as an index of `batches`. */
  readonly current?: number
  readonly gates: readonly GateView[]
  readonly verbs: readonly VerbView[]
  readonly rollBack?: RollBackPreview
  /** Whether this application drives it now. */
  readonly driving: boolean
  /** The batch in progress is frozen, is being frozen, or could not be. */
  readonly frozen?: 'sending' | 'sent' | 'failed'
  /** What went wrong with driving it (lost answer, journal not writable …), if something does just now. */
  readonly fault?: Fault
  /** How often the journal could not be written, and since when. Nothing further begins meanwhile. */
  readonly unwritten?: { readonly tries: number; readonly since: number }
  readonly log: readonly { readonly at: number; readonly sentence: Sentence }[]
}

/** What a roll back would do, named before it is done. */
export type RollBackPreview = {
  readonly batches: readonly {
    readonly uid: Uid
    readonly number: number
    readonly name: string
    readonly from: string
    readonly to: string
    readonly pods: number
  }[]
  readonly pods: number
  readonly modes: readonly RollBackMode[]
}
