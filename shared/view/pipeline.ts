import type { Fault, MissingRight } from '../fault.ts'
import type { ConnectionId, ReleaseId, Uid } from '../ids.ts'
import type { FailurePolicy, Gates } from '../release/plan.ts'
import type { Change, Outcome, RollBackMode, Writer } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'
import type { FieldWriter } from '../k8s/objects.ts'
import type { RolloutStrategy } from '../k8s/surge-and-unavailable.ts'
import type { Gated, Trouble } from '../model/batch-set.ts'
import type { OtherEndpoints } from '../model/endpoints.ts'
import type { FailedProbes } from '../model/failed-probes.ts'
import type { Incident } from '../model/incident.ts'
import type { Freshness, KindAge } from '../model/freshness.ts'

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

/** `from`: measured on batches that are done in this release, or on the start times of pods. */
export type Pace = {
  /** One round of a rollout: surge + unavailable pods, from their creation until they count as available. */
  readonly roundSeconds: number
  readonly from: 'batches' | 'pods'
  /** How long the newest pods took to become ready; absent where no pod says it. */
  readonly podSeconds?: number
}

export type CurveSample = {
  readonly at: number
  readonly ready: number
  readonly restarts: number
  /** 0..1 on the new version. */
  readonly share: number
  /** Nobody watched between the sample before and this one: no line is drawn there. */
  readonly gap?: true
}

export type SpanKind = 'updating' | 'baking' | 'waiting' | 'failing' | 'returning'
export type MarkKind = 'start' | 'approval' | 'pause' | 'resume' | 'failure' | 'roll-back' | 'returned'

/** What one batch has been through, in epoch ms of the application. */
export type Lane = {
  readonly batch: Uid
  readonly number: number
  /** In order, never overlapping. Without `to` it goes on now. */
  readonly spans: readonly { readonly kind: SpanKind; readonly from: number; readonly to?: number }[]
  readonly marks: readonly { readonly kind: MarkKind; readonly at: number }[]
}

export type UnreadableJournal = {
  readonly version: string
  /** Written by a newer Tranche, which can read it. */
  readonly newer: boolean
  readonly sentence: Sentence
}

/** The plan of a release as it is now. */
export type PlanView = {
  /** In the order of the release. `begun`: it can't be changed any more. */
  readonly steps: readonly {
    readonly batch: Uid
    readonly gates: Gates
    readonly leftOut: boolean
    /** A person left it out of the running release: the gate after it asks. */
    readonly asks?: true
    readonly begun: boolean
  }[]
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
  /** Why it can't be changed now. */
  readonly off?: Sentence
}

/** A plan that was kept for this Service. Batches go by their names, so that it survives new Deployments. */
export type SavedPlan = {
  readonly steps: readonly { readonly name: string; readonly gates: Gates; readonly leftOut: boolean }[]
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
}
export type NamedPlan = { readonly name: string; readonly plan: SavedPlan }

export type LockView =
  | { readonly kind: 'free' }
  | { readonly kind: 'mine' }
  /**
   * `expired`: nobody has renewed it for its whole duration of `seconds`, as watched from here. `inDoubt`: it may be an
   * earlier run of this very installation that can't be proved gone, after a reboot say.
   */
  | {
      readonly kind: 'other'
      readonly holder: string
      readonly expired: boolean
      readonly seconds: number
      readonly inDoubt?: true
    }
  | { readonly kind: 'unknown'; readonly why: string }
  /** There is none: the release's journal is a file on this machine. */
  | { readonly kind: 'local' }

/** How a batch is drawn. */
export type BatchLook =
  | 'idle'
  | 'waiting'
  | 'rolling'
  | 'frozen'
  | 'baking'
  | 'approval'
  | 'done'
  | 'skipped'
  | 'failing'
  | 'returning'
  | 'returned'

/** One letter per pod: n new and ready, s starting, f failing, x failing on the old version, o old and ready, e ending. */
export type PodLetters = string

