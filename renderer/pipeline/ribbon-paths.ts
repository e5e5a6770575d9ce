export type Ribbon = { readonly path: string; readonly kind: 'new' | 'start' | 'fail' | 'old' }
export type Segment = {
  readonly left: number
  readonly width: number
  readonly center: number
  readonly letters: string
}

const neckPerPod = 4
const widestNeck = 72
const kinds = [
  ['n', 'new'],
  ['s', 'start'],
  ['f', 'fail'],
  ['o', 'old'],
] as const

/**
 * Bands from each segment of the Service bar down to the neck over its card, one per pod state, in the order of the
 * segment. A row is plain arithmetic: no graph library is needed for it.
 */
export function ribbonPaths(segments: readonly Segment[], height: number): readonly Ribbon[] {
  return segments.flatMap(({ left, width, center, letters }) => {
    const counts = kinds.map(([letter, kind]) => ({ kind, count: letters.split(letter).length - 1 }))
    const total = Math.max(
      1,
      counts.reduce((sum, one) => sum + one.count, 0),
    )
    const neck = Math.min(widestNeck, Math.max(8, total * neckPerPod))
    let passed = 0
    return counts
      .filter((one) => one.count > 0)
      .map(({ kind, count }) => {
        const from = passed / total
        passed += count
        const to = passed / total
        const [a, b] = [left + width * from, left + width * to]
        const [c, d] = [center - neck / 2 + neck * from, center - neck / 2 + neck * to]
        const middle = height / 2
        const path = `M${a} 0C${a} ${middle} ${c} ${middle} ${c} ${height}L${d} ${height}C${d} ${middle} ${b} ${middle} ${b} 0Z`
        return { kind, path }
      })
  })
}
