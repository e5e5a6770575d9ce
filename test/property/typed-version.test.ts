import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseImage, readTypedVersion, splitImage, withVersion } from '../../shared/k8s/image.ts'

const host = fc.constantFrom(
  '',
  'eu.example/',
  'registry:5000/',
  'localhost/',
  'EU.Example:443/',
  '[::1]:5000/',
)
const path = fc
  .array(fc.stringMatching(/^[a-z0-9]{1,6}(?:(?:\.|_|__|-{1,3})[a-z0-9]{1,4})?$/), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join('/'))
const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hash) => `sha256:${hash}`)
const repository = fc.tuple(host, path).map(([front, rest]) => front + rest)
const suffix = fc.oneof(
  tag.map((one) => `:${one}`),
  digest.map((one) => `@${one}`),
  fc.tuple(tag, digest).map(([one, other]) => `:${one}@${other}`),
)
const reference = fc.tuple(repository, suffix).map((both) => both.join(''))
/** Whatever hands type and paste: pieces of references, in any order. */
const typed = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc
    .array(
      fc.oneof(tag, digest, repository, fc.constantFrom(':', '@', '/', '.', '-', ' ', '\n', 'sha256:', '"')),
      {
        maxLength: 6,
      },
    )
    .map((parts) => parts.join('')),
)

test('every reference of the grammar is taken apart, and put together it is the same text', () => {
  fc.assert(
    fc.property(repository, suffix, (name, rest) => {
      const parsed = parseImage(name + rest)
      expect(parsed).toMatchObject({ kind: 'image', repository: name })
      if (parsed.kind === 'image')
        expect(
          parsed.repository +
            (parsed.tag === '' ? '' : `:${parsed.tag}`) +
            (parsed.digest === '' ? '' : `@${parsed.digest}`),
        ).toBe(name + rest)
    }),
  )
})

test('a whole reference that is pasted where a version is asked for is that reference, or a version of the own repository', () => {
  fc.assert(
    fc.property(reference, reference, (now, pasted) => {
      const meant = withVersion(now, pasted)
      // `2@sha256:…` is the one text that both may be.
      if (readTypedVersion(pasted).kind === 'whole') expect(meant).toBe(pasted)
      else expect(pasted).toMatch(/^(?:v?\d[^:]*@|sha(?:256|512):)/)
      expect(parseImage(meant).kind).toBe('image')
    }),
  )
})

test('a version, with or without the mark before it, keeps the repository', () => {
  fc.assert(
    fc.property(reference, suffix, fc.boolean(), (now, version, marked) => {
      const bare = version.slice(1)
      fc.pre(marked || !/^[^:]*@/.test(bare) || /^v?\d/.test(bare))
      expect(withVersion(now, marked ? version : bare)).toBe(splitImage(now).repository + version)
    }),
  )
})

test('whatever is typed becomes what was typed, or is refused: never another tag, digest or repository', () => {
  fc.assert(
    fc.property(reference, typed, (now, text) => {
      const meant = withVersion(now, text)
      const parsed = parseImage(meant)
      if (text.trim() === '') expect(meant).toBe(now)
      else if (parsed.kind === 'image') {
        const { repository: own } = splitImage(now)
        // Every part of it stands word for word in what was typed; only the own repository may be added.
        expect(parsed.repository === own || text.includes(parsed.repository)).toBe(true)
        expect(text).toContain(parsed.tag)
        expect(text).toContain(parsed.digest)
        expect([text.trim(), `:${text.trim()}`, `@${text.trim()}`].some((one) => meant.endsWith(one))).toBe(
          true,
        )
      } else expect(parsed.part.length).toBeLessThanOrEqual(meant.length)
    }),
    { numRuns: 1_000 },
  )
})
