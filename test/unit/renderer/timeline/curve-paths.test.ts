import { expect, test } from 'vitest'
import { curvePaths } from '../../../../renderer/timeline/curve-paths.ts'
import type { CurveSample } from '../../../../shared/view/curve-series.ts'

const sample = (at: number, ready: number, gap?: true): CurveSample => ({
  at,
  ready,
  restarts: 0,
  share: 0,
  ...(gap && { gap }),
})
const ready = (samples: readonly CurveSample[]) =>
  curvePaths(samples, (one) => one.ready, { least: 6, fromZero: false })

test('a curve runs over the whole width, a dip goes down', () => {
  expect(ready([sample(0, 49), sample(50, 45), sample(100, 49)])).toEqual(['0.0,2.0 50.0,15.3 100.0,2.0'])
})

test('the loss of one pod of many is no cliff', () => {
  const [path = ''] = ready([sample(0, 1000), sample(100, 999)])
  expect(Number(path.split(',').at(-1))).toBeLessThan(7)
})

test('where nobody watched no line is drawn', () => {
  expect(ready([sample(0, 49), sample(10, 49), sample(90, 40, true), sample(100, 40)])).toHaveLength(2)
})

test('one sample is no curve', () => {
  expect(ready([sample(0, 49)])).toEqual([])
})
