import { expect, test } from 'vitest'
import { pictureLayout } from '../../../../renderer/pipeline/picture-layout.ts'
import { countPods } from '../../../../renderer/pipeline/pod-counts.ts'
import { ribbonPaths } from '../../../../renderer/pipeline/ribbon-paths.ts'

function paths(letters: readonly string[]) {
  const pods = letters.map((one) => one.length)
  const layout = pictureLayout({ width: 768, pods, wanted: [] })
  return ribbonPaths(
    layout,
    letters.map((one) => ({ counts: countPods(one), pods: one.length })),
    180,
  )
}

/** Where a band ends, over its card. */
const neck = (path: string) => {
  const [, right, left] = /H([\d.]+)V[\d.]+C[\d.]+ [\d.]+ [\d.]+ [\d.]+ [\d.]+ 0Z/.exec(path) ?? []
  return { right: Number(right), left: Number(left) }
}

test('the bands follow the order of the segment: new, starting, failing, old; ending pods serve nothing', () => {
  expect(paths(['ooe', 'nnsfoee']).map(({ kind }) => kind)).toEqual(['old', 'new', 'start', 'fail', 'old'])
})

test('the neck of the largest batch is the widest, the others are narrower in proportion', () => {
  const [one, all] = paths(['o'.repeat(8), 'o'.repeat(16)]).map(({ path }) => {
    const [, left = '0'] = /V180H/.test(path) ? (/ ([\d.]+) [\d.]+V180H/.exec(path) ?? []) : []
    return neck(path).right - Number(left)
  })
  expect(all).toBeCloseTo(76, 0)
  expect(one).toBeCloseTo(38, 0)
})

test('a batch without any pod still has its band', () => {
  expect(paths(['', 'oo']).map(({ kind }) => kind)).toEqual(['old', 'old'])
})
