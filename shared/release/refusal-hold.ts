import type { Batch } from '../model/batch-set.ts'
import type { Release } from './release.ts'
import type { Hold } from './hold.ts'

/** A quota that is full for a moment, or a webhook that starts again, passes by itself: so long it is only shown. */
const graceMs = 60_000

/** The first moment, and from when on it counts: it may come and go while the batch gets on. */
export type Refused = {
  readonly refusedSince?: number
  readonly hold?: Hold
  readonly wakeAt?: number
}

/**
 * What is to be made of a batch whose pods may not be made. It holds the release once it has lasted, without any progress,
 * for its grace, or for the limit of the plan where that is shorter.
 */
export function refusalHold(
  { plan }: Pick<Release, 'plan'>,
  batch: Pick<Batch, 'uid' | 'trouble'>,
  seen: { readonly since: number | undefined; readonly progressAt: number; readonly now: number },
): Refused {
  const { trouble } = batch
  if (trouble?.weight !== 'refused') return {}
  const refusedSince = seen.since ?? seen.now
  // At the limit of the batch, what keeps it is told, and not merely that it makes no progress.
  const until = Math.min(
    Math.max(refusedSince, seen.progressAt) + graceMs,
    seen.progressAt + plan.batchLimitSeconds * 1000,
  )
  if (seen.now < until) return { refusedSince, wakeAt: until }
  const { reason, message, pods } = trouble
  return { refusedSince, hold: { kind: 'pods', batch: batch.uid, reason, message, pods } }
}
