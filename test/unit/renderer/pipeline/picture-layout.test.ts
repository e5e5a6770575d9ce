import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pictureLayout } from '../../../../renderer/pipeline/picture-layout.ts'

/** The column at 1440 and at 1100 pixels of window. */
const [wide, narrow] = [768, 688]
const layout = (width: number, pods: readonly number[], wanted: readonly number[] = []) =>
  pictureLayout({ width, pods, wanted })
const opened = (width: number, count: number, wanted: readonly number[]) =>
  layout(width, Array<number>(count).fill(10), wanted).columns.flatMap(({ open }, index) =>
    open ? [index] : [],
  )

test('segments are as wide as their pods, but a single pod can still be hit', () => {
  const { segments, perPod } = layout(wide, [1, 16, 16, 16])
  expect(segments[0]?.width).toBe(34)
  expect(segments[1]?.width).toBeCloseTo(16 * perPod)
  expect(segments[3]?.left).toBeCloseTo(wide - 16 * perPod)
})

test('four batches are four cards in the smallest window', () => {
  expect(opened(narrow, 4, [])).toEqual([0, 1, 2, 3])
})

test('one batch is one wide card', () => {
  expect(layout(wide, [16]).columns).toEqual([{ left: 0, width: wide, open: true }])
})

test('of twelve batches the wanted ones stay open, without scrolling in the smallest window', () => {
  const { width, columns } = layout(narrow, Array<number>(12).fill(10), [6, 7])
  expect(width).toBe(narrow)
  expect(columns.flatMap(({ open }, index) => (open ? [index] : []))).toEqual([6, 7])
  for (const { width: own, open } of columns) expect(own).toBeGreaterThanOrEqual(open ? 146 : 30)
})

test('a wider window opens more of them', () => {
  expect(opened(wide, 6, [2, 3]).length).toBeGreaterThan(2)
})

test('twenty batches are scrolled instead of being squeezed', () => {
  expect(layout(narrow, Array<number>(20).fill(10)).width).toBeGreaterThan(narrow)
})

test('whatever the sizes, columns and segments lie beside each other and within the width', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 3000 }), sizes, (width, pods) => {
      const picture = layout(width, pods, [1])
      for (const spans of [picture.segments, picture.columns]) {
        let end = -0.001
        for (const span of spans) {
          expect(span.left).toBeGreaterThanOrEqual(end)
          expect(span.width).toBeGreaterThan(0)
          end = span.left + span.width - 0.001
        }
        expect(end).toBeLessThanOrEqual(picture.width + 0.01)
      }
    }),
  )
})
