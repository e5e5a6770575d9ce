import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kubeconfigSentence } from '../../../../shared/words/kubeconfig-sentences.ts'

const folder = new URL('../../../../electron/cluster/', import.meta.url)
const texts = ['kubeconfig', 'dial']
  .flatMap((room) => readdirSync(new URL(room, folder)).map((name) => `${room}/${name}`))
  .filter((name) => /\/(kubeconfig(-entries|-file|-context)?|not-a-kubeconfig|read-text)\.ts$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))

/** Every whole sentence that the reader has, with something in each place that is filled in. */
const sentences = texts.flatMap((text) =>
  [...text.matchAll(/['`]([A-Za-z][^'`\n]* [^'`\n]*[.:](?: \$\{[^}`]*\})?)['`]/g)].map((match) =>
    (match[1] ?? '').replace(/\$\{[^}]*\}/g, 'x'),
  ),
)

test('whatever reading a kubeconfig may say is said in Chinese too', () => {
  expect(sentences.length).toBeGreaterThan(20)
  // Filled in with what kind it is.
  const spoken = sentences.map((text) =>
    text
      .replace(/^The x "/, 'The user "')
      .replace('its x is', 'its user "x" is')
      .replace(' for a x ', ' for a user '),
  )
  expect(spoken.filter((text) => !/\p{Script=Han}/u.test(kubeconfigSentence(text, 'zh')))).toEqual([])
})

test('names and paths stay as they stand in the file, and what is not ours is left alone', () => {
  expect(kubeconfigSentence('Context "a": its user "b" is not defined in /home/li/.kube/config.', 'zh')).toBe(
    '上下文“a”：其用户“b”未在 /home/li/.kube/config 中定义。',
  )
  expect(kubeconfigSentence('connect ETIMEDOUT 10.0.0.12:6443', 'zh')).toBe(
    'connect ETIMEDOUT 10.0.0.12:6443',
  )
  expect(kubeconfigSentence('The file is empty.', 'en')).toBe('The file is empty.')
})
