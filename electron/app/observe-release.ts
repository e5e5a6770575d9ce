import type { Observed } from '../../shared/release/observed.ts'
import type { Release } from '../../shared/release/release.ts'
import type { NamespaceModel } from './namespace-models.ts'

/** What a release is decided by. Without its Service its batches are still seen, by their uids. */
export function observeRelease(model: NamespaceModel, service: string, release: Release): Observed {
  const set = model.set(service)
  const freshness = model.freshness()
  if (set !== undefined) return { freshness, service: true, batches: set.batches }
  return { freshness, service: false, batches: model.batches(release.batches.map((own) => own.uid)) }
}
