import type { Batch, BatchSet } from '../model/batch-set.ts'
import type { Release } from '../release/release.ts'

/** The picture of a release whose Service is gone: its batches are still there, and can still be taken back. */
export function withoutService(release: Release, batches: readonly Batch[]): BatchSet {
  const { name, namespace, uid } = release.service
  const own = release.batches.flatMap(({ uid: wanted, number }) => {
    const batch = batches.find((one) => one.uid === wanted)
    return batch === undefined ? [] : [{ ...batch, number }]
  })
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
    batches: own.sort((a, b) => a.number - b.number),
    foreignPods: 0,
    others: { ready: 0, all: 0, owners: [] },
    sharedSelector: false,
    movedTags: [],
  }
}
