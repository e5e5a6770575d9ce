import type { Uid } from '../ids.ts'
import { surgeAndUnavailable } from '../k8s/surge-and-unavailable.ts'
import type { PipelineView } from './pipeline.ts'
import type { BatchView } from './batch-view.ts'
import { sizeOf, type Sizes } from './sizes.ts'
import { rounds } from './pace.ts'

/** Something that is still to come, in epoch ms, or in ms from the start of a release that is only drafted. */
export type ExpectedSpan = {
  readonly batch: Uid
  readonly kind: 'updating' | 'baking'
  readonly from: number
  readonly to: number
}

export type ExpectedInput = {
  readonly view: Pick<PipelineView, 'batches' | 'pace' | 'release'>
  /** Sizes as they are dragged; of no consequence while a release runs. */
  readonly sizes: Sizes
  readonly bakeSeconds: (batch: BatchView) => number
}

/** What would take longer is not foretold: nobody waits for it, and a date that far away is none. */
const longestSeconds = 30 * 86_400

/** Seconds that a batch of so many pods should take to be updated; nothing where no pace is known. */
export function updateSeconds(
  view: ExpectedInput['view'],
  batch: BatchView,
  pods: number,
): number | undefined {
  if (view.pace === undefined || pods === 0) return undefined
  const seconds = rounds(pods, surgeAndUnavailable(batch.strategy, pods)) * view.pace.roundSeconds
  return seconds > longestSeconds ? undefined : seconds
}

/**
 * What is still to come, batch after batch, without the time that people take at the gates. Empty where no pace is
 * known, and while the release does not move by itself: held, paused, frozen, rolling back, ended.
 */
export function expectedSpans(input: ExpectedInput, now: number): readonly ExpectedSpan[] {
  const { view, sizes, bakeSeconds } = input
  const running = view.release !== undefined && view.release.state !== 'ended'
  if (running && view.release.state !== 'running') return []
  const resized = !running && view.batches.some((batch) => sizeOf(batch, sizes) !== batch.desired)
  // New pods of a resize come up at once, whatever their number.
  let at = now + (resized ? (view.pace?.roundSeconds ?? 0) * 1000 : 0)
  const spans: ExpectedSpan[] = []
  for (const batch of view.batches) {
    if (running && (batch.look === 'done' || batch.look === 'skipped')) continue
    if (running && batch.look === 'frozen') return []
    const bake = bakeSeconds(batch) * 1000
    if (running && batch.look === 'baking') {
      const to = Math.max(at, batch.bakeUntil ?? at)
      spans.push({ batch: batch.uid, kind: 'baking', from: at, to })
      at = to
      continue
    }
    const seconds = running
      ? remainingSeconds(view, batch, now)
      : updateSeconds(view, batch, sizeOf(batch, sizes))
    if (seconds === undefined) return []
    const ready = at + seconds * 1000
    spans.push({ batch: batch.uid, kind: 'updating', from: at, to: ready })
    if (bake > 0) spans.push({ batch: batch.uid, kind: 'baking', from: ready, to: ready + bake })
    at = ready + bake
  }
  return spans
}

/** When the last of them ends, if people open the gates at once. */
export function expectedEnd(spans: readonly ExpectedSpan[]): number | undefined {
  return spans.at(-1)?.to
}

/**
 * What is left of a batch in progress: what is left of its expected time, but at least the full rounds that its old
 * pods still need after the one that runs.
 */
export function remainingSeconds(
  view: ExpectedInput['view'],
  batch: BatchView,
  now: number,
): number | undefined {
  const whole = updateSeconds(view, batch, batch.desired)
  if (whole === undefined || view.pace === undefined || batch.startedAt === undefined) return whole
  const left = rounds(Math.max(0, batch.desired - batch.updated), batch)
  return Math.max(whole - (now - batch.startedAt) / 1000, (left - 1) * view.pace.roundSeconds, 0)
}
