import type { Batch, BatchSet } from '../model/batch-set.ts'
import type { RollBackPreview } from './pipeline.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { modesBack, waysBack } from '../release/ways-back.ts'
import { changedImages, imagesBack, tagsOf } from './image-text.ts'

/** What taking a release back would do, named before it is done. */
export function rollBackPreview(release: Release, set: BatchSet): RollBackPreview {
  const batches = waysBack(release, set.batches).map(({ own, batch }) => ({
    uid: own.uid,
    number: own.number,
    name: own.name,
    ...difference(batch, own),
    pods: batch.desired,
  }))
  return {
    batches,
    pods: batches.reduce((sum, batch) => sum + batch.pods, 0),
    modes: batches.length === 0 ? [] : modesBack(release),
  }
}

/** The versions that differ, whichever of the releases has changed them; else those that this one is about. */
function difference(batch: Batch, own: ReleaseBatch): { readonly from: string; readonly to: string } {
  const { images } = own.baseline
  const others = batch.containers.filter(({ name, image }) => (images[name] ?? image) !== image)
  return others.length === 0
    ? { from: tagsOf(changedImages(batch, own)), to: tagsOf(imagesBack(own)) }
    : {
        from: tagsOf(others.map((one) => one.image)),
        to: tagsOf(others.flatMap(({ name }) => images[name] ?? [])),
      }
}
