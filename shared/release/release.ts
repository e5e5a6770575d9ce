import type { ReleaseId, Uid } from '../ids.ts'
import type { JsonObject } from '../k8s/json.ts'
import type { Deployment } from '../k8s/objects.ts'
import type { ContainerImage } from '../model/batch-images.ts'
import type { Hold, Writer } from './hold.ts'
import type { Plan } from './plan.ts'
import type { RestartCount } from './restart-count.ts'

/** A write of which nobody can say that it was done. `message`: the server's words, or why there are none. */
export type Failure = { readonly message: string; readonly retryAfter?: number; readonly moved?: true }

/** What a release does to each of its batches. `none` only brings the sizes to their targets. */
export type Change =
  /** Each batch gets the images that stand with it: batches may pull from different registries. */
  | { readonly kind: 'image' }
  /** New pods of the same template, as `kubectl rollout restart` makes them. `at`: epoch ms, written into it. */
  | { readonly kind: 'restart'; readonly at: number }
  /** Each batch gets the template that stands with it as its `target`. */
  | { readonly kind: 'template' }
  /** Each batch returns to the template that stands with it as its `target`: `at` is the time it is taken from. */
  | { readonly kind: 'restore'; readonly at?: number }
  | { readonly kind: 'none' }

/** A whole pod template, with the digest of what the server makes of it. */
export type TemplateTarget = { readonly template: JsonObject; readonly digest: string }

/** What a batch ran at some time, whole: going back to it writes exactly this template. */
export type Baseline = {
  readonly template: JsonObject
  readonly templateDigest: string
  readonly replicaSet?: Uid
  readonly revision?: number
  readonly replicas: number
  readonly images: Readonly<Record<string, string>>
}

/** How what a release writes to a batch is known again, whatever a webhook has made of the rest. */
export type Mark =
  | { readonly kind: 'images'; readonly images: readonly ContainerImage[] }
  | { readonly kind: 'restart'; readonly at: number }
  | { readonly kind: 'template'; readonly digest: string }

/** What a write was refused for, by the cluster or by somebody else's hand, or that it was tried for long enough. */
export type Refusal =
  | Exclude<EffectResult, { readonly kind: 'done' | 'unknown' }>
  | { readonly kind: 'given-up'; readonly message: string; readonly tries: number }
  /** It was written, and a person has gone on without its pods. */
  | { readonly kind: 'unready'; readonly hold: Hold }

/** A write that was tried and is not known to be done: how often, since when, and what was said the last time. */
export type Tried = { readonly count: number; readonly since: number; readonly message: string }

/**
 * A write of ours that may still land: it was sent, nobody knows what became of it, and what is meant for its batch now
 * is something else. It is seen out by moving the generation of the very Deployment, which every write of ours tests.
 */
export type Doubt = {
  readonly since: number
  readonly retryAt?: number
  readonly tried?: Tried
  /** It could not be seen out, and why: nothing tries again until a person says so. */
  readonly left?: Refusal
}

/** A failure that a person has seen, and lets the pods of then get over until a time. */
export type Forgiven = {
  readonly reason: string
  readonly pods: readonly Uid[]
  readonly until: number
}

/**
 * Where one batch stands. `patching` and `returning` are intents: they are journaled before the write. `digest` is
 * that of the template which our patch returned: another one at the Deployment is somebody else's work.
 */
