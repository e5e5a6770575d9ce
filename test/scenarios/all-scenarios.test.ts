import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { doNotApply } from './do-not-apply.ts'

const root = resolve(import.meta.dirname, '..')

/** The rows of docs/scenarios.md: what each number means, and whether it has to be played on a real control plane. */
const rows = readFileSync(resolve(root, '..', 'docs', 'scenarios.md'), 'utf8').matchAll(
  /^\|\s*(\d+)\s*\|.*\|\s*(real)?\s*\|$/gm,
)
const scenarios = [...rows].map(([, number, real]) => ({ number: Number(number), nasty: real !== undefined }))
const nasty = scenarios.filter((scenario) => scenario.nasty).map(({ number }) => number)

/** Numbers in the titles of tests: `scenario 7`. */
function tested(files = '**/*.test.ts'): ReadonlySet<number> {
  const texts = globSync(files, { cwd: root }).map((path) => readFileSync(resolve(root, path), 'utf8'))
  const titles = texts.flatMap((text) => [...text.matchAll(/['"`]scenario (\d+):/g)])
  return new Set(titles.map(([, number]) => Number(number)))
}

test('each of the 56 scenarios of release engines is played by a test, or does not apply for a written reason', () => {
  const played = tested()
  const numbers = scenarios.map(({ number }) => number)
  expect(numbers).toEqual(Array.from({ length: 56 }, (_, index) => index + 1))
  expect(numbers.filter((one) => !played.has(one) && doNotApply[one] === undefined)).toEqual([])
  expect(numbers.filter((number) => played.has(number) && doNotApply[number] !== undefined)).toEqual([])
  expect([...played].filter((number) => number < 1 || number > 56)).toEqual([])
})

test('each nasty scenario is played on a real control plane, too', () => {
  expect(nasty).toHaveLength(33)
  const played = tested('scenarios/*.nasty.test.ts')
  expect(nasty.filter((number) => !played.has(number))).toEqual([])
})
