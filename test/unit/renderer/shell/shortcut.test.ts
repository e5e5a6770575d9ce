import { expect, test } from 'vitest'
import { shortcutOf } from '../../../../renderer/shell/shortcut.ts'
import type { KeyPress } from '../../../../renderer/shell/shortcut.ts'

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    command: false,
    shift: false,
    alt: false,
    isComposing: false,
    repeat: false,
    typing: false,
    feeding: false,
    ...more,
  }
}

test.each([
  ['Enter', { command: true }, 'primary'],
  ['p', {}, 'pause'],
  ['Backspace', { command: true }, 'roll-back'],
  ['/', {}, 'filter'],
  ['k', { command: true }, 'palette'],
  ['F6', {}, 'next-area'],
  ['F6', { shift: true }, 'previous-area'],
] as const)('%s with %o means %s', (key, more, shortcut) => {
  expect(shortcutOf(press(key, more))).toBe(shortcut)
})

test.each([
  ['p', 'pausing while a tag is typed'],
  ['/', 'jumping away from a path'],
])('letters typed into a field do nothing: %s (%s)', (key) => {
  expect(shortcutOf(press(key, { typing: true }))).toBeUndefined()
})

test('deleting a word in a field does not ask to roll back', () => {
  expect(shortcutOf(press('Backspace', { command: true, typing: true }))).toBeUndefined()
})

test('the primary action works from the fields that it sends, and from no other', () => {
  expect(shortcutOf(press('Enter', { command: true, typing: true, feeding: true }))).toBe('primary')
  expect(shortcutOf(press('Enter', { command: true, typing: true }))).toBeUndefined()
})

test('keys of an input method and keys that are held down never act', () => {
  expect(shortcutOf(press('Enter', { command: true, isComposing: true }))).toBeUndefined()
  expect(shortcutOf(press('Enter', { command: true, repeat: true }))).toBeUndefined()
})
