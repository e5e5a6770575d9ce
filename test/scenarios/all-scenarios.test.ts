import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { doNotApply } from './do-not-apply.ts'

const root = resolve(import.meta.dirname, '..')

/** Those in which a simulated cluster proves nothing: they are played on a real control plane, too. */
const nasty = [
  ...[10, 11, 12, 13, 14, 15, 17, 18, 21, 22, 23, 25, 26, 27, 28, 31, 32, 33, 39, 40, 41, 42, 43],
  ...[45, 46, 47, 48, 49, 50, 51, 52, 53, 56],
]

/** Numbers in the titles of tests: `scenario 7`. */
function tested(files = '**/*.test.ts'): ReadonlySet<number> {
  const texts = globSync(files, { cwd: root }).map((path) => readFileSync(resolve(root, path), 'utf8'))
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

test('each nasty scenario is played on a real control plane, too', () => {
  const played = tested('scenarios/*.nasty.test.ts')
  expect(nasty.filter((number) => !played.has(number))).toEqual([])
})
