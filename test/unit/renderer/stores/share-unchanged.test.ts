import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareUnchanged } from '../../../../renderer/stores/share-unchanged.ts'

test('what did not change keeps its identity, what changed does not', () => {
  const before = {
    now: 1,
    batches: [
      { name: 'a', pods: 'oo' },
      { name: 'b', pods: 'oo' },
    ],
    lock: { kind: 'free' },
  }
  const after = {
    now: 2,
    batches: [
      { name: 'a', pods: 'oo' },
      { name: 'b', pods: 'no' },
    ],
    lock: { kind: 'free' },
  }
  const shared = shareUnchanged(before, after)
  expect(shared.batches[0]).toBe(before.batches[0])
  expect(shared.lock).toBe(before.lock)
  expect(shared.batches[1]).not.toBe(before.batches[1])
  expect(shared.batches).not.toBe(before.batches)
})

test('an equal snapshot is the same snapshot', () => {
  const before = { a: [1, { b: null }], c: undefined }
  expect(shareUnchanged(before, { a: [1, { b: null }], c: undefined })).toBe(before)
})

test('whatever came before, the result always equals the next snapshot', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(shareUnchanged(before, after)).toEqual(after)
      expect(shareUnchanged(after, structuredClone(after))).toEqual(after)
    }),
  )
})

test('a part that is gone is gone, also when nothing else changed', () => {
  expect(shareUnchanged<object>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
  expect(shareUnchanged([1, 2, 3], [1, 2])).toEqual([1, 2])
})
