export type Span = { readonly left: number; readonly width: number }

/** Where everything of the picture stands, in pixels from its left edge. */
export type PictureLayout = {
  readonly width: number
  /** Of the Service bar: as wide as their pods, but never too narrow to be hit. */
  readonly segments: readonly Span[]
  readonly columns: readonly (Span & { readonly open: boolean })[]
  readonly columnGap: number
  /** Pixels of the bar that one pod takes: what a dragged divider moves by. */
  readonly perPod: number
}

export type PictureInput = {
  readonly width: number
  readonly pods: readonly number[]
  /** Indexes in the order in which they deserve an open card; those that are left out come last. */
  readonly wanted: readonly number[]
}

export const segmentGap = 6
const narrowestSegment = 34
const narrowestCard = 146
const spine = 30
const [wideGap, denseGap] = [12, 6]
/** However narrow the window: the batch in progress and the next one can be read. */
const fewestOpen = 2

/** A row is plain arithmetic: no graph library is needed for it. */
export function pictureLayout({ width, pods: given, wanted }: PictureInput): PictureLayout {
  const pods = given.map((one) => (Number.isFinite(one) ? Math.max(0, one) : 0))
  const columns = columnsOf(width, pods.length, wanted)
  const last = columns.spans.at(-1)
  const whole = Math.max(width, last === undefined ? 0 : last.left + last.width)
  return { width: whole, ...segmentsOf(whole, pods), columns: columns.spans, columnGap: columns.gap }
}

function segmentsOf(width: number, pods: readonly number[]): Pick<PictureLayout, 'segments' | 'perPod'> {
  const count = pods.length
  const least = Math.min(narrowestSegment, (width - segmentGap * (count - 1)) / Math.max(1, count))
  const room = Math.max(0, width - segmentGap * (count - 1))
  const perPod = pixelsPerPod(pods, room, least)
  return {
    segments: placed(
      pods.map((one) => Math.max(least, one * perPod)),
      segmentGap,
    ),
    perPod,
  }
}

/** In proportion to the pods; what the narrowest segments take more than their share, the others give. */
function pixelsPerPod(pods: readonly number[], room: number, least: number): number {
  let wide = pods.filter((one) => one > 0)
  for (;;) {
    const left = room - least * (pods.length - wide.length)
    const perPod = left / Math.max(1, sum(wide))
    const stay = wide.filter((one) => one * perPod >= least)
    if (stay.length === wide.length || stay.length === 0) return Math.max(0, perPod)
    wide = stay
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0)
}

function columnsOf(width: number, count: number, wanted: readonly number[]) {
  const roomy = Math.floor((width + wideGap) / (narrowestCard + wideGap))
  if (count <= Math.max(1, roomy)) {
    const card = (width - wideGap * (count - 1)) / Math.max(1, count)
    return { gap: wideGap, spans: placed(Array<number>(count).fill(card), wideGap).map(asOpen) }
  }
  const spare = width - count * spine - (count - 1) * denseGap
  const fits = Math.max(fewestOpen, Math.floor(spare / (narrowestCard - spine)))
  const openCount = Math.min(count, fits)
  const order = [...new Set([...wanted, ...Array.from({ length: count }, (_, index) => index)])]
  const open = new Set(order.slice(0, openCount))
  const card = Math.max(narrowestCard, spine + spare / openCount)
  const widths = Array.from({ length: count }, (_, index) => (open.has(index) ? card : spine))
  return {
    gap: denseGap,
    spans: placed(widths, denseGap).map((span, index) => ({ ...span, open: open.has(index) })),
  }
}

function asOpen(span: Span): Span & { readonly open: boolean } {
  return { ...span, open: true }
}

function placed(widths: readonly number[], gap: number): readonly Span[] {
  let left = 0
  return widths.map((width) => {
    const span = { left, width }
    left += width + gap
    return span
  })
}