export type BatchPhase =
  /** `generation`: of our last write of its `spec.paused`. Older observations don't say whether it is paused. */
  | {
      readonly kind: 'waiting'
      readonly generation?: number
      /** It could not be taken back, and goes on with the pods that it has: what a person has seen on them. */
      readonly forgives?: Forgiven
    }
  | {
      readonly kind: 'patching'
      readonly attempt: number
      readonly since: number
      /** Not before this time: the last attempt failed. */
      readonly retryAt?: number
      readonly tried?: Tried
      readonly deadlineBefore?: number
      readonly restarts?: RestartCount
      /** Digest of somebody else's template that a person has allowed to be replaced. */
      readonly over?: string
    }
  | {
      readonly kind: 'rolling'
      readonly since: number
      /** The generation that our patch returned: older observations say nothing about this batch. */
      readonly generation: number
      readonly digest: string
      /** High-water mark of updated + available: only a new maximum is progress. */
      readonly highWater: number
      readonly progressAt: number
      /** Restarts that a person has seen and let pass, where they are not counted by pod: see `restarts`. */
      readonly restartsBefore: number
      /** Journals of before it was kept have none. */
      readonly restarts?: RestartCount
      /** The deadline condition of the rollout before ours, which must not be taken for a failure of ours. */
      readonly deadlineBefore?: number
      /** A person has gone on after the plan's limit: that the controller's own comes then is the same standstill. */
      readonly deadlineTold?: true
      /** It was whole once and fell back: being whole again is no progress, so it ends by this time, baked. */
      readonly failBy?: number
      /** Since when its pods may not be made. */
      readonly refusedSince?: number
      /** What a person has seen, on the new pods of then, and wants tried again: kubelets wait before they do. */
      readonly forgives?: Forgiven
    }
  | {
      readonly kind: 'baking'
      readonly since: number
      readonly generation: number
      readonly digest: string
      readonly rolledSince: number
      readonly restartsBefore: number
      readonly restarts?: RestartCount
      readonly failBy?: number
      /** Pods that bake: as many as it has been whole with. Journals of before it was kept have none. */
      readonly pods?: number
      /** So many of them have to have baked from the beginning, where others were added since. */
      readonly steady?: number
      /** Since when others are waited for beside them, as after somebody has scaled it. */
      readonly waitsSince?: number
      /** For a while it was not seen whether pods were missing: they are asked once it is seen again. */
      readonly unwatched?: true
      readonly refusedSince?: number
    }
  | {
      readonly kind: 'done'
      readonly at: number
      readonly generation: number
      readonly digest: string
      readonly rolledSince: number
      /** Pods that it was done with; 0: it was empty, and nothing was verified. */
      readonly pods: number
      /** Since when it has had fewer pods than that. */
      readonly sickSince?: number
      /** With how few a person has gone on, and for what reason, if there was one: it may get over that until then. */
      readonly accepted?: Forgiven & { readonly available: number }
    }
  /**
   * Left out: never green. `touched`: it had been changed before, and keeps what it has. `asks`: a person left it out
   * of the running release; it has proved nothing, so the gate after it asks a person. Without: the plan has it so.
   */
  | { readonly kind: 'skipped'; readonly touched: boolean; readonly asks?: true }
  | {
      readonly kind: 'returning'
      readonly attempt: number
      readonly since: number
      readonly retryAt?: number
      readonly tried?: Tried
      /** Digests of templates that may be replaced besides those of the release itself. */
      readonly over?: readonly string[]
      /** To what it ran when this release began, which then goes on. Without: to its baseline. */
      readonly to?: 'start'
    }
  /** `digest`: of what the server made of our template, which a webhook may have added to. */
  | {
      readonly kind: 'rolling-back'
      readonly since: number
      readonly generation: number
      readonly digest?: string
      readonly to?: 'start'
      /** High-water mark of updated + available since then, and when it was reached. */
      readonly highWater?: number
      readonly progressAt?: number
      readonly refusedSince?: number
      readonly forgives?: Forgiven
      /** What keeps its pods from coming back. It is waited for all the same, until a person has decided. */
      readonly hold?: Hold
      /** And for longer than the limit of a batch. */
      readonly overdue?: true
    }
  | { readonly kind: 'returned'; readonly at: number; readonly digest?: string; readonly to?: 'start' }
  /** Rolling back could not be done for this one: its words say why. */
  | { readonly kind: 'stuck'; readonly why: Refusal; readonly at: number }

