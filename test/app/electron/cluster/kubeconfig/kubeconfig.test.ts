import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  loadKubeconfigs,
  type LoadedKubeconfigs,
} from '../../../../../electron/cluster/kubeconfig/kubeconfig.ts'
import { createHome, kubeconfigText, type Home } from '../../../../support/kubeconfig-home.ts'
import { realFiles } from '../../../../support/foreign-files.ts'
import { spoken, wordsOf } from '../../../../support/spoken.ts'

let home: Home
beforeEach(() => (home = createHome()))
afterEach(() => home.remove())

const complaints = (loaded: LoadedKubeconfigs): string =>
  loaded.problems.map((one) => wordsOf(one)).join('\n')

test('without KUBECONFIG it is ~/.kube/config', async () => {
  const path = home.write('.kube/config', kubeconfigText())
  const loaded = await home.load()
  expect(loaded.connections.map((one) => [one.name, one.file])).toEqual([['x', path]])
  expect(loaded.lookedAt).toEqual([path])
})

test('without any file there is nothing, no complaint, and the place that was looked at', async () => {
  expect(await home.load()).toEqual({
    connections: [],
    problems: [],
    unread: [],
    unresolved: [],
    lookedAt: [join(home.path, '.kube', 'config')],
  })
})

test('equal context names in two files stay two connections, and the second says that kubectl hides it', async () => {
  const a = home.write('a', kubeconfigText())
  const loaded = await home.load(a, home.write('b', kubeconfigText({ cluster: { server: 'https://two' } })))
  expect(loaded.connections.map((one) => [one.name, one.server, spoken(one.warnings)])).toEqual([
    ['x', 'https://one.example', []],
    ['x', 'https://two', [`kubectl does not see this context: ${a} has one of the same name.`]],
  ])
  expect(new Set(loaded.connections.map((one) => one.id)).size).toBe(2)
})

test('the current context is the one of the first file that names any', async () => {
  const loaded = await home.load(
    home.write('a', kubeconfigText({ context: 'a', current: '' })),
    home.write('b', kubeconfigText({ context: 'b', current: 'c', clusterName: 'cb', userName: 'ub' })),
    home.write('c', kubeconfigText({ context: 'c', current: 'a', clusterName: 'cc', userName: 'uc' })),
  )
  expect(loaded.connections.filter((one) => one.current).map((one) => one.name)).toEqual(['c'])
})

test('a context may use a cluster and a user that another file of the list defines', async () => {
  const loaded = await home.load(
    home.write('contexts', 'contexts: [{name: x, context: {cluster: c, user: u}}]'),
    home.write('rest', kubeconfigText({ context: 'other', user: { tokenFile: 'token' } })),
  )
  expect(loaded.connections.map((one) => [one.name, one.server, one.user])).toEqual([
    ['x', 'https://one.example', { kind: 'token-file', path: join(home.path, 'token'), token: '' }],
    ['other', 'https://one.example', { kind: 'token-file', path: join(home.path, 'token'), token: '' }],
  ])
  expect(loaded.problems).toEqual([])
})

test("where kubectl's merge takes a cluster from another file, both readings can be connected", async () => {
  const a = home.write('a', kubeconfigText({ context: 'staging', cluster: { server: 'https://staging' } }))
  const b = home.write('b', kubeconfigText({ context: 'prod', cluster: { server: 'https://prod' } }))
  const loaded = await home.load(a, b)
  expect(loaded.connections.map((one) => [one.name, one.server, spoken(one.warnings)])).toEqual([
    ['staging', 'https://staging', []],
    ['prod', 'https://prod', []],
    [
      'prod',
      'https://staging',
      [`As kubectl merges the files: with cluster "c" of ${a} and user "u" of ${a}.`],
    ],
  ])
  expect(new Set(loaded.connections.map((one) => one.id)).size).toBe(3)
})

test('the current context is what kubectl makes of it, where the readings differ', async () => {
  const a = home.write('a', kubeconfigText({ context: 's', current: 'p', cluster: { server: 'https://s' } }))
  const b = home.write('b', kubeconfigText({ context: 'p', current: '', cluster: { server: 'https://p' } }))
  const current = (await home.load(a, b)).connections.filter((one) => one.current)
  expect(current.map((one) => [one.name, one.server])).toEqual([['p', 'https://s']])
})

test('a file that stands twice in the list is read once', async () => {
  const a = home.write('a', kubeconfigText())
  expect((await home.load(a, a)).connections).toHaveLength(1)
})

test('a listed file that is missing is passed over, also the first one', async () => {
  const loaded = await home.load(join(home.path, 'missing'), home.write('a', kubeconfigText()))
  expect([loaded.connections.length, loaded.problems]).toEqual([1, []])
})

