import type { Uid } from '../ids.ts'
import type { PipelineView } from './pipeline.ts'

// Placeholder until the sizes land; not committed.
export type ForecastRow = {
  readonly afterBatch: number
  readonly newPods: number
  readonly share: number
  readonly peakPods: number
}
export function forecast(view: PipelineView, sizes: Readonly<Record<Uid, number>>): readonly ForecastRow[] {
  const pods = view.batches.map((b) => sizes[b.uid] ?? b.desired)
  const total = pods.reduce((a, b) => a + b, 0)
  let sum = 0
  return view.batches.map((b, i) => {
    sum += pods[i] ?? 0
    return { afterBatch: b.number, newPods: sum, share: sum / total, peakPods: total + b.surge }
  })
}
