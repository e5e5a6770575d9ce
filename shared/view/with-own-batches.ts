import type { Batch, BatchSet } from '../model/batch-set.ts'
import type { Release } from '../release/release.ts'

/**
 * What is drawn of a Service while a release of it has not ended: also those batches of the release that it does not
 * select, and all of them where there is no such Service. They are still there, and can still be taken back.
 */
export function withOwnBatches(
  set: BatchSet | undefined,
  release: Release,
  unselected: readonly Batch[],
): BatchSet {
  const whole = set ?? withoutService(release)
  return unselected.length === 0 ? whole : { ...whole, batches: [...whole.batches, ...unselected] }
}

/** One that is only drawn because a release needs it has never been read. */
export function isServiceThere({ service }: BatchSet): boolean {
  return service.meta.resourceVersion !== ''
}

function withoutService({ service: { name, namespace, uid } }: Release): BatchSet {
  return {
    service: {
      meta: {
        name,
        namespace,
        uid,
        resourceVersion: '',
        generation: 0,
        labels: {},
        annotations: {},
        createdAt: 0,
      },
      type: '',
      selector: {},
      headless: false,
      publishesNotReady: false,
      externalName: '',
      ports: [],
    },
    batches: [],
    foreignPods: 0,
    others: { ready: 0, all: 0, owners: [] },
    sharedSelector: false,
    movedTags: [],
  }
}
