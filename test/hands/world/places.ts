import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { NamedPlan } from '../../../shared/release/saved-plan.ts'
import type { FailurePolicy } from '../../../shared/release/plan.ts'
import type { Gates } from '../../../shared/release/gates/gate-table.ts'

/** What the world is made of. All of it changes under the page: others write, clusters go away, releases move on. */
export type WorldBatch = {
  uid: Uid
  readonly name: string
  readonly number: number
  desired: number
  tag: string
  /** Pods that may be missing while it rolls, as its Deployment says; absent: a quarter. */
  unavailable?: number
  /** Of its pod template: grows with each change of it. */
  generation: number
}

type StepPhase = 'waiting' | 'rolling' | 'baking' | 'done' | 'failing' | 'skipped' | 'returning'

export type WorldStep = {
  batch: Uid
  gates: Gates
  leftOut: boolean
  phase: StepPhase
  readonly from: string
}

export type WorldRelease = {
  readonly id: string
  version: number
  state: 'running' | 'paused' | 'held' | 'rolling-back' | 'ended'
  outcome: 'done' | 'stopped' | 'rolled-back' | undefined
  readonly change: 'image' | 'restart' | 'template' | 'none'
  readonly tag: string
  readonly startedAt: number
  readonly steps: WorldStep[]
  onFailure: FailurePolicy
  batchLimitSeconds: number
  /** Who drives it: this application, another one, or nobody. */
  driver: 'us' | 'other' | 'nobody'
  /** Sizes that a person has set for when it goes on. */
  readonly planned: Map<Uid, number>
}

export type WorldService = {
  readonly name: string
  uid: Uid
  batches: WorldBatch[]
  release: WorldRelease | undefined
  plans: readonly NamedPlan[]
  /** A record that can't be read, in this version. */
  unreadable: string | undefined
  endpointsMissing: number
  stale: boolean
  gone: boolean
}

export type WorldNamespace = { readonly name: string; services: WorldService[] }

export type WorldCluster = {
  readonly id: string
  readonly name: string
  readonly training: boolean
  alias: string | undefined
  colour: number | undefined
  production: { unlocked: boolean } | undefined
  readonly signsIn: boolean
  readonly asks: boolean
  state: ClusterView['state']
  signIn: ClusterView['signIn']
  /** Programs that have signed in here so far. */
  runs: number
  readonly namespaces: WorldNamespace[]
}
