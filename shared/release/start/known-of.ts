import type { Batch } from '../../model/batch-set.ts'
import { countFrom, type RestartCount } from '../restart-count.ts'

/** What stands at a batch before it is written: a deadline that has passed, restarts. None of it is the rollout's doing. */
export function knownOf(batch: Pick<Batch, 'deadlineExceededAt' | 'pods'>): {
  readonly deadlineBefore?: number
  readonly restarts: RestartCount
} {
  const { deadlineExceededAt } = batch
  return {
    restarts: countFrom(batch),
    ...(deadlineExceededAt !== undefined && { deadlineBefore: deadlineExceededAt }),
  }
}
