import type { Uid } from '../ids.ts'
import type { Container, FieldWriter, Service } from '../k8s/objects.ts'
import type { JsonObject } from '../k8s/json.ts'
import type { RolloutStrategy } from '../k8s/surge-and-unavailable.ts'
import type { OtherEndpoints } from './endpoints.ts'

/** One image reference under which pods run different contents: its tag was moved between their starts. */
export type MovedTag = {
  readonly image: string
  /** How many different contents. */
  readonly contents: number
  /** Numbers of the batches whose pods run any of them. */
  readonly batches: readonly number[]
}

/** How one pod stands, seen from its batch: `new` and `old` are ready, by the template that they run. */
export type PodState = 'new' | 'starting' | 'failing' | 'old' | 'ending'

export type BatchPod = {
  readonly uid: Uid
  readonly name: string
  readonly node: string
  readonly state: PodState
  /** Runs the Deployment's present template. */
  readonly isNew: boolean
  /** Of its own template, as its ReplicaSet has it. */
  readonly containers: readonly Container[]
  readonly ready: boolean
  /** By the server's clock; absent while it is not ready, and once it is on its way out. */
  readonly readySince?: number
  /** Counted by the Service: a ready endpoint, not merely a ready pod. */
  readonly serving: boolean
  readonly restarts: number
  /** The container whose log tells most. */
  readonly telling: string
  readonly createdAt: number
  /** From its creation until it became ready, by the server's clock; absent while not ready, and after a restart. */
  readonly startSeconds?: number
  /** Of its trouble; without one, of its Ready condition while it is not ready. */
  readonly reason: string
  readonly message: string
  /** The readiness gate that keeps it from being ready while its containers are. */
  readonly gate?: string
}

/** Pods whose containers are ready, and which a readiness gate keeps out of the Service. */
export type Gated = {
  readonly gate: string
  readonly message: string
  readonly pod: string
  readonly pods: number
}

/** Why a batch cannot get done by itself, with the first pod that shows it. */
export type Trouble = {
  readonly reason: string
  readonly message: string
  readonly pod?: string
  readonly podUid?: Uid
  /** Of that pod: the container that shows it. */
  readonly container?: string
  readonly pods: number
  /**
   * `final` holds the release at once; `refused` (its pods may not be made: a quota, a webhook) after a while without
   * progress, because it may pass; `slow` is shown and waited for.
   */
  readonly weight: 'final' | 'refused' | 'slow'
}

/** One Deployment as observed. Everything `decide` knows about a batch stands here. */
export type Batch = {
  readonly uid: Uid
  readonly name: string
  /** 1-based position among the batches of its Service. */
  readonly number: number
  readonly desired: number
  readonly generation: number
  readonly observedGeneration: number
  readonly paused: boolean
  readonly deleting: boolean
  /** A batch of a release that the Service does not select: no traffic reaches its pods by it. */
  readonly unselected?: true
  readonly template: JsonObject
  readonly templateDigest: string
  readonly containers: readonly Container[]
  readonly strategy: RolloutStrategy & {
    readonly surge: number
    readonly unavailable: number
  }
  readonly minReadySeconds: number
  readonly progressDeadlineSeconds: number
  readonly revisionHistoryLimit: number
  /** The owned ReplicaSet whose template equals the Deployment's, if it exists yet. */
  readonly newReplicaSet?: { readonly uid: Uid; readonly name: string; readonly revision: number }
  readonly updated: number
  readonly ready: number
  readonly available: number
  /** status.replicas: new and old, without the terminating ones. */
  readonly total: number
  readonly old: number
  readonly terminating: number
  /** New pods that are ready endpoints of the Service; old ones likewise. */
  readonly servingNew: number
  readonly servingOld: number
  /** Restarts of all new pods together. */
  readonly restarts: number
  /** `lastUpdateTime` (server clock) of Progressing=False/ProgressDeadlineExceeded, if it says so now. */
  readonly deadlineExceededAt?: number
  readonly trouble?: Trouble
  /** Why pods of its earlier templates fail for good. No release is held for them: they are what it replaces. */
  readonly oldTrouble?: Trouble
  readonly gated?: Gated
  readonly writers: readonly FieldWriter[]
  readonly pods: readonly BatchPod[]
}

/** A Service with its batches, in order. */
export type BatchSet = {
  readonly service: Service
  readonly batches: readonly Batch[]
  /** Pods that the Service selects but that belong to no batch: shown, never touched. */
  readonly foreignPods: number
  /** Endpoints of the Service that belong to no batch: they take their share of the traffic. */
  readonly others: OtherEndpoints
  /** Deployments whose selector equals another batch's: works, with consequences worth a warning. */
  readonly sharedSelector: boolean
  readonly movedTags: readonly MovedTag[]
}
