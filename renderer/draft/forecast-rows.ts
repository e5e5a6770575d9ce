import type { BatchView } from '../../shared/view/batch-view.ts'
import type { ForecastRow, LeftOut } from '../../shared/view/sizes.ts'

export type ForecastLine =
  | { readonly kind: 'row'; readonly row: ForecastRow; readonly progress: 'done' | 'now' | 'to-come' }
  | { readonly kind: 'left-out'; readonly batch: number }
  | { readonly kind: 'more'; readonly count: number }

type Planned = { readonly batches: readonly BatchView[]; readonly left: LeftOut }

const mostRows = 7

/** The rows with their progress. A long table keeps the rows around the batch in progress and the last one. */
export function forecastRows(
  { batches, left }: Planned,
  rows: readonly ForecastRow[],
  running: boolean,
): readonly ForecastLine[] {
  const lines = batches.flatMap((batch): ForecastLine | readonly [] => {
    if (left[batch.uid] !== undefined) return { kind: 'left-out', batch: batch.number }
    const row = rows.find((one) => one.afterBatch === batch.number)
    return row === undefined ? [] : { kind: 'row', row, progress: running ? progressOf(batch) : 'to-come' }
  })
  if (lines.length <= mostRows) return lines
  const now = lines.findIndex((line) => line.kind === 'row' && line.progress !== 'done')
  const from = Math.min(Math.max(0, now - 1), lines.length - 5)
  const hidden = lines.length - 1 - (from + 4)
  return [...lines.slice(from, from + 4), { kind: 'more', count: hidden }, ...lines.slice(-1)]
}

function progressOf(batch: BatchView): 'done' | 'now' | 'to-come' {
  switch (batch.look) {
    case 'done':
      return 'done'
    case 'rolling':
    case 'baking':
    case 'failing':
      return 'now'
    default:
      return 'to-come'
  }
}
