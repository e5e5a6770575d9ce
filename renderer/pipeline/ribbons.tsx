import { memo } from 'react'
import type { PictureLayout } from './picture-layout.ts'
import { ribbonPaths, type RibbonBatch } from './ribbon-paths.ts'

type RibbonsProps = {
  readonly layout: PictureLayout
  readonly batches: readonly RibbonBatch[]
  readonly height: number
}

/** What ties each share of the traffic to its pods. Decoration: the cards say the same in words. */
export const Ribbons = memo(function Ribbons({ layout, batches, height }: RibbonsProps) {
  return (
    <svg className="ribbons" width={layout.width} height={height} aria-hidden="true">
      <defs>
        <pattern
          id="ribbon-hatch"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className="ribbon is-pale" width="5" height="5" />
          <rect className="ribbon is-new" width="2.2" height="5" />
        </pattern>
      </defs>
      {ribbonPaths(layout, batches, height).map(({ kind, path }, index) => (
        <path key={index} className={`ribbon is-${kind}`} d={path} />
      ))}
    </svg>
  )
})
