import type { BatchSet } from '../model/batch-set.ts'
import type { RollBackPreview } from '../model/pipeline.ts'
import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { isTouched } from '../release/standing.ts'
import { changedImages, imagesBack, tagsOf } from './image-text.ts'
import { sideOf } from './version-of.ts'

/** What taking a release back would do, named before it is done. */
export function rollBackPreview(release: Release, set: BatchSet): RollBackPreview {
  if (release.change.kind === 'restore') return { batches: [], pods: 0, modes: [] }
  const batches = release.batches.filter(isTouched).flatMap((own) => {
    const batch = set.batches.find((one) => one.uid === own.uid)
    // After the end, only what still runs this release may be offered: anything else is somebody's later decision.
    if (batch === undefined || (release.state.kind === 'ended' && !isStillOurs(release, own, batch)))
      return []
    return [
      {
        uid: own.uid,
        number: own.number,
        name: own.name,
        ...difference(batch, own),
        pods: batch.desired,
      },
    ]
  })
  return {
    batches,
    pods: batches.reduce((sum, batch) => sum + batch.pods, 0),
    modes: ['at-once', 'batch-by-batch'],
  }
}

/** What this release has brought, or one of those whose place was taken on the way to it. */
function isStillOurs(release: Release, own: ReleaseBatch, batch: Batch): boolean {
  if (sideOf(release, own, batch) === 'forward') return true
  return [own.start?.templateDigest, own.startsFrom].some(
    (digest) => digest !== own.baseline.templateDigest && hasTemplate(batch, digest),
  )
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
