import { type Target } from '../../../shared/contract.ts'
import type { DoctorReport } from '../../../shared/model/doctor.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { ClusterClock } from '../../cluster/clock/cluster-clock.ts'
import type { TrainingControl } from '../training-control.ts'
import type { ProductionLock } from '../clusters/production-lock.ts'
import type { Clusters } from '../clusters/clusters.ts'
import type { PortForwards } from '../forwards/port-forwards.ts'
import type { SettingsFile } from '../storage/settings-file.ts'
import type { AddedKubeconfigs } from '../clusters/added-kubeconfigs.ts'
import type { NamespaceModels } from '../watching/namespace-models.ts'
import type { HistoryKeeper } from '../storage/history-keeper.ts'
import type { HistoryApi } from '../../release/history-api.ts'
import type { ReleaseService } from '../releases/release-service.ts'

export type HandlerOptions = {
  readonly clock: Clock
  readonly timeOf: (connection: Target['connection']) => ClusterClock
  readonly clusters: Clusters
  readonly productionLock: ProductionLock
  readonly models: NamespaceModels
  readonly releaseService: ReleaseService
  readonly keeper: HistoryKeeper
  readonly historyApi: (target: Target) => HistoryApi | undefined
  /** Tries at once what could not be read on a cluster for lack of a right. */
  readonly lookAgain: (connection: Target['connection']) => void
  readonly settings: SettingsFile
  readonly training: TrainingControl | undefined
  readonly forwards: PortForwards
  readonly addedKubeconfigs: AddedKubeconfigs
  readonly examine: () => Promise<DoctorReport>
  /** Reads the kubeconfigs anew, also those that were just added. */
  readonly rescan: () => Promise<void>
}
