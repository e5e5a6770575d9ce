import type { PipelineView } from '../../shared/view/pipeline.ts'

/**
 * What of a picture the checks before a start look at, and what tells that they may come out otherwise: who holds the
 * lock, the release, what each batch runs and how large it is. Not each pod that gets ready.
 */
export function checkOccasion({ freshness, lock, release, batches, foreignPods }: PipelineView): string {
  return JSON.stringify([
    freshness.kind,
    lock,
    [release?.id, release?.version, release?.state],
    foreignPods,
    batches.map((batch) => [
      ...[batch.uid, batch.digest, batch.desired, batch.paused, batch.unselected, batch.strategy],
      ...[
        batch.trouble?.reason,
        batch.writers,
        batch.updated === batch.desired,
        batch.ready === batch.desired,
      ],
    ]),
  ])
}
