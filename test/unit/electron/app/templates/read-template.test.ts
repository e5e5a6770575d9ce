import { expect, test } from 'vitest'
import { readTemplate } from '../../../../../electron/app/templates/read-template.ts'

const template = { spec: { containers: [{ name: 'app', image: 'app:1' }] } }

test.each([
  ['a pod template in YAML', 'spec:\n  containers:\n  - name: app\n    image: app:1\n'],
  ['a pod template in JSON', JSON.stringify(template)],
  ['a whole Deployment', `---\nkind: Deployment\nspec:\n  template: ${JSON.stringify(template)}\n`],
])('%s is read as the template that it has', (_what, text) => {
  expect(readTemplate(text)).toEqual({ kind: 'template', template })
})

test.each([
  ['nothing', '', { kind: 'no-object' }],
  ['a sentence', 'please restart it', { kind: 'no-object' }],
  ['a list', '- a\n- b', { kind: 'no-object' }],
  ['another object', 'kind: Service\nspec:\n  ports: []', { kind: 'no-containers' }],
  ['two documents', 'a: 1\n---\nb: 2', { kind: 'several-documents', line: 2 }],
  ['a broken line', 'spec:\n  containers: [\n  name: x', { kind: 'no-yaml', line: 3 }],
  ['a tab for indentation', 'spec:\n\tcontainers: []', { kind: 'no-yaml', line: 2 }],
  ['a key that is there twice', 'a: 1\na: 2', { kind: 'no-yaml', line: 2 }],
  ['an alias of nothing', 'spec: *none', { kind: 'no-yaml' }],
])('%s is no template, and says why in one line', (_what, text, problem) => {
  const read = readTemplate(text)
  expect(read).toMatchObject({ kind: 'problem', problem })
  expect(JSON.stringify(read)).not.toContain(String.raw`\n`)
})

test('aliases that multiply without end are refused, not computed', () => {
  const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]`
  const names = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
  const bomb = ['a: &a [x]', ...names.map((name, index) => level(name, names[index - 1] ?? 'a'))].join('\n')
  expect(readTemplate(bomb)).toMatchObject({ kind: 'problem', problem: { kind: 'no-yaml' } })
})
