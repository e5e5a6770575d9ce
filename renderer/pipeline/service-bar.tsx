import { Fragment, memo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { sizeRange, type Sizes } from '../../shared/view/sizes.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { PodShape, type PodShapeKind } from '../parts/pod-shape.tsx'
import { Divider } from './divider.tsx'
import type { PictureLayout, Span } from './picture-layout.ts'
import { countPods, draftedPods, type PodCounts } from './pod-counts.ts'

const parts: readonly (readonly [letter: keyof PodCounts, kind: PodShapeKind])[] = [
  ['n', 'new'],
  ['s', 'starting'],
  ['f', 'failing'],
  ['x', 'failing-old'],
  ['o', 'old'],
]

export type BarProps = {
  readonly batches: readonly BatchView[]
  /** Per batch, as dragged. */
  readonly pods: readonly number[]
  readonly ready: number
  readonly layout: PictureLayout
  readonly sizes: Sizes
  readonly editable: boolean
}

/** The traffic: a segment per batch, as wide as its pods, with its share of the ready endpoints above. */
export const ServiceBar = memo(function ServiceBar(props: BarProps) {
  const { batches, pods, ready, layout, sizes, editable } = props
  const { pipeline } = useWords()
  const total = pods.reduce((sum, one) => sum + one, 0)
  return (
    <div className="service-bar" role="group" aria-label={pipeline.service}>
      {batches.map((batch, index) => {
        const next = batches[index + 1]
        const span = layout.segments[index]
        const own = pods[index] ?? batch.desired
        const drafted = own !== batch.desired
        const share = drafted
          ? own / Math.max(1, total)
          : (batch.servingNew + batch.servingOld) / Math.max(1, ready)
        if (span === undefined) return null
        return (
          <Fragment key={batch.uid}>
            <Segment
              batch={batch}
              pods={own}
              drafted={drafted}
              share={share}
              left={span.left}
              width={span.width}
            />
            {editable && next !== undefined && batch.size.kind === 'free' && next.size.kind === 'free' ? (
              <Divider
                left={batch}
                right={next}
                at={span.left + span.width}
                pods={own}
                other={pods[index + 1] ?? next.desired}
                range={sizeRange({ batches }, sizes, batch.uid)}
                perPod={layout.perPod}
              />
            ) : null}
          </Fragment>
        )
      })}
    </div>
  )
})

type SegmentProps = Span & {
  readonly batch: BatchView
  readonly pods: number
  readonly drafted: boolean
  readonly share: number
}

const Segment = memo(function Segment({ batch, pods, drafted, share, left, width }: SegmentProps) {
  const { pipeline } = useWords()
  const format = useFormat()
  const text = format.share(share)
  const own = drafted ? draftedPods(pods) : countPods(batch.pods)
  const counts = parts
    .map(([letter, kind]) => ({ kind, count: own[letter] }))
    .filter(({ count }) => count > 0)
  return (
    <div
      className={`segment ${counts.length > 1 ? 'is-mixed' : ''}`}
      role="img"
      aria-label={pipeline.segment(batch.number, text, pods)}
      style={{ left, width }}
    >
      <span className="segment-share">{text}</span>
      <div className="segment-body">
        {counts.map(({ kind, count }) => (
          <span key={kind} className={`segment-part is-${kind}`} style={{ flexGrow: count }}>
            <span>
              <PodShape kind={kind} />
              <b>{count}</b>
            </span>
          </span>
        ))}
      </div>
    </div>
  )
})