export type BatchView = {
  readonly uid: Uid
  readonly name: string
  readonly number: number
  /** Of the pod template that its Deployment has now. */
  readonly digest: string
  readonly canary: boolean
  readonly look: BatchLook
  /** Its Deployment has what the release in the picture brings, whatever has come of the batch. */
  readonly isNew?: true
  readonly sentence: Sentence
  readonly desired: number
  readonly updated: number
  readonly ready: number
  readonly available: number
  readonly old: number
  readonly terminating: number
  readonly servingNew: number
  readonly servingOld: number
  readonly restarts: number
  readonly pods: PodLetters
  /** The container that is the application, where that is known without asking. */
  readonly application?: string
  /** Annotation kubectl.kubernetes.io/default-container of its pod template. */
  readonly defaultContainer?: string
  /** container -> reference as the Deployment says now. */
  readonly images: readonly { readonly container: string; readonly image: string; readonly init: boolean }[]
  /** What it ran before, and what it is to run, while a release is in the picture. */
  readonly from?: string
  readonly to?: string
  readonly surge: number
  readonly unavailable: number
  /** As the Deployment says it, so that surge and unavailable can be worked out for another size. */
  readonly strategy: RolloutStrategy
  /** A batch of the release that the Service does not select. */
  readonly unselected?: true
  /** Its Deployment is paused. */
  readonly paused?: true
  /** Who last wrote these of its Deployment, as far as the cluster says. */
  readonly writers?: Readonly<Partial<Record<FieldWriter['field'], Writer>>>
  readonly trouble?: Trouble
  /** Its pods run, and a readiness gate keeps them from being ready. */
  readonly gated?: Gated
  /** A write to it that has failed so far, with the words of the answer and what ends the trying. */
  readonly write?: {
    readonly sentence: Extract<Sentence, { readonly kind: 'write-tried' }>
    readonly message: string
    readonly tries: number
    readonly since: number
    /** Until when it is tried again; absent while only a person's word makes it go on. */
    readonly until?: number
  }
  /** Whether its size may be changed now; else why not. `planned`: was set, and waits for the release to go on. */
  readonly size:
    { readonly kind: 'free'; readonly planned?: number } | { readonly kind: 'fixed'; readonly why: Sentence }
  readonly startedAt?: number
  readonly readyAt?: number
  readonly doneAt?: number
  /** Bake time left is counted from here while `look` is `baking`. */
  readonly bakeUntil?: number
}

export type GateLook = 'waiting' | 'open' | 'blocked' | 'yours'

/** The gate between a batch and the next one. */
export type GateView = {
  readonly after: Uid
  readonly afterNumber: number
  readonly spec: Gates
  /** `next`: nothing yet; `ready n of m`; `bake until`; `approval`: it waits for a person; `passed`; `blocked`. */
  readonly stage:
    | { readonly kind: 'next' }
    | { readonly kind: 'ready'; readonly ready: number; readonly desired: number }
    | { readonly kind: 'bake'; readonly until: number }
    | { readonly kind: 'approval'; readonly since: number }
    | { readonly kind: 'passed' }
    | { readonly kind: 'blocked' }
  readonly lines: readonly {
    readonly gate: 'ready' | 'ending' | 'bake' | 'restarts' | 'approval'
    readonly look: GateLook
    readonly sentence: Sentence
  }[]
}

/** What steers a release that is driven, in the order in which it is offered. */
export const steeringVerbs = [
  'approve',
  'push-all',
  'pause',
  'resume',
  'freeze',
  'retry',
  'skip',
  'adopt',
  'restore',
  'stop',
  'roll-back',
] as const
export type SteeringVerb = (typeof steeringVerbs)[number]
export type VerbName = SteeringVerb | 'take-over'

/** A verb with its target named before it is done. A disabled one says why. */
export type VerbView = {
  readonly verb: VerbName
  readonly enabled: boolean
  readonly sentence: Sentence
  readonly why?: Sentence
  /** For retry, skip, adopt and restore: the batch that it is about. */
  readonly batch?: Uid
  /** For `approve`: the index of the plan step whose gate it opens; a second click names the same and does nothing. */
  readonly step?: number
}

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
