import { memo } from 'react'
import type { GateView } from '../../shared/view/gate-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { LeftOut } from '../../shared/view/sizes.ts'
import { useWords } from '../i18n/use-words.ts'
import { GateChip } from './gate-chip.tsx'
import type { PictureLayout } from './picture-layout.ts'

type TrackProps = {
  readonly batches: readonly BatchView[]
  readonly gates: readonly GateView[] | undefined
  readonly left: LeftOut
  readonly layout: PictureLayout
}

/** A batch that was left out of the running release has a gate behind it; one that the plan leaves out has none. */
function roleOf(of: {
  readonly batch: BatchView
  readonly gate: GateView | undefined
  readonly leftOut: boolean
  readonly last: boolean
}): 'leads' | 'last' | 'left-out' {
  if (of.leftOut && (of.gate === undefined || of.batch.look !== 'skipped')) return 'left-out'
  return of.last ? 'last' : 'leads'
}

/** A station per batch, and between two of them the gate. */
export const Track = memo(function Track({ batches, gates, left, layout }: TrackProps) {
  const { pipeline } = useWords()
  const last = batches.findLast((batch) => left[batch.uid] === undefined)?.uid
  const centers = layout.columns.map(({ left, width }) => left + width / 2)
  return (
    <ol className="track" aria-label={pipeline.track}>
      {batches.map((batch, index) => {
        const [column, next] = [layout.columns[index], layout.columns[index + 1]]
        const [from, to] = [centers[index], centers[index + 1]]
        if (column === undefined || from === undefined) return null
        const gate = gates?.find((one) => one.after === batch.uid)
        const leftOut = left[batch.uid] !== undefined
        const passed = gate?.stage.kind === 'passed'
        return (
          <li key={batch.uid}>
            {to === undefined ? null : (
              <i
                className={`track-line ${passed ? 'is-passed' : ''}`}
                style={{ left: from, width: to - from }}
              />
            )}
            <span
              className={`station is-${leftOut ? 'skipped' : batch.look} ${column.open ? '' : 'is-small'}`}
              style={{ left: from }}
            >
              {batch.number}
            </span>
            {next === undefined ? null : (
              <GateChip
                gate={gate}
                batch={batch}
                role={roleOf({ batch, gate, leftOut, last: batch.uid === last })}
                small={!column.open || !next.open}
                at={(column.left + column.width + next.left) / 2}
              />
            )}
          </li>
        )
      })}
    </ol>
  )
})
