import type { PipelineView } from '../../shared/view/pipeline.ts'

/** Numbers of the batches that run another template than when their differences were shown, or are new since. */
export function movedTemplates(
  { batches }: Pick<PipelineView, 'batches'>,
  seen: readonly { readonly batch: string; readonly digest: string }[],
): readonly number[] {
  return batches
    .filter(({ unselected }) => unselected !== true)
    .filter(({ uid, digest }) => !seen.some((one) => one.batch === uid && one.digest === digest))
    .map(({ number }) => number)
}
