import fc from 'fast-check'
import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { forecast, keepTotal, sizeOf, sizeRange } from '../../../../shared/view/sizes.ts'

function viewOf(sizes: readonly number[]) {
  return {
    others: 0,
    batches: sizes.map((desired, index) => ({
      uid: uid(`b${index}`),
      number: index + 1,
      desired,
      strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
      size: { kind: 'free' } as const,
    })),
  }
}

test.each([
  [
    [1, 16, 16, 16],
    ['2.0', '34.7', '67.3', '100.0'],
  ],
  [
    [1, 4, 12, 32],
    ['2.0', '10.2', '34.7', '100.0'],
  ],
])('%j pods ramp the traffic to %j percent', (sizes, shares) => {
  expect(forecast(viewOf(sizes), {}).map((row) => (row.share * 100).toFixed(1))).toEqual(shares)
})

test('moving pods keeps the total and leaves every batch at least one', () => {
  const moves = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -50, max: 100 })), { maxLength: 20 })
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 4 }),
      moves,
      (sizes, wishes) => {
        const view = viewOf(sizes)
        let now = {}
        for (const [index, pods] of wishes) {
          const batch = view.batches[index % view.batches.length]
          if (batch !== undefined) now = keepTotal(view, now, { batch: batch.uid, pods })
        }
        const result = view.batches.map((batch) => sizeOf(batch, now))
        expect(result.reduce((a, b) => a + b, 0)).toBe(sizes.reduce((a, b) => a + b, 0))
        expect(Math.min(...result)).toBeGreaterThanOrEqual(1)
      },
    ),
  )
})

test('pods of batches that wait go to the next one whose size is free; one that is fixed is never touched', () => {
  const fixed = { kind: 'fixed', why: { kind: 'size-updated' } } as const
  const view = {
    batches: viewOf([1, 16, 16, 16]).batches.map((batch, index) =>
      index === 0 || index === 2 ? { ...batch, size: fixed } : batch,
    ),
  }
  expect(keepTotal(view, {}, { batch: uid('b1'), pods: 20 })).toEqual({ b1: 20, b3: 12 })
  expect(keepTotal(view, {}, { batch: uid('b3'), pods: 20 })).toEqual({ b1: 12, b3: 20 })
  expect(keepTotal(view, {}, { batch: uid('b2'), pods: 20 })).toEqual({})
  expect(sizeRange(view, {}, uid('b3'))).toMatchObject({ least: 1, most: 31 })
})

test('a size that was set and waits is where dragging begins, and where it ends when it is taken back', () => {
  const [first, second, third] = viewOf([1, 16, 16]).batches
  if (first === undefined || second === undefined || third === undefined) throw new Error('three batches')
  const waits = (planned: number) => ({ size: { kind: 'free', planned } as const })
  const view = { batches: [first, { ...second, ...waits(20) }, { ...third, ...waits(12) }] }
  expect(view.batches.map((batch) => sizeOf(batch, {}))).toEqual([1, 20, 12])
  const dragged = keepTotal(view, {}, { batch: second.uid, pods: 16 })
  expect(dragged).toEqual({ b1: 16, b2: 16 })
  expect(keepTotal(view, dragged, { batch: second.uid, pods: 20 })).toEqual({})
})
