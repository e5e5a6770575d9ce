import type { Admission } from '../admission/admission.ts'
import type { TrainingClock } from '../clock/clock.ts'
import type { Lifecycle } from '../objects/lifecycle.ts'
import type { ObjectText } from './object-text.ts'
import type { PodLogs } from '../node/pod-logs.ts'
import type { Random } from '../clock/random.ts'
import type { Store } from '../objects/store.ts'
import type { User } from './users.ts'
import type { WatchRegistry } from './watch-registry.ts'

/** What the handlers of the API work with. */
export type ApiContext = {
  readonly store: Store
  readonly admission: Admission
  readonly clock: TrainingClock
  readonly random: Random
  readonly lifecycle: Lifecycle
  readonly text: ObjectText
  readonly watches: WatchRegistry
  readonly logs: PodLogs
  readonly settings: ApiSettings
}

export type ApiSettings = {
  readonly bookmarkIntervalMs: number
  /** Off: sendInitialEvents is answered with 422, as by servers without the WatchList feature. */
  readonly streamingLists: boolean
}

export type Caller = {
  readonly user: User
  readonly userAgent: string
  readonly accept: string
  /** The rows of a table are to hold whole objects: kubectl sorts by what is in them. */
  readonly wholeRows: boolean
}
