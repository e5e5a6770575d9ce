import type { Observed } from '../../../shared/release/observed.ts'
import type { Release } from '../../../shared/release/release.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'

/**
 * What a release is decided by: the batches that its Service selects, and those that it has taken as its own, by their
 * uids. Selectors and labels may change while it runs, and what it has written stays its own to take back.
 */
export function observeRelease(model: NamespaceModel, service: string, release: Release): Observed {
  const set = model.set(service)
  const others = model.unselected(
    service,
    release.batches.map((own) => own.uid),
  )
  return {
    freshness: model.freshness(),
    service: set !== undefined,
    batches: [...(set?.batches ?? []), ...others],
  }
}