export type ReleaseBatch = {
  readonly uid: Uid
  readonly name: string
  readonly number: number
  /** What it ran before this release, and before all those whose place was taken on the way to it: a roll back goes there. */
  readonly baseline: Baseline
  /**
   * What it ran when this release began, where a release before it had changed it: what is changed is changed in this.
   * Without: its baseline. Journals of earlier builds never have it.
   */
  readonly start?: Baseline
  /**
   * Writes of the releases whose place was taken that may still land, or have landed unseen: found there, they are ours
   * and nobody else's.
   */
  readonly late?: readonly Mark[]
  /** Digest of the template that it has until its turn: what it ran at the start, or what it was taken back to since. */
  readonly startsFrom: string
  /** For a change that gives each batch a template of its own. */
  readonly target?: TemplateTarget
  /** For a change of images: the whole reference of each container that changes in this batch. */
  readonly images?: readonly ContainerImage[]
  /** Pods wanted when last looked at: a difference is somebody's scaling, which is told and accepted. */
  readonly replicas: number
  readonly freeze?: Freeze
  readonly phase: BatchPhase
  /** Done by the release before, whose place this one took for the rest only. */
  readonly earlier?: true
  readonly inDoubt?: Doubt
}

export type RollBackMode = 'at-once' | 'batch-by-batch'

export type ReleaseState =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly since: number; readonly by: string }
  | { readonly kind: 'held'; readonly since: number; readonly hold: Hold }
  | {
      readonly kind: 'rolling-back'
      readonly since: number
      /** Empty when the plan itself said so, because of a failure. */
      readonly by: string
      readonly mode: RollBackMode
      readonly batches: readonly Uid[]
      /** The failure that the plan answers with this roll back. */
      readonly because?: Hold
      /** What follows: the end of the release, or a hold until a person has decided. */
      readonly then: 'end' | 'hold'
    }
  /** `hold`: what it was held for when a person stopped it. Journals of before it was kept have none. */
  | { readonly kind: 'ended'; readonly at: number; readonly outcome: Outcome; readonly hold?: Hold }

export type Outcome = 'done' | 'stopped' | 'rolled-back' | 'rolled-back-in-part' | 'superseded'

/**
 * `spec.paused` of a batch, as this release has set it or is setting it. Whoever goes on, or ends, clears it first. It
 * is the intent alone: whether the Deployment is paused is what is observed.
 */
export type Freeze = {
  readonly wish: 'freeze' | 'thaw'
  /** Our write was confirmed. */
  readonly sent: boolean
  /** The generation that our write returned: older observations say nothing about it. */
  readonly generation?: number
  readonly retryAt?: number
  readonly tried?: Tried
  /** What it was answered last was a refusal: that is not tried for ever. */
  readonly refused?: true
  /** Why it is not tried any more: the field is left as it is, and that is told. */
  readonly stuck?: Refusal
}

/** Sizes to be reached before the first batch is touched: grow, wait until ready, then shrink. */
export type Resize = {
  readonly targets: readonly {
    readonly batch: Uid
    readonly from: number
    readonly to: number
    /** An intent, journaled before its write: it may be on its way from then on. */
    readonly asked?: true
    /** Our write was confirmed: it is never sent again. */
    readonly sent: boolean
    readonly retryAt?: number
    readonly tried?: Tried
    /** The generation that our write returned: older observations say nothing about it. */
    readonly generation?: number
    /** How near it has come, in pods, and when it last came nearer: only that is progress. */
    readonly best?: number
    readonly progressAt?: number
    readonly refusedSince?: number
    readonly forgives?: Forgiven
  }[]
  readonly phase: 'growing' | 'shrinking' | 'done'
}

