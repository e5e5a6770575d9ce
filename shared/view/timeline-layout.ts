import type { MarkKind } from './lanes.ts'
import type { SpanKind } from './lanes.ts'
import type { Lane } from './lanes.ts'
import type { ExpectedSpan } from './expected.ts'

/** Positions along the axis are 0..1. */
export type TimelineLayout = {
  readonly lanes: readonly {
    readonly number: number
    readonly batch: string
    readonly bars: readonly Bar[]
    readonly marks: readonly { readonly kind: MarkKind; readonly at: number; readonly left: number }[]
  }[]
  readonly ticks: readonly { readonly at: number; readonly left: number }[]
  /** Where the present is; absent for a draft and after the end. */
  readonly now?: number
  /** Whether ticks are so close that they need seconds. */
  readonly seconds: boolean
}

export type Bar = {
  readonly kind: SpanKind | 'expected' | 'expected-bake'
  readonly left: number
  readonly width: number
}

export type TimelineInput = {
  readonly lanes: readonly Lane[]
  readonly expected: readonly ExpectedSpan[]
  /** Where the axis begins: the start of the release, 0 for a draft. */
  readonly from: number
  /** The present or the end of the release; `from` for a draft. */
  readonly until: number
  readonly phase: 'draft' | 'running' | 'ended'
}

const second = 1000
const minute = 60 * second
const steps = [
  ...[5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map((count) => count * minute),
]
const shortest = 20 * second
const mostTicks = 7
/** Their labels are longer. */
const mostWithSeconds = 5

/** Lays lanes and what is expected along one axis, with ticks at round times of the clock. */
export function timelineLayout(input: TimelineInput): TimelineLayout {
  const { lanes, expected, from, until, phase } = input
  const last = Math.max(until, from + shortest, ...expected.map((span) => span.to))
  const margin = (last - from) * 0.04
  const start = phase === 'draft' ? from : from - margin
  const length = last + margin - start
  const place = (at: number): number => Math.min(1, Math.max(0, (at - start) / length))
  const bar = (kind: Bar['kind'], span: { readonly from: number; readonly to: number }): Bar => ({
    kind,
    left: place(span.from),
    width: place(span.to) - place(span.from),
  })
  const step =
    steps.find((one) => length / one <= (one < minute ? mostWithSeconds : mostTicks)) ??
    Math.ceil(length / mostTicks / minute) * minute
  const here = phase === 'running' ? place(until) : undefined
  const clear = step < minute ? 0.14 : 0.09
  const ticks: { at: number; left: number }[] = []
  for (let at = Math.ceil(start / step) * step; at <= last + margin; at += step) {
    const left = place(at)
    // The time now is written on the same line, and labels at the very edge would be cut off.
    if (left < 0.97 && (here === undefined || Math.abs(left - here) > clear)) ticks.push({ at, left })
  }
  return {
    lanes: lanes.map((lane) => ({
      number: lane.number,
      batch: lane.batch,
      bars: [
        ...lane.spans.map((span) => bar(span.kind, { from: span.from, to: span.to ?? until })),
        ...expected
          .filter((span) => span.batch === lane.batch)
          .map((span) => bar(span.kind === 'baking' ? 'expected-bake' : 'expected', span)),
      ].filter((one) => one.width > 0),
      marks: apart(lane.marks.map((mark) => ({ ...mark, left: place(mark.at) }))),
    })),
    ticks,
    ...(here !== undefined && { now: here }),
    seconds: step < minute,
  }
}

type Mark = TimelineLayout['lanes'][number]['marks'][number]
const closest = 0.025

/** Marks that would lie on each other: the later one says what came of it. */
function apart(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter((mark, index) => {
    const next = marks[index + 1]
    return next === undefined || next.left - mark.left >= closest
  })
}
