import type { BatchSet } from '../../../shared/model/batch-set.ts'
import type { Release } from '../../../shared/release/release.ts'

/** Whether everything that a release has written is in what is observed. */
export function isObserved(release: Release, set: BatchSet): boolean {
  return release.batches.every(({ uid, phase }) => {
    const batch = set.batches.find((one) => one.uid === uid)
    const generation = 'generation' in phase ? (phase.generation ?? 0) : 0
    return batch === undefined || batch.generation >= generation
  })
}