test.each([
  ['empty', '', 'empty'],
  ['only blanks', ' \n\n', 'empty'],
  ['no YAML', 'a: [', 'YAML'],
  ['UTF-16 without a mark', Buffer.from('kind: Config', 'utf16le'), 'UTF-16'],
  ['a list', '- a', 'no kubeconfig'],
  ['a text', 'hello', 'no kubeconfig'],
  ['a bomb of aliases', bomb(), 'YAML'],
])('a file that is %s is told in words and hides no other', async (_name, text, word) => {
  const bad = home.write('bad', text)
  const loaded = await home.load(bad, home.write('good', kubeconfigText()))
  expect(loaded.connections).toHaveLength(1)
  const whole = { file: bad, message: 'kubectl refuses all files of its list because of this one.' }
  expect(spoken(loaded.problems)).toEqual([
    { file: bad, message: expect.stringContaining(word) as string },
    ...(word === 'empty' ? [] : [whole]),
  ])
})

function bomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
  for (let n = 1; n < 10; n++)
    lines.push(
      `a${n}: &a${n} [${Array<string>(10)
        .fill(`*a${n - 1}`)
        .join(', ')}]`,
    )
  return lines.join('\n')
}

test('a folder in KUBECONFIG is told as that', async () => {
  expect(complaints(await home.load(home.path))).toContain('This is a folder')
})

test.skipIf(process.getuid?.() === 0)('a file that may not be read is told as that', async () => {
  const path = home.write('a', kubeconfigText())
  chmodSync(path, 0)
  expect(complaints(await home.load(path))).toBe('You may not read this file.')
})

test('of a key that stands there twice the last one counts, as for kubectl, and that is told', async () => {
  const text = kubeconfigText({ user: { token: 'first' } }).replace(
    'token: first',
    'token: first\n      token: last',
  )
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections[0]?.user).toEqual({ kind: 'token', token: 'last' })
  expect(complaints(loaded)).toMatch(/^A key stands twice in the same place: .* \(line \d+\)\.$/)
})

test('of several documents the first one counts, as for kubectl, and that is told', async () => {
  const text = `${kubeconfigText()}---\n${kubeconfigText({ context: 'second' })}`
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections.map((one) => one.name)).toEqual(['x'])
  expect(complaints(loaded)).toMatch(/^There are several documents in this file: .* \(line \d+\)\.$/)
})

test('nothing but colons in KUBECONFIG is no file at all, not ~/.kube/config, as for kubectl', async () => {
  home.write('.kube/config', kubeconfigText())
  const loaded = await loadKubeconfigs({ env: { KUBECONFIG: '::' }, homedir: home.path }, realFiles)
  expect([loaded.connections, loaded.lookedAt]).toEqual([[], ['$KUBECONFIG']])
  const none = await loadKubeconfigs({ env: { KUBECONFIG: '' }, homedir: home.path }, realFiles)
  expect(none.connections).toHaveLength(1)
})

test.each([
  ['a byte order mark', `\uFEFF${kubeconfigText()}`],
  ['UTF-16, little end first', Buffer.from(`\uFEFF${kubeconfigText()}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\uFEFF${kubeconfigText()}`, 'utf16le').swap16()],
  [
    'merge keys',
    kubeconfigText({ cluster: { server: '' } })
      .replace('server: ""', '<<: *common')
      .replace('apiVersion:', 'x: &common { server: https://one.example }\napiVersion:'),
  ],
  ['CRLF', kubeconfigText().replaceAll('\n', '\r\n')],
  [
    'JSON',
    '{"contexts":[{"name":"x","context":{"cluster":"c"}}],"clusters":[{"name":"c","cluster":{"server":"https://a"}}]}',
  ],
  [
    'unknown fields and extensions',
    `${kubeconfigText()}extensions: [{name: e, extension: {a: 1}}]\npreferences: {colors: true}\n`,
  ],
])('a file with %s is read', async (_name, text) => {
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections.map((one) => one.unusable)).toEqual([undefined])
  expect(loaded.problems).toEqual([])
})

test('lists that are null are empty lists', async () => {
  expect(await home.load(home.write('a', 'clusters: null\nusers:\ncontexts: null'))).toMatchObject({
    connections: [],
    problems: [],
  })
})

test('names that YAML takes for numbers, and odd names, are names', async () => {
  const names = ['42', '0x1F', 'true', 'a/b', 'arn:aws:eks:eu-1:123:cluster/x', '名字', 'a b@c+d..', '../x']
  const text = [
    'clusters: [{name: 1, cluster: {server: https://a}}]',
    'users: [{name: 2, user: {token: 12345, as: 7}}]',
    'contexts:',
    ...names.map(
      (name, at) => `- {name: ${at < 1 ? name : JSON.stringify(name)}, context: {cluster: 1, user: 2}}`,
    ),
  ].join('\n')
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections.map((one) => one.name)).toEqual(names)
  expect(loaded.connections.every((one) => /^[0-9a-f]{16}$/.test(one.id))).toBe(true)
  expect(loaded.connections[0]).toMatchObject({
    user: { kind: 'token', token: '12345' },
    impersonate: { user: '7' },
  })
})

