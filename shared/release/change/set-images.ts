import { imageOf } from '../../model/batch-images.ts'
import type { Batch } from '../../model/batch-set.ts'
import { marksInDoubt } from './mark.ts'
import type { Effect, Release, ReleaseBatch } from '../release.ts'

/** The write that brings one batch to the images of a release. Also what a preflight tries with dryRun. */
export function setImages(
  release: Release,
  own: ReleaseBatch,
  { batch, attempt }: { readonly batch: Batch; readonly attempt: number },
): Effect {
  const wanted = own.images ?? []
  const ours = marksInDoubt(release, own)
  const counters = { init: 0, main: 0 }
  const images = batch.containers.flatMap((container) => {
    const index = container.init ? counters.init++ : counters.main++
    const to = imageOf(wanted, container.name)
    if (to === undefined || to === container.image) return []
    return [{ container: container.name, index, init: container.init, from: container.image, to }]
  })
  return {
    kind: 'set-images',
    id: `${release.id}/${own.number}/forward/${attempt}`,
    batch: own.uid,
    name: own.name,
    generation: batch.generation,
    images,
    ...(ours.length > 0 && { ours }),
    cause: `tranche: release ${release.id} sets ${wanted.map(({ image }) => image).join(', ')}`,
  }
}
