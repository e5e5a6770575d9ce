import { failed, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../../cluster/clock/clock.ts'

/** Waits so long for a cluster and no longer. What was sent may arrive all the same. */
export async function within<T>(
  clock: Pick<Clock, 'setTimer'>,
  patienceMs: number,
  work: Promise<Reply<T>>,
): Promise<Reply<T>> {
  let stopTimer = (): void => undefined
  const late = new Promise<Reply<T>>((resolve) => {
    stopTimer = clock.setTimer(patienceMs, () =>
      resolve(failed('timeout', { kind: 'cluster-late', seconds: patienceMs / 1000 })),
    )
  })
  try {
    return await Promise.race([work, late])
  } finally {
    stopTimer()
  }
}
