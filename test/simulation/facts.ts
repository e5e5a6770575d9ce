import type { Reply } from '../../shared/fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Release } from '../../shared/release/release.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { Move } from './move.ts'

/** What a Deployment says of itself, as far as a release is concerned. */
export type DeploymentState = {
  readonly uid: string
  readonly name: string
  readonly template: JsonObject
  readonly replicas: number
  readonly paused: boolean
  readonly image: string
}

/** A write that the API server took, seen from its side. */
export type Write = {
  readonly at: number
  readonly sentAt: number
  /** The application, or `kubectl`. */
  readonly from: string
  readonly name: string
  readonly before: DeploymentState | undefined
  readonly after: DeploymentState | undefined
  /** Journals that stood in the Leases when it came. */
  readonly journals: readonly Journaled[]
}

export type Journaled = { readonly service: string; readonly holder: string; readonly release: Release }

/** What an application was asked, and what it said. */
export type Asked = {
  readonly move: Move
  readonly at: number
  readonly from: string
  readonly release: string | undefined
  /** The picture that the person acted on, and how old it was. */
  readonly view: PipelineView | undefined
  readonly stale: number
  readonly offered: boolean
  reply?: Reply<unknown>
  repliedAt?: number
}

/** What a batch was from a moment on, counted by the cluster's own rules. */
export type BatchMoment = {
  readonly at: number
  readonly uid: string
  readonly desired: number
  /** Pods of its template that are ready and are not ending. */
  readonly fresh: number
  /** Which pods these are. */
  readonly ready: readonly string[]
}

/** One restart of a container. `isNew`: its pod was of the template that stood then. */
type Restart = {
  readonly at: number
  readonly batch: string
  readonly pod: string
  readonly isNew: boolean
}

/** Everything that is known of one history when it is judged. */
export type Facts = {
  readonly writes: Write[]
  readonly asked: Asked[]
  /** Releases as journals had them, each version once, in order. */
  readonly journaled: { readonly at: number; readonly entry: Journaled }[]
  /** Each write of a Lease with a journal, also one that only renews it. */
  readonly renewed: { readonly at: number; readonly entry: Journaled }[]
  /** What a picture said and was not so, under its headline's kind. */
  readonly untrue: { readonly at: number; readonly what: string; readonly kind: string }[]
  /** In order, each only where it differs from the one before of its batch. */
  readonly moments: BatchMoment[]
  readonly restarts: Restart[]
  readonly moves: Move[]
  readonly faults: string[]
}

export type Violation = { readonly rule: string; readonly at: number; readonly what: string }