test('a name, a token or a password without quotes is what is written there, not the number that YAML makes of it', async () => {
  const names = ['2048', '0x1F', '1e3', '007', '1.50', '0o17', '123456789012345678901234567890']
  const text = [
    'clusters: [{name: 0x10, cluster: {server: https://a}}]',
    'users: [{name: 1e2, user: {token: 0123456789012345678901}}]',
    'contexts:',
    ...names.map((name) => `- {name: ${name}, context: {cluster: 0x10, user: 1e2, namespace: 0010}}`),
    'current-context: 007',
  ].join('\n')
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections.map((one) => one.name)).toEqual(names)
  expect(loaded.connections.find((one) => one.current)?.name).toBe('007')
  expect(loaded.connections[0]).toMatchObject({
    namespace: '0010',
    user: { kind: 'token', token: '0123456789012345678901' },
  })
})

test.each([
  ['a cluster that is not defined', '{cluster: nowhere, user: u}', 'its cluster "nowhere" is not defined'],
  ['a user that is not defined', '{cluster: c, user: nobody}', 'its user "nobody" is not defined'],
  ['no cluster', '{user: u}', 'its cluster "" is not defined'],
  ['a cluster of the wrong kind', '{cluster: {a: 1}}', 'The context "lost" is not usable'],
])('a context with %s is told and hides no other', async (_name, context, words) => {
  const text = kubeconfigText().replace('contexts:', `contexts:\n  - {name: lost, context: ${context}}`)
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections.map((one) => one.name)).toEqual(['x'])
  expect(complaints(loaded)).toContain(words)
})

test('a cluster entry that is a text, as some tools leave it, hides no other', async () => {
  const text = kubeconfigText().replace(
    'clusters:',
    'clusters:\n  - {name: gone, cluster: ""}\n  - {name: odd, cluster: [1]}',
  )
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections.map((one) => one.name)).toEqual(['x'])
  expect(complaints(loaded)).toContain('The cluster "odd" is not usable')
})

test('a name that is defined twice in one file: the first counts, and kubectl would refuse the file', async () => {
  const text = kubeconfigText().replace(
    'clusters:',
    'clusters:\n  - {name: c, cluster: {server: https://first}}',
  )
  const loaded = await home.load(home.write('a', text))
  expect(loaded.connections[0]?.server).toBe('https://first')
  expect(complaints(loaded)).toContain('defined twice')
})

test('without a current context none is current, and that is normal', async () => {
  for (const text of [kubeconfigText({ current: '' }), kubeconfigText({ current: 'gone' })]) {
    const loaded = await home.load(home.write('a', text))
    expect([loaded.connections.some((one) => one.current), loaded.problems]).toEqual([false, []])
  }
})

test('five hundred contexts are listed in a moment, each once, with ids that outlive a restart', async () => {
  const contexts = Array.from({ length: 500 }, (_, n) => `- {name: c${n}, context: {cluster: c, user: u}}`)
  const text = kubeconfigText({
    user: { exec: { command: '/bin/false', apiVersion: 'client.authentication.k8s.io/v1' } },
  })
  const path = home.write(
    'a',
    text.replace('contexts:', `contexts:\n${contexts.map((line) => `  ${line}`).join('\n')}`),
  )
  const [one, two] = [await home.load(path), await home.load(path)]
  expect(one.connections).toHaveLength(501)
  expect(two).toEqual(one)
})

test('reading changes no file and creates none', async () => {
  const path = home.write(
    'a',
    kubeconfigText({ user: { exec: { command: 'touch', args: [join(home.path, 'ran')] } } }),
  )
  chmodSync(path, 0o444)
  const before = [readFileSync(path, 'utf8'), statSync(path).mtimeMs, statSync(home.path).mtimeMs]
  await home.load(path)
  expect([readFileSync(path, 'utf8'), statSync(path).mtimeMs, statSync(home.path).mtimeMs]).toEqual(before)
})

test('a file behind a symlink is the file with the name of the link', async () => {
  home.write('real/config', kubeconfigText({ user: { tokenFile: 'token' } }))
  symlinkSync(join(home.path, 'real', 'config'), join(home.path, 'link'))
  const loaded = await home.load(join(home.path, 'link'))
  expect(loaded.connections[0]?.user).toMatchObject({ path: join(home.path, 'token') })
})

test('a folder that was added gives the contexts of its kubeconfigs, each file on its own, and leaves the rest out', async () => {
  home.write('more/b.yaml', kubeconfigText({ context: 'b', current: 'b' }))
  home.write('more/a', kubeconfigText({ context: 'a', cluster: { server: 'https://a' } }))
  for (const name of ['.a.swp', 'a.lock', 'a~', 'b.yaml.bak', 'kubectx', 'notes.md', 'deeper/c'])
    home.write(`more/${name}`, kubeconfigText({ context: name }))
  home.write('more/values.yaml', 'replicas: [')
  home.write('more/broken', 'contexts: [')
  const loaded = await loadKubeconfigs(
    { env: {}, homedir: home.path, added: [join(home.path, 'more')] },
    realFiles,
  )
  expect(loaded.connections.map((one) => [one.name, one.server, one.current])).toEqual([
    ['a', 'https://a', false],
    ['b', 'https://one.example', false],
  ])
  expect(loaded.problems.map((one) => one.file)).toEqual([join(home.path, 'more', 'broken')])
})
