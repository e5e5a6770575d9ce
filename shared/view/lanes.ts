import type { Release, ReleaseBatch, ReleaseEvent } from '../release/release.ts'
import type { Uid } from '../ids.ts'

/** What one batch has been through, in epoch ms of the application. */
export type Lane = {
  readonly batch: Uid
  readonly number: number
  /** In order, never overlapping. Without `to` it goes on now. */
  readonly spans: readonly { readonly kind: SpanKind; readonly from: number; readonly to?: number }[]
  readonly marks: readonly { readonly kind: MarkKind; readonly at: number }[]
}

export type SpanKind = 'updating' | 'baking' | 'waiting' | 'failing' | 'returning'

export type MarkKind = 'start' | 'approval' | 'pause' | 'resume' | 'failure' | 'roll-back' | 'returned'

type Span = Lane['spans'][number]
type Mark = Lane['marks'][number]
type Drawn = {
  readonly spans: Span[]
  readonly marks: Mark[]
  /** A roll back may be of some batches only, and the log does not say which. */
  readonly goesBack: boolean
  /** What a hold broke off. */
  held: SpanKind | undefined
}

/**
 * What each batch has been through, from the release's log. Events that are unknown here change nothing, and a batch
 * whose events have fallen out of the log is drawn from the times of its phase.
 */
export function lanesOf(release: Release): readonly Lane[] {
  const lanes = new Map(
    release.batches.map((own): [string, Drawn] => [
      own.uid,
      { spans: [], marks: [], goesBack: isBack(own), held: undefined },
    ]),
  )
  const isWayBack = release.change.kind === 'restore'
  for (const event of release.log)
    draw(lanes, isWayBack && event.what === 'started' ? { ...event, what: 'roll-back' } : event)
  const { state } = release
  return release.batches.map((own) => {
    const drawn = lanes.get(own.uid)
    const spans = drawn === undefined || drawn.spans.length === 0 ? spansOfPhase(own) : drawn.spans
    return {
      batch: own.uid,
      number: own.number,
      spans: state.kind === 'ended' ? spans.map((span) => ({ ...span, to: span.to ?? state.at })) : spans,
      marks: drawn?.marks ?? [],
    }
  })
}

function isBack({ phase }: ReleaseBatch): boolean {
  switch (phase.kind) {
    case 'returning':
    case 'rolling-back':
    case 'returned':
    case 'stuck':
      return true
    default:
      return false
  }
}

/** The span that an event about one batch begins there. */
const begins: Partial<Record<ReleaseEvent['what'], SpanKind>> = {
  'batch-started': 'updating',
  'batch-ready': 'baking',
  'batch-done': 'waiting',
}

function draw(lanes: ReadonlyMap<string, Drawn>, { what, at, batch }: ReleaseEvent): void {
  const own = batch === undefined ? undefined : lanes.get(batch)
  const all = [...lanes.values()]
  const current =
    own ?? all.findLast((lane) => lane.spans.length > 0) ?? all.find((lane) => lane.goesBack) ?? all[0]
  const span = begins[what]
  if (span !== undefined && own !== undefined) {
    // The next one has begun: the gate of the one before is waited at no more.
    if (what === 'batch-started') for (const lane of all) closeWaiting(lane, at)
    go(own, span, at)
    return
  }
  switch (what) {
    case 'started':
      mark(all[0], 'start', at)
      return
    case 'approved':
      mark(own, 'approval', at)
      closeWaiting(own, at)
      return
    case 'push-all':
      mark(current, 'approval', at)
      closeWaiting(current, at)
      return
    case 'paused':
    case 'frozen':
      mark(current, 'pause', at)
      return
    case 'batch-skipped':
      close(own, at)
      if (own !== undefined) own.held = undefined
      return
    case 'held':
      mark(current, 'failure', at)
      if (current !== undefined) {
        current.held = openSpan(current)?.kind
        go(current, 'failing', at)
      }
      return
    case 'resumed':
    case 'retried':
    case 'adopted':
    case 'restored':
      mark(current, 'resume', at)
      for (const lane of all) {
        // A bake is counted anew after a hold, so the span that was broken off begins again here.
        if (lane.held !== undefined) go(lane, lane.held, at)
        else if (openSpan(lane)?.kind === 'failing') close(lane, at)
        lane.held = undefined
      }
      return
    case 'roll-back':
      mark(current, 'roll-back', at)
      for (const lane of all) {
        if (lane.goesBack) go(lane, 'returning', at)
        else close(lane, at)
        lane.held = undefined
      }
      return
    case 'batch-returned':
      mark(own, 'returned', at)
      close(own, at)
      return
    default:
  }
}

function openSpan(lane: Drawn): Span | undefined {
  const last = lane.spans.at(-1)
  return last?.to === undefined ? last : undefined
}

function go(lane: Drawn, kind: SpanKind, at: number): void {
  close(lane, at)
  lane.spans.push({ kind, from: at })
}

function close(lane: Drawn | undefined, at: number): void {
  const last = lane === undefined ? undefined : openSpan(lane)
  if (lane === undefined || last === undefined) return
  lane.spans[lane.spans.length - 1] = { ...last, to: Math.max(at, last.from) }
}

function closeWaiting(lane: Drawn | undefined, at: number): void {
  if (lane !== undefined && openSpan(lane)?.kind === 'waiting') close(lane, at)
}

function mark(lane: Drawn | undefined, kind: MarkKind, at: number): void {
  lane?.marks.push({ kind, at })
}

function spansOfPhase({ phase }: ReleaseBatch): readonly Span[] {
  switch (phase.kind) {
    case 'patching':
    case 'rolling':
      return [{ kind: 'updating', from: phase.since }]
    case 'baking':
      return [
        { kind: 'updating', from: phase.rolledSince, to: phase.since },
        { kind: 'baking', from: phase.since },
      ]
    case 'done':
      return [{ kind: 'updating', from: phase.rolledSince, to: phase.at }]
    case 'returning':
    case 'rolling-back':
      return [{ kind: 'returning', from: phase.since }]
    default:
      return []
  }
}
