import type { PictureLayout } from './picture-layout.ts'
import type { PodCounts } from './pod-counts.ts'

export type Ribbon = { readonly path: string; readonly kind: 'new' | 'start' | 'fail' | 'old' }

export type RibbonBatch = { readonly counts: PodCounts; readonly pods: number }

const kinds = [
  ['n', 'new'],
  ['s', 'start'],
  ['f', 'fail'],
  ['x', 'fail'],
  ['o', 'old'],
] as const
/** Of the largest batch; the others are narrower in proportion to their pods. */
const [widestNeck, widestSpineNeck] = [76, 22]
const [narrowestNeck, narrowestSpineNeck] = [12, 8]
/** Below this the bands run straight down, behind the stations and into the cards. */
const straight = 50

/**
 * Bands from each segment of the Service bar down to the neck over its card, one per pod state, in the order of the
 * segment.
 */
export function ribbonPaths(
  layout: PictureLayout,
  batches: readonly RibbonBatch[],
  height: number,
): readonly Ribbon[] {
  const most = Math.max(1, ...batches.map((batch) => batch.pods))
  return batches.flatMap(({ counts, pods }, index) => {
    const [segment, column] = [layout.segments[index], layout.columns[index]]
    if (segment === undefined || column === undefined) return []
    const [widest, narrowest] = column.open
      ? [widestNeck, narrowestNeck]
      : [widestSpineNeck, narrowestSpineNeck]
    const neck = Math.min(segment.width, Math.max(narrowest, (widest * pods) / most))
    const top = { left: segment.left + 1, width: Math.max(0, segment.width - 2) }
    const bottom = { left: column.left + (column.width - neck) / 2, width: neck }
    return bands(counts).map(({ kind, from, to }) => ({
      kind,
      path: bandPath(
        [top.left + top.width * from, top.left + top.width * to],
        [bottom.left + bottom.width * from, bottom.left + bottom.width * to],
        height,
      ),
    }))
  })
}

type Band = { readonly kind: Ribbon['kind']; readonly from: number; readonly to: number }

/** Pods that are ending serve nothing any more, so they have no band. */
function bands(pods: PodCounts): readonly Band[] {
  const counts = kinds.map(([letter, kind]) => ({ kind, count: pods[letter] }))
  const total = counts.reduce((sum, one) => sum + one.count, 0)
  if (total === 0) return [{ kind: 'old', from: 0, to: 1 }]
  let passed = 0
  return counts
    .filter((one) => one.count > 0)
    .map(({ kind, count }) => {
      const from = passed / total
      passed += count
      return { kind, from, to: passed / total }
    })
}

type Edge = readonly [left: number, right: number]

function bandPath([a, b]: Edge, [c, d]: Edge, height: number): string {
  const end = Math.max(height * 0.4, height - straight)
  const [early, late] = [end * 0.42, end * 0.58].map((one) => one.toFixed(1))
  const [x1, x2, x3, x4, y] = [a, b, c, d, end].map((one) => one.toFixed(1))
  return `M${x1} 0C${x1} ${late} ${x3} ${early} ${x3} ${y}V${height}H${x4}V${y}C${x4} ${early} ${x2} ${late} ${x2} 0Z`
}
