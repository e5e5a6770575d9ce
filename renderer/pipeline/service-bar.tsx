import { Fragment, useRef } from 'react'
import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import { keepTotal, sizeOf } from '../../shared/model/sizes.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { PodShape, type PodShapeKind } from '../parts/pod-shape.tsx'
import { useDraft } from '../stores/store-context.tsx'

const parts: readonly (readonly [letter: string, kind: PodShapeKind])[] = [
  ['n', 'new'],
  ['s', 'starting'],
  ['f', 'failing'],
  ['o', 'old'],
]

/** The traffic: a segment per batch, as wide as its pods, with its share of the ready endpoints above. */
export function ServiceBar({ view }: { readonly view: PipelineView }) {
  const { pipeline } = useWords()
  const sizes = useDraft((draft) => draft.sizes)
  return (
    <div className="service-bar" role="group" aria-label={pipeline.service}>
      {view.batches.map((batch, index) => {
        const next = view.batches[index + 1]
        return (
          <Fragment key={batch.uid}>
            <Segment view={view} batch={batch} pods={sizeOf(batch, sizes)} />
            {next === undefined ? null : <Divider view={view} left={batch} right={next} />}
          </Fragment>
        )
      })}
    </div>
  )
}

function Segment(props: { readonly view: PipelineView; readonly batch: BatchView; readonly pods: number }) {
  const { view, batch, pods } = props
  const { pipeline } = useWords()
  const format = useFormat()
  const drafted = pods !== batch.desired
  const total = view.batches.reduce((sum, one) => sum + one.desired, 0)
  const share = drafted
    ? pods / Math.max(1, total)
    : (batch.servingNew + batch.servingOld) / Math.max(1, view.endpoints.ready)
  const text = format.share(share)
  return (
    <div className="segment" style={{ flexGrow: Math.max(pods, 0.5) }}>
      <span className="segment-share">{text}</span>
      <div className="segment-body" role="img" aria-label={pipeline.segment(batch.number, text, pods)}>
        {drafted ? (
          <span className="segment-part is-old" style={{ flexGrow: 1 }}>
            {pods}
          </span>
        ) : (
          parts.map(([letter, kind]) => {
            const count = batch.pods.split(letter).length - 1
            if (count === 0) return null
            return (
              <span key={kind} className={`segment-part is-${kind}`} style={{ flexGrow: count }}>
                {batch.desired > 2 ? <PodShape kind={kind} /> : null}
                {count}
              </span>
            )
          })
        )}
      </div>
    </div>
  )
}

type DividerProps = { readonly view: PipelineView; readonly left: BatchView; readonly right: BatchView }

/** Moves pods between two neighbours that have not begun; the total stays. */
function Divider({ view, left, right }: DividerProps) {
  const { pipeline } = useWords()
  const sizes = useDraft((draft) => draft.sizes)
  const setSizes = useDraft((draft) => draft.setSizes)
  const drag = useRef<{ readonly x: number; readonly pods: number; readonly perPod: number } | undefined>(
    undefined,
  )
  if (left.size.kind === 'fixed' || right.size.kind === 'fixed') return <span className="divider-gap" />
  const pods = sizeOf(left, sizes)
  const other = sizeOf(right, sizes)
  const change = (next: number) => setSizes(keepTotal(view, sizes, { batch: left.uid, pods: next }))
  const keys: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -5,
    PageUp: 5,
    Home: -pods,
    End: other,
  }
  return (
    <div
      className="divider"
      role="slider"
      tabIndex={0}
      aria-label={pipeline.between(left.number, right.number)}
      aria-valuemin={1}
      aria-valuemax={pods + other - 1}
      aria-valuenow={pods}
      aria-valuetext={pipeline.betweenText(
        pipeline.batchPods(left.number, pods),
        pipeline.batchPods(right.number, other),
      )}
      data-pill={`${pods} | ${other}`}
      onKeyDown={(event) => {
        const step = keys[event.key]
        if (step === undefined) return
        event.preventDefault()
        change(pods + (event.shiftKey && Math.abs(step) === 1 ? step * 5 : step))
      }}
      onPointerDown={(event) => {
        const bar = event.currentTarget.parentElement?.clientWidth ?? 1
        const total = view.batches.reduce((sum, one) => sum + sizeOf(one, sizes), 0)
        drag.current = { x: event.clientX, pods, perPod: bar / Math.max(1, total) }
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (drag.current === undefined) return
        change(drag.current.pods + Math.round((event.clientX - drag.current.x) / drag.current.perPod))
      }}
      onPointerUp={() => (drag.current = undefined)}
    />
  )
}
