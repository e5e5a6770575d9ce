import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitItems } from '../../../../../electron/cluster/dial/list-items.ts'

/** The items and what is left, of an answer that comes in pieces of this length. */
function split(text: string, length = 7): { readonly items: readonly unknown[]; readonly rest: unknown } {
  const items: unknown[] = []
  const splitter = splitItems((item) => items.push(JSON.parse(item)))
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += length) splitter.push(bytes.subarray(at, at + length))
  return { items, rest: JSON.parse(splitter.end()) }
}

const anything = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' })

test('whatever the items are and however the answer is cut, they come out as they were, one by one', () => {
  fc.assert(
    fc.property(
      fc.array(anything),
      fc.dictionary(fc.string(), anything),
      fc.record({ length: fc.integer({ min: 1, max: 40 }), indent: fc.constantFrom(undefined, 1) }),
      (items, around, { length, indent }) => {
        const { items: _, ...others } = around
        const whole = { ...others, items, metadata: { items: ['not these'], text: '"items":[{' } }
        expect(split(JSON.stringify(whole, null, indent), length)).toEqual({
          items: JSON.parse(JSON.stringify(items)) as unknown,
          rest: JSON.parse(JSON.stringify({ ...whole, items: [] })) as unknown,
        })
      },
    ),
  )
})

test('what is no list stays as it is', () => {
  for (const text of [
    '{"items":null}',
    '{"kind":"Status"}',
    '[{"items":[1]}]',
    '"items"',
    '{"items":{"a":[1]}}',
  ])
    expect(split(text)).toEqual({ items: [], rest: JSON.parse(text) as unknown })
})
