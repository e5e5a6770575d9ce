import type { Batch, BatchSet } from '../model/batch-set.ts'
import type { CurveSample } from './curve-series.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'

/** `from`: measured on batches that are done in this release, or on the start times of pods. */
export type Pace = {
  /** One round of a rollout: surge + unavailable pods, from their creation until they count as available. */
  readonly roundSeconds: number
  readonly from: 'batches' | 'pods'
  /** How long the newest pods took to become ready; absent where no pod says it. */
  readonly podSeconds?: number
}

/**
 * How many rounds a rollout takes. The Deployment controller lets surge pods come up beside the old ones and takes
 * unavailable pods away at once, so each round replaces surge + unavailable pods: 16 pods at +4/-4 are 2 rounds.
 */
export function rounds(pods: number, { surge, unavailable }: Rolling): number {
  return Math.ceil(pods / Math.max(1, surge + unavailable))
}

type Rolling = { readonly surge: number; readonly unavailable: number }

export type PaceInput = {
  readonly set: BatchSet
  readonly release: Release | undefined
  /** Batches that were done while nobody watched tell nothing about how long they took. */
  readonly curves: readonly CurveSample[]
}

/**
 * Seconds of one round: the median over the batches that are updated in this release, else the median start time of
 * the pods (the new ones where there are any) and minReadySeconds. Nothing where nothing is known.
 */
export function paceOf(input: PaceInput): Pace | undefined {
  const { set } = input
  const podSeconds = median(newestStarts(set))
  const known = podSeconds === undefined ? {} : { podSeconds }
  const measured = median(measuredRounds(input))
  if (measured !== undefined) return { roundSeconds: measured, from: 'batches', ...known }
  if (podSeconds === undefined) return undefined
  const minReady = Math.max(0, ...set.batches.map((batch) => batch.minReadySeconds))
  return { roundSeconds: podSeconds + minReady, from: 'pods', ...known }
}

/** Start times of the pods of the present templates; of those that roll just now, where there are any. */
function newestStarts(set: BatchSet): readonly number[] {
  const rolling = startsOf(set.batches.filter((batch) => batch.old > 0))
  return rolling.length > 0 ? rolling : startsOf(set.batches)
}

/** So many are enough for a median; a view is made ten times a second, of thousands of pods. */
const enoughPods = 200

function startsOf(batches: readonly Batch[]): readonly number[] {
  const starts: number[] = []
  for (const batch of batches) {
    for (const pod of batch.pods) {
      if (pod.isNew && pod.startSeconds !== undefined) starts.push(pod.startSeconds)
      if (starts.length >= enoughPods) return starts
    }
  }
  return starts
}

function measuredRounds({ release, set, curves }: PaceInput): readonly number[] {
  return (release?.batches ?? []).flatMap((own) => {
    const batch = set.batches.find((one) => one.uid === own.uid)
    const time = release === undefined ? undefined : updateTime(release, own)
    if (batch === undefined || batch.desired === 0 || time === undefined) return []
    if (curves.some((sample, index) => sample.gap === true && overlaps(time, curves[index - 1], sample)))
      return []
    return [(time.to - time.from) / 1000 / rounds(batch.desired, batch.strategy)]
  })
}

/** From the patch until all its pods were ready; the log knows it even where a bake was begun anew. */
function updateTime(
  release: Release,
  own: ReleaseBatch,
): { readonly from: number; readonly to: number } | undefined {
  const { phase } = own
  if (phase.kind === 'baking') return { from: phase.rolledSince, to: phase.since }
  if (phase.kind !== 'done') return undefined
  const ready = release.log.find(
    ({ what, batch, at }) => what === 'batch-ready' && batch === own.uid && at >= phase.rolledSince,
  )
  return { from: phase.rolledSince, to: ready?.at ?? phase.at }
}

function overlaps(
  time: { readonly from: number; readonly to: number },
  before: CurveSample | undefined,
  after: CurveSample,
): boolean {
  return time.from < after.at && time.to > (before?.at ?? after.at)
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}
