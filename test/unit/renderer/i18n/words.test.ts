import { expect, test } from 'vitest'
import { words } from '../../../../renderer/i18n/words.ts'

type Leaf = { readonly path: string; readonly value: unknown }

function leaves(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`))
}

const sameInBoth =
  /\/(tabs\/pods|logPod|pods|podsName|speedValue|command\/language|plan\/language|kubernetes)$/

test('both languages have the same keys, and no text is empty', () => {
  const english = leaves(words.en)
  const chinese = leaves(words.zh)
  expect(chinese.map((leaf) => leaf.path)).toEqual(english.map((leaf) => leaf.path))
  expect([...english, ...chinese].filter((leaf) => leaf.value === '').map((leaf) => leaf.path)).toEqual([])
})

test('every plain Chinese text has Chinese characters', () => {
  const plain = leaves(words.zh).filter(
    (leaf) => typeof leaf.value === 'string' && !sameInBoth.test(leaf.path),
  )
  const foreign = plain.filter((leaf) => !/[\p{Script=Han}，。]/u.test(String(leaf.value)))
  expect(foreign.map((leaf) => leaf.path)).toEqual([])
})

test('every plain English text is free of Chinese, but for the switch to it', () => {
  const texts = leaves(words.en).filter((leaf) => typeof leaf.value === 'string')
  const foreign = texts.filter((leaf) => /\p{Script=Han}/u.test(String(leaf.value)))
  expect(foreign.map((leaf) => leaf.path)).toEqual(['/shell/languageSwitch', '/shell/command/language'])
})
