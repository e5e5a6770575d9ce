import { useLayoutEffect, useRef, useState } from 'react'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import { sizeOf } from '../../shared/model/sizes.ts'
import { useDraft } from '../stores/store-context.tsx'
import { ribbonPaths } from './ribbon-paths.ts'

const height = 96
const gap = 10

/** What ties each share of the traffic to its pods. Decoration: the cards say the same in words. */
export function Ribbons({ view }: { readonly view: PipelineView }) {
  const sizes = useDraft((draft) => draft.sizes)
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const count = view.batches.length
  const weights = view.batches.map((batch) => Math.max(sizeOf(batch, sizes), 0.5))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const least = 34
  const free = Math.max(0, width - gap * (count - 1) - least * count)
  const card = (width - gap * (count - 1)) / count
  const segments = view.batches.map((batch, index) => {
    const before = weights
      .slice(0, index)
      .reduce((sum, weight) => sum + least + (free * weight) / total + gap, 0)
    return {
      left: before,
      width: least + (free * (weights[index] ?? 0)) / total,
      center: index * (card + gap) + card / 2,
      letters: batch.pods === '' ? 'o' : batch.pods,
    }
  })
  return (
    <div ref={box} className="ribbons" aria-hidden="true">
      <svg width={width} height={height}>
        {ribbonPaths(segments, height).map(({ kind, path }) => (
          <path key={path} className={`ribbon is-${kind}`} d={path} />
        ))}
      </svg>
    </div>
  )
}
