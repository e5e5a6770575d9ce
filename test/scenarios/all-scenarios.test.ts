import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { doNotApply } from './do-not-apply.ts'

const root = resolve(import.meta.dirname, '..')

/** Numbers in the titles of tests: `scenario 7`. */
function tested(): ReadonlySet<number> {
  const texts = globSync('**/*.test.ts', { cwd: root }).map((path) =>
    readFileSync(resolve(root, path), 'utf8'),
  )
  const titles = texts.flatMap((text) => [...text.matchAll(/['"`]scenario (\d+):/g)])
  return new Set(titles.map(([, number]) => Number(number)))
}

test('each of the 56 scenarios of release engines is played by a test, or does not apply for a written reason', () => {
  const played = tested()
  const numbers = Array.from({ length: 56 }, (_, index) => index + 1)
  expect(numbers.filter((one) => !played.has(one) && doNotApply[one] === undefined)).toEqual([])
  expect(numbers.filter((number) => played.has(number) && doNotApply[number] !== undefined)).toEqual([])
  expect([...played].filter((number) => number < 1 || number > 56)).toEqual([])
})
