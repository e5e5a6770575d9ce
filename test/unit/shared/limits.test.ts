import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Bytes } from '../../../shared/limits.ts'

test('the size of a text is that of its UTF-8, also where a pair is cut in half', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(200), (text, at) => {
      const cut = text.slice(0, at)
      expect(utf8Bytes(cut)).toBe(new TextEncoder().encode(cut).length)
    }),
  )
})
