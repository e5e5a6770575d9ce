import type { ConnectionId } from '../../shared/ids.ts'
import type { ConnectionSpec } from '../cluster/dial/connection-spec.ts'

/** The knobs of the training cluster that is served beside the application, if there is one. */
export type TrainingControl = {
  readonly connection: ConnectionId
  readonly spec: ConnectionSpec
  setSpeed(factor: number): void
  speed(): number
  reset(): void
  onChange(listener: () => void): () => void
}
