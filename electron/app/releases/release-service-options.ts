import type { Target } from '../../../shared/contract.ts'
import type { Reply } from '../../../shared/fault.ts'
import type { ReleaseId } from '../../../shared/ids.ts'
import type { BatchSet } from '../../../shared/model/batch-set.ts'
import type { Release } from '../../../shared/release/release.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { ClusterClock } from '../../cluster/clock/cluster-clock.ts'
import type { Holder, ProcessMark } from '../../release/holder.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import type { SettingsFile } from '../storage/settings-file.ts'
import type { HistoryKeeper } from '../storage/history-keeper.ts'
import type { LocalRecords } from '../storage/local-records.ts'
import type { NamespaceModel, NamespaceModels } from '../watching/namespace-models.ts'

export type ReleaseServiceOptions = {
  readonly clock: Clock
  readonly newId: () => string
  readonly self: Holder
  readonly isGone: (process: ProcessMark) => boolean
  readonly settings: SettingsFile
  readonly models: NamespaceModels
  readonly api: (target: Target) => ReleaseApi | undefined
  /** What tells the target's cluster from others, if it may be known. */
  readonly identityOf: (target: Target) => Promise<string | undefined>
  /** The time of the target's cluster, while it is connected. */
  readonly clockOf: (target: Target) => ClusterClock
  readonly records: LocalRecords
  readonly keeper: HistoryKeeper
  readonly log: (line: string) => void
}

/** What `begin` hands to the one who makes the release. */
export type Build = (context: {
  readonly id: ReleaseId
  readonly by: string
  readonly now: number
  readonly set: BatchSet
  readonly model: NamespaceModel
  readonly api: ReleaseApi
  readonly running?: Release
}) => Promise<Reply<Release>>
