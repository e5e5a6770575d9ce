import { expect, test } from 'vitest'
import { nextArea } from '../../../../renderer/shell/areas.ts'

const all = ['title', 'rail', 'sidebar', 'main', 'strip', 'panel'] as const

test('F6 goes round the areas in reading order and back', () => {
  expect(nextArea(all, 'title', false)).toBe('rail')
  expect(nextArea(all, 'panel', false)).toBe('title')
  expect(nextArea(all, 'title', true)).toBe('panel')
})

test('an area that is not on screen is passed over', () => {
  expect(nextArea(['title', 'rail', 'main'], 'rail', false)).toBe('main')
})

test('from nowhere it begins at the first, backwards at the last', () => {
  expect(nextArea(all, undefined, false)).toBe('title')
  expect(nextArea(all, undefined, true)).toBe('panel')
  expect(nextArea([], undefined, false)).toBeUndefined()
})
