import type { PipelineView, RollBackPreview } from '../../shared/view/pipeline.ts'
import type { RollBackMode } from '../../shared/release/release.ts'
import { updateSeconds } from '../../shared/view/expected.ts'

/** Pods that serve at any time: a Deployment keeps all but its maxUnavailable, of those that are ready now. */
export function leastServing(view: PipelineView, preview: RollBackPreview): number {
  const back = new Set(preview.batches.map((batch) => batch.uid))
  return view.batches.reduce((sum, batch) => {
    const ready = batch.servingNew + batch.servingOld
    return (
      sum + (back.has(batch.uid) ? Math.min(ready, Math.max(0, batch.desired - batch.unavailable)) : ready)
    )
  }, 0)
}

/** Seconds until the last batch is back; nothing where no pace is known. */
export function rollBackSeconds(
  view: PipelineView,
  preview: RollBackPreview,
  mode: RollBackMode,
): number | undefined {
  const back = new Set(preview.batches.map((batch) => batch.uid))
  const times = view.batches
    .filter((batch) => back.has(batch.uid))
    .flatMap((batch) => updateSeconds(view, batch, batch.desired) ?? [])
  if (times.length === 0) return undefined
  return mode === 'at-once' ? Math.max(...times) : times.reduce((sum, one) => sum + one, 0)
}
