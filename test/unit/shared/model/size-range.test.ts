import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { keepTotal, sizeRange } from '../../../../shared/view/sizes.ts'

const viewOf = (...sizes: readonly number[]) => ({
  batches: sizes.map((desired, index) => ({
    uid: uid(`b${String(index)}`),
    number: index + 1,
    desired,
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
    size: { kind: 'free' } as const,
  })),
})
const first = uid('b0')

test('of two batches without pods neither is given one that the other does not have', () => {
  expect(sizeRange(viewOf(0, 0), {}, first)).toEqual({ least: 0, most: 0, reach: 0 })
  expect(keepTotal(viewOf(0, 0), {}, { batch: first, pods: 1 })).toEqual({})
})

test('the last pod of a batch is not given away, and one that has none may stay so', () => {
  expect(sizeRange(viewOf(1, 0), {}, first)).toEqual({ least: 1, most: 1, reach: 1 })
  expect(sizeRange(viewOf(0, 16), {}, first)).toEqual({ least: 0, most: 15, reach: 15 })
  expect(keepTotal(viewOf(0, 16), {}, { batch: first, pods: 3 })).toEqual({ b0: 3, b1: 13 })
})

test('one batch alone grows to what the application takes; its slider reaches twice what it has, also while it is dragged', () => {
  expect(sizeRange(viewOf(16), {}, first)).toEqual({ least: 1, most: 5_000, reach: 32 })
  const dragged = keepTotal(viewOf(16), {}, { batch: first, pods: 999_999_999 })
  expect(dragged).toEqual({ b0: 5_000 })
  expect(sizeRange(viewOf(16), dragged, first).reach).toBe(32)
})
