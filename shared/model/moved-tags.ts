import type { Uid } from '../ids.ts'
import type { Pod } from '../k8s/objects.ts'
import type { Batch, MovedTag } from './batch-set.ts'

/**
 * Compares what pods of the present templates really run, within batches and between them. `podsOf`: by ReplicaSet.
 * Only digests that a registry knows are compared: an image that was loaded on a node by hand has none.
 */
export function movedTags(
  batches: readonly Batch[],
  podsOf: ReadonlyMap<Uid, readonly Pod[]>,
): readonly MovedTag[] {
  const seen = new Map<string, { readonly digests: Set<string>; readonly batches: Set<number> }>()
  for (const { number, containers, newReplicaSet } of batches) {
    const pods = newReplicaSet === undefined ? [] : (podsOf.get(newReplicaSet.uid) ?? [])
    for (const { container, imageId } of pods.flatMap((pod) => pod.images)) {
      // A status may name the image otherwise than the template does: what was asked for counts.
      const image = containers.find((one) => one.name === container)?.image
      const digest = /@(\w+:\w+)$/.exec(imageId)?.[1]
      if (image === undefined || image.includes('@') || digest === undefined) continue
      const found = seen.get(image) ?? { digests: new Set(), batches: new Set() }
      seen.set(image, found)
      found.digests.add(digest)
      found.batches.add(number)
    }
  }
  return [...seen]
    .filter(([, { digests }]) => digests.size > 1)
    .map(([image, found]) => ({ image, contents: found.digests.size, batches: [...found.batches] }))
}
