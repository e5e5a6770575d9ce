import type { ReleaseId, Uid } from '../ids.ts'
import type { JsonObject } from '../k8s/json.ts'
import type { Plan } from './plan.ts'

/** What a release does to each of its batches. `none` only brings the sizes to their targets. */
export type Change =
  { readonly kind: 'image'; readonly images: Readonly<Record<string, string>> } | { readonly kind: 'none' }

/** What a batch ran before the release. Rolling back writes exactly this template. */
export type Baseline = {
  readonly template: JsonObject
  readonly templateDigest: string
  readonly replicaSet?: Uid
  readonly revision?: number
  readonly replicas: number
  readonly images: Readonly<Record<string, string>>
}

/** Why a release is held. `pods` names a failing batch by its first failing pod. */
export type Hold =
  | {
      readonly kind: 'pods'
      readonly batch: Uid
      readonly reason: string
      readonly message: string
      readonly pod?: string
      readonly pods: number
    }
  | { readonly kind: 'restarts'; readonly batch: Uid; readonly restarts: number }
  | { readonly kind: 'deadline'; readonly batch: Uid }
  | { readonly kind: 'regressed'; readonly batch: Uid }
  | { readonly kind: 'foreign'; readonly batch: Uid; readonly manager: string; readonly at: number }
  | { readonly kind: 'gone'; readonly batch: Uid }
  | { readonly kind: 'batch-paused'; readonly batch: Uid }
  | { readonly kind: 'refused'; readonly batch: Uid; readonly message: string }

/** Where one batch stands. `patching` and `returning` are intents: they are journaled before the write. */
export type BatchPhase =
  | { readonly kind: 'waiting' }
  | {
      readonly kind: 'patching'
      readonly attempt: number
      readonly since: number
      /** Not before this time: the answer to the last attempt was lost. */
      readonly retryAt?: number
      readonly deadlineBefore?: number
    }
  | {
      readonly kind: 'rolling'
      readonly since: number
      /** The generation that our patch returned: older observations say nothing about this batch. */
      readonly generation: number
      /** High-water mark of updated + available: only a new maximum is progress. */
      readonly highWater: number
      readonly progressAt: number
      readonly restartsBefore: number
      /** The deadline condition of the rollout before ours, which must not be taken for a failure of ours. */
      readonly deadlineBefore?: number
    }
  | {
      readonly kind: 'baking'
      readonly since: number
      readonly generation: number
      readonly rolledSince: number
      readonly restartsBefore: number
    }
  | {
      readonly kind: 'done'
      readonly at: number
      readonly generation: number
      readonly rolledSince: number
      /** Nothing was verified: the batch has no pods. */
      readonly empty: boolean
    }
  | {
      readonly kind: 'returning'
      readonly attempt: number
      readonly since: number
      readonly retryAt?: number
    }
  | { readonly kind: 'rolling-back'; readonly since: number; readonly generation: number }
  | { readonly kind: 'returned'; readonly at: number }
  /** Rolling back could not be done for this one: its words say why. */
  | { readonly kind: 'stuck'; readonly why: string; readonly at: number }

export type ReleaseBatch = {
  readonly uid: Uid
  readonly name: string
  readonly number: number
  readonly baseline: Baseline
  readonly phase: BatchPhase
}

export type RollBackMode = 'at-once' | 'batch-by-batch'

export type ReleaseState =
  | { readonly kind: 'running' }
  | { readonly kind: 'paused'; readonly since: number; readonly by: string }
  | { readonly kind: 'held'; readonly since: number; readonly hold: Hold }
  | {
      readonly kind: 'rolling-back'
      readonly since: number
      readonly by: string
      readonly mode: RollBackMode
      readonly batches: readonly Uid[]
    }
  | {
      readonly kind: 'ended'
      readonly at: number
      readonly outcome: 'done' | 'stopped' | 'rolled-back' | 'rolled-back-in-part'
    }

/** Sizes to be reached before the first batch is touched: grow, wait until ready, then shrink. */
export type Resize = {
  readonly targets: readonly {
    readonly batch: Uid
    readonly from: number
    readonly to: number
    /** Our write was confirmed: it is never sent again. */
    readonly sent: boolean
    readonly retryAt?: number
  }[]
  readonly phase: 'growing' | 'shrinking' | 'done'
}

export type ReleaseEvent = {
  readonly at: number
  readonly what: ReleaseEventName
  readonly batch?: Uid
  readonly by?: string
}
export type ReleaseEventName =
  | 'started'
  | 'resized'
  | 'batch-started'
  | 'batch-ready'
  | 'batch-done'
  | 'approved'
  | 'paused'
  | 'resumed'
  | 'held'
  | 'push-all'
  | 'roll-back'
  | 'batch-returned'
  | 'ended'

export type Release = {
  readonly schema: 1
  readonly id: ReleaseId
  readonly service: { readonly namespace: string; readonly name: string; readonly uid: Uid }
  readonly startedAt: number
  readonly startedBy: string
  readonly change: Change
  readonly plan: Plan
  readonly resize?: Resize
  readonly batches: readonly ReleaseBatch[]
  /** Indexes of plan steps whose approval gate a person has opened. */
  readonly approved: readonly number[]
  readonly state: ReleaseState
  readonly log: readonly ReleaseEvent[]
}

/** A write to be done. The id is the same however often it is decided, so a repetition is recognised. */
export type Effect =
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
      readonly cause: string
    }
  | {
      readonly kind: 'set-template'
      readonly id: string
      readonly batch: Uid
      readonly name: string
      readonly template: JsonObject
      readonly templateDigest: string
      /** Templates that we may replace: the one of this release and the baseline. Others are somebody else's. */
      readonly replaceable: readonly string[]
      readonly unpause: boolean
      readonly cause: string
    }
  | {
      readonly kind: 'set-replicas'
      readonly id: string
      readonly batch: Uid
      readonly name: string
      readonly from: number
      readonly to: number
    }

/** What came of an effect. `unknown`: nobody can say yet (network); it is judged again from what is observed. */
export type EffectResult =
  | { readonly kind: 'done'; readonly generation: number }
  | { readonly kind: 'foreign'; readonly manager: string; readonly at: number }
  | { readonly kind: 'gone' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string }
