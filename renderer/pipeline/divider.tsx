import { useRef, useState } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { keepTotal, type SizeRange } from '../../shared/view/sizes.ts'
import { useWords } from '../i18n/use-words.ts'
import { drawnPlan } from '../plan/drawn-plan.ts'
import { isOver } from '../verbs/stage.ts'
import { useStores } from '../stores/store-context.tsx'
import { segmentGap } from './picture-layout.ts'

type DividerProps = {
  readonly left: BatchView
  readonly right: BatchView
  /** Pixels from the left edge of the bar to the gap that it stands in. */
  readonly at: number
  readonly pods: number
  readonly other: number
  /** What the left one can be given. */
  readonly range: SizeRange
  readonly perPod: number
}

/** Moves pods between two neighbours that have not begun; the total stays. */
export function Divider({ left, right, at, pods, other, range, perPod }: DividerProps) {
  const { pipeline } = useWords()
  const stores = useStores()
  const drag = useRef<{ readonly x: number; readonly pods: number; readonly perPod: number } | undefined>(
    undefined,
  )
  const [dragging, setDragging] = useState(false)
  const change = (next: number) => {
    const { payload } = stores.pipeline.getState()
    if (payload.kind !== 'view') return
    const { sizes, plan, setSizes } = stores.draft.getState()
    const drawn = drawnPlan({ batches: payload.view.batches, running: !isOver(payload.view) }, plan)
    setSizes(keepTotal(drawn, sizes, { batch: left.uid, pods: next }))
  }
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -5,
    PageUp: 5,
    Home: range.least - pods,
    End: range.most - pods,
  }
  const end = () => {
    drag.current = undefined
    setDragging(false)
  }
  return (
    <div
      className={`divider ${dragging ? 'is-dragged' : ''}`}
      role="slider"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={pipeline.between(left.number, right.number)}
      aria-valuemin={range.least}
      aria-valuemax={range.most}
      aria-valuenow={pods}
      aria-valuetext={pipeline.betweenText(
        pipeline.batchPods(left.number, pods),
        pipeline.batchPods(right.number, other),
      )}
      data-pill={`${pods} | ${other}`}
      style={{ left: at + segmentGap / 2 }}
      onKeyDown={(event) => {
        const step = keys[event.key]
        if (step === undefined) return
        event.preventDefault()
        change(pods + (event.shiftKey && Math.abs(step) === 1 ? step * 5 : step))
      }}
      onPointerDown={(event) => {
        // The right button opens a menu, and a second finger pinches.
        if (event.button !== 0 || !event.isPrimary) return
        drag.current = { x: event.clientX, pods, perPod }
        setDragging(true)
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (drag.current === undefined) return
        change(drag.current.pods + Math.round((event.clientX - drag.current.x) / drag.current.perPod))
      }}
      onPointerUp={end}
      onPointerCancel={end}
      onLostPointerCapture={end}
    />
  )
}
