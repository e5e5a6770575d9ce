import type { BatchSet } from '../model/batch-set.ts'
import type { Release } from '../release/release.ts'

/**
 * While a release has not ended its batches keep the numbers that they had when it started: batches of equal names
 * are ordered by size, and a resize or an autoscaler must not make "batch 2" another one in between.
 */
export function numberedAs(set: BatchSet, release: Release | undefined): BatchSet {
  if (release === undefined || release.state.kind === 'ended') return set
  const numbers = new Map(release.batches.map((own) => [own.uid, own.number]))
  let last = Math.max(0, ...numbers.values())
  return {
    ...set,
    batches: set.batches.map((batch) => ({ ...batch, number: numbers.get(batch.uid) ?? (last += 1) })),
  }
}

/**
 * The same the other way round for a release that has ended: what is said of it, and of the releases of the past, calls
 * each batch by the number that it has on its card now. One that is gone gets a number that no other has.
 */
export function asNumberedIn(release: Release, { batches }: Pick<BatchSet, 'batches'>): Release {
  if (release.state.kind !== 'ended') return release
  const numbers = new Map(batches.map(({ uid, number }) => [uid, number]))
  let last = Math.max(0, ...numbers.values())
  return {
    ...release,
    batches: release.batches.map((own) => ({ ...own, number: numbers.get(own.uid) ?? (last += 1) })),
  }
}
