import { expect, test } from 'vitest'
import type { CurveSample } from '../../../../shared/view/curve-series.ts'
import { noCurves, withSample, type CurveSeries } from '../../../../shared/view/curve-series.ts'

const about = { release: 'r1', longestQuietMs: 45_000 }
const sample = (seconds: number, parts: Partial<CurveSample> = {}): CurveSample => ({
  at: seconds * 1000,
  ready: 49,
  restarts: 0,
  share: 0,
  ...parts,
})

function series(
  samples: readonly CurveSample[],
  now: { readonly release: string | undefined } = about,
): CurveSeries {
  return samples.reduce((all, one) => withSample(all, one, { ...about, ...now }), noCurves)
}

test('what does not change is one line, not many samples', () => {
  const { samples } = series([0, 10, 20, 30].map((at) => sample(at)))
  expect(samples.map(({ at }) => at)).toEqual([0, 30_000])
})

test('after a silence the line is broken, because nobody saw what happened', () => {
  const { samples } = series([sample(0), sample(10), sample(3600)])
  expect(samples.at(-1)?.gap).toBe(true)
  expect(samples.slice(0, -1).some(({ gap }) => gap)).toBe(false)
})

test('a long release stays small, and its deepest dip and its gaps stay visible', () => {
  const many = Array.from({ length: 2000 }, (_, second) =>
    sample(second, { ready: second === 700 ? 12 : 49 - (second % 2), restarts: second > 900 ? 3 : 0 }),
  )
  const { samples } = series([...many, sample(9000)])
  expect(samples.length).toBeLessThanOrEqual(96)
  expect(Math.min(...samples.map(({ ready }) => ready))).toBe(12)
  expect(Math.max(...samples.map(({ restarts }) => restarts))).toBe(3)
  expect(samples.at(-1)).toMatchObject({ at: 9_000_000, gap: true })
  expect(samples.map(({ at }) => at)).toEqual(samples.map(({ at }) => at).toSorted((a, b) => a - b))
})

test('a new release begins its own curve, with the minute before it', () => {
  const before = series([sample(0), sample(30, { ready: 48 }), sample(100, { share: 0.4 })], {
    release: undefined,
  })
  const { samples } = withSample(before, sample(110), about)
  expect(samples.map(({ at, share }) => [at, share])).toEqual([
    [100_000, 0],
    [110_000, 0],
  ])
})

test('when its release leaves the picture the curve leaves with it', () => {
  const after = withSample(series([sample(0), sample(10)]), sample(20), { ...about, release: undefined })
  expect(after.samples).toEqual([sample(20)])
})
