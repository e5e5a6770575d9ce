import type { BatchSet } from '../model/batch-set.ts'
import type { RollBackPreview } from '../model/pipeline.ts'
import type { Release } from '../release/release.ts'
import { isTouched } from '../release/standing.ts'
import { changedImages, imagesBefore, tagsOf } from './image-text.ts'
import { sideOf } from './version-of.ts'

/** What taking a release back would do, named before it is done. */
export function rollBackPreview(release: Release, set: BatchSet): RollBackPreview {
  if (release.change.kind === 'restore') return { batches: [], pods: 0, modes: [] }
  const batches = release.batches.filter(isTouched).flatMap((own) => {
    const batch = set.batches.find((one) => one.uid === own.uid)
    // After the end, only what still runs this release may be offered: anything else is somebody's later decision.
    if (batch === undefined || (release.state.kind === 'ended' && sideOf(release, own, batch) !== 'forward'))
      return []
    return [
      {
        uid: own.uid,
        number: own.number,
        name: own.name,
        from: tagsOf(changedImages(batch, own)),
        to: tagsOf(imagesBefore(own)),
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