/** One line of the release's record. What a `what` says with which fields: the sentences. Times: epoch ms. */
export type ReleaseEvent = {
  readonly at: number
  readonly what: ReleaseEventName
  readonly batch?: Uid
  readonly by?: string
  readonly hold?: Hold
  /** Pods, for `scaled`. */
  readonly from?: number
  readonly to?: number
}
export type ReleaseEventName =
  | 'started'
  | 'resized'
  | 'batch-started'
  | 'batch-ready'
  | 'batch-done'
  | 'batch-skipped'
  | 'approved'
  | 'paused'
  | 'frozen'
  | 'unpaused'
  | 'resumed'
  | 'retried'
  | 'adopted'
  | 'restored'
  | 'held'
  | 'scaled'
  | 'plan-changed'
  | 'push-all'
  | 'roll-back'
  | 'batch-returned'
  | 'taken-over'
  | 'superseded'
  | 'ended'

export type Release = {
  /** 1: of builds whose change had the images of all batches together; such journals are read as 2. */
  readonly schema: 2
  readonly id: ReleaseId
  readonly service: { readonly namespace: string; readonly name: string; readonly uid: Uid }
  readonly startedAt: number
  readonly startedBy: string
  readonly change: Change
  readonly plan: Plan
  readonly resize?: Resize
  /** The release whose place this one took, while it was running. */
  readonly supersedes?: ReleaseId
  /** In the order of the plan: `batches[i]` is the batch of `plan.steps[i]`. */
  readonly batches: readonly ReleaseBatch[]
  /** Indexes of plan steps whose approval gate a person has opened. */
  readonly approved: readonly number[]
  readonly state: ReleaseState
  readonly log: readonly ReleaseEvent[]
  /** How many events there have been: what a person decides on is one of them. Journals of before it was kept have none. */
  readonly version?: number
}

/**
 * A write to be done. The id is the same however often it is decided, so a repetition is recognised. `inDoubt`: an
 * earlier write to the same Deployment may still land. Then it is not enough to find there what is wanted: the
 * generation has to move, so that the earlier one fails.
 */
export type Effect = WriteEffect & { readonly inDoubt?: true }

type WriteEffect =
  /** Changes nothing but the generation. */
  | { readonly kind: 'see-out'; readonly id: string; readonly batch: Uid; readonly name: string }
  | {
      readonly kind: 'set-images'
      readonly id: string
      readonly batch: Uid
      readonly name: string
      readonly generation: number
      readonly images: readonly {
        readonly container: string
        readonly index: number
        readonly init: boolean
        readonly from: string
        readonly to: string
      }[]
      /** What may be found there instead and is ours: it is looked at again. */
      readonly ours?: readonly Mark[]
      readonly cause: string
    }
  | {
      readonly kind: 'set-template'
      readonly id: string
      readonly way: 'forward' | 'back'
      readonly batch: Uid
      readonly name: string
      readonly template: JsonObject
      readonly templateDigest: string
      /** Templates that we may replace: those of this release and the baseline. Others are somebody else's. */
      readonly replaceable: readonly string[]
      /** The same of late writes, of which nobody has the digest. */
      readonly ours?: readonly Mark[]
      readonly unpause: boolean
      readonly cause: string
    }
  | {
      readonly kind: 'set-paused'
      readonly id: string
      readonly batch: Uid
      readonly name: string
      readonly paused: boolean
    }
  | {
      readonly kind: 'set-replicas'
      readonly id: string
      readonly batch: Uid
      readonly name: string
      readonly from: number
      readonly to: number
    }

/** What came of an effect. `unknown`: it is not known to be done; it is judged again from what is observed. */
export type EffectResult =
  | {
      readonly kind: 'done'
      readonly generation: number
      readonly digest: string
      /** The Deployment as it is by then. */
      readonly found?: Pick<Deployment, 'template' | 'templateDigest' | 'containers' | 'replicas'>
    }
  | ({ readonly kind: 'foreign'; readonly digest?: string } & Writer)
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'paused' } & Writer)
  | { readonly kind: 'refused'; readonly message: string }
  | ({ readonly kind: 'unknown' } & Failure)
