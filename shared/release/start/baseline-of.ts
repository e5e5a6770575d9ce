import type { Batch } from '../../model/batch-set.ts'
import type { Baseline } from '../release.ts'
import { imagesOf } from '../change/template-images.ts'

/** What a batch runs now, as a release would take it back to. */
export function baselineOf(batch: Batch): Baseline {
  return {
    template: batch.template,
    templateDigest: batch.templateDigest,
    replicas: batch.desired,
    images: imagesOf(batch),
    ...(batch.newReplicaSet !== undefined && {
      replicaSet: batch.newReplicaSet.uid,
      revision: batch.newReplicaSet.revision,
    }),
  }
}
