import type { BatchSet } from '../model/batch-set.ts'
import { trafficOf } from './traffic.ts'
import type { Shown } from './version-of.ts'

export type CurveSample = {
  readonly at: number
  readonly ready: number
  readonly restarts: number
  /** 0..1 on the new version. */
  readonly share: number
  /** Nobody watched between the sample before and this one: no line is drawn there. */
  readonly gap?: true
}

/** The curves of one Service over one release, or over the last minutes where there is none. */
export type CurveSeries = { readonly release: string | undefined; readonly samples: readonly CurveSample[] }

export const noCurves: CurveSeries = { release: undefined, samples: [] }

/** More are merged two by two: the curve is 90 pixels wide. */
const mostSamples = 96
const minute = 60_000
/** Kept of the time before a release begins, so that its curve has something to rise from. */
const before = minute
const withoutRelease = 10 * minute

export function curveSample(set: BatchSet, shown: Shown, at: number): CurveSample {
  const { ready, fresh, share } = trafficOf(set, shown)
  return {
    at,
    ready,
    restarts: set.batches.reduce((sum, batch) => sum + batch.restarts, 0),
    share: share(fresh),
  }
}

/**
 * The series with one sample more. A new release begins a new curve; what does not change makes no samples; too many
 * are merged in pairs, which keeps the deepest dip and the highest number of restarts of each pair.
 * `longestQuietMs`: after so long without a sample nobody can say what happened in between.
 */
export function withSample(
  series: CurveSeries,
  sample: CurveSample,
  about: { readonly release: string | undefined; readonly longestQuietMs: number },
): CurveSeries {
  const kept = keptOf(series, sample.at, about.release)
  const last = kept.at(-1)
  if (last !== undefined && sample.at < last.at) return { release: about.release, samples: kept }
  const gap = last !== undefined && sample.at - last.at > about.longestQuietMs
  const next: CurveSample = gap ? { ...sample, gap: true } : sample
  const flat = last !== undefined && !gap && last.gap !== true && same(last, kept.at(-2)) && same(last, next)
  return { release: about.release, samples: merged([...(flat ? kept.slice(0, -1) : kept), next]) }
}

function keptOf(
  { release, samples }: CurveSeries,
  now: number,
  next: string | undefined,
): readonly CurveSample[] {
  if (next === undefined)
    return release === undefined ? samples.filter(({ at }) => at > now - withoutRelease) : []
  if (release === next) return samples
  // The shares of another release, or of none, are about other pods.
  return samples.filter(({ at }) => at > now - before).map((sample) => ({ ...sample, share: 0 }))
}

function same(a: CurveSample, b: CurveSample | undefined): boolean {
  return b !== undefined && a.ready === b.ready && a.restarts === b.restarts && a.share === b.share
}

function merged(samples: readonly CurveSample[]): readonly CurveSample[] {
  if (samples.length <= mostSamples) return samples
  const halved: CurveSample[] = []
  for (let index = 0; index < samples.length - 1; index += 2) {
    const [a, b] = [samples[index], samples[index + 1]]
    if (a === undefined || b === undefined) break
    if (b.gap === true) halved.push(a, b)
    else
      halved.push({
        ...b,
        ready: Math.min(a.ready, b.ready),
        restarts: Math.max(a.restarts, b.restarts),
        ...(a.gap && { gap: a.gap }),
      })
  }
  const last = samples.length % 2 === 1 ? samples.at(-1) : undefined
  return last === undefined ? halved : [...halved, last]
}
