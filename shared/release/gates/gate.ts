import type { InEveryLanguage } from '../../language.ts'
import type { Batch } from '../../model/batch-set.ts'
import type { Hold } from '../hold.ts'
import type { RestartCount } from '../restart-count.ts'
import type { FlagSetting, NumberSetting } from './setting.ts'

/** What a plan says of gates, setting by setting. */
export type GateValues = Readonly<Record<string, number | boolean>>

/** What must hold after a batch before the next one may begin. It is there once it stands in the gate table. */
export type Gate<V extends GateValues = GateValues> = {
  /** What a plan says of it, for each batch; in the order of the plan editor. */
  readonly settings: { readonly [S in keyof V]: V[S] extends boolean ? FlagSetting : NumberSetting }
  /** Asked while a batch rolls and bakes. Those that have none are what the phases of a batch wait for by themselves. */
  evaluate?(question: GateQuestion<V & Forgiving>): GateResult
  readonly lines?: GateLines<V>
}

/** So many pods of a batch may be missing, whatever the gate. */
export type Forgiving = { readonly tolerance: number }

/** What is said of a gate that has no sentences of its own. */
export type GateLines<V extends GateValues> = {
  /** Names the gate in journals: never another one. */
  readonly id: string
  /** Its line beside the batch; undefined where the plan asks nothing of it. */
  line?(values: V): InEveryLanguage | undefined
  /** Why the release is on hold. */
  readonly failed: InEveryLanguage
}

/** `wait` is for time or for the cluster; `fail` holds the release and says why. */
export type GateResult =
  | { readonly kind: 'open' }
  | { readonly kind: 'wait'; readonly until?: number }
  | { readonly kind: 'fail'; readonly hold: Hold }

export type GateInput<V extends GateValues> = {
  readonly gates: V
  readonly batch: Batch
  /** The generation that our patch returned. */
  readonly generation: number
  /** Since the rollout began, and how many of them a person has seen and let pass. */
  readonly restarts: RestartCount | undefined
  readonly restartsBefore: number
  readonly deadlineBefore: number | undefined
}

export type GateQuestion<V extends GateValues> = GateInput<V> & {
  readonly now: number
  /** Since when all its pods are new and serve; undefined while it rolls. */
  readonly wholeSince: number | undefined
}
