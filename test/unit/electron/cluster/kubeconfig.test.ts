import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadKubeconfigs } from '../../../../electron/cluster/kubeconfig.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tranche-kubeconfig-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function config(parts: {
  readonly context: string
  readonly server?: string
  readonly user?: string
}): string {
  return `
current-context: ${parts.context}
clusters: [{name: c, cluster: {server: ${parts.server ?? 'https://one.example'}}}]
users: [{name: u, user: ${parts.user ?? '{token: secret}'}}]
contexts: [{name: ${parts.context}, context: {cluster: c, user: u, namespace: demo}}]
`
}

function load(...paths: readonly string[]) {
  return loadKubeconfigs({ env: { KUBECONFIG: paths.join(':') }, homedir: folder })
}

test('equal context names in two files stay two connections; the first file names the current one', () => {
  const loaded = load(
    write('a', config({ context: 'x' })),
    write('b', config({ context: 'x', server: 'https://two' })),
  )
  expect(loaded.connections.map((one) => [one.name, one.server, one.current])).toEqual([
    ['x', 'https://one.example', true],
    ['x', 'https://two', false],
  ])
  expect(new Set(loaded.connections.map((one) => one.id)).size).toBe(2)
})

test('a listed file that is missing is skipped, as kubectl does', () => {
  const loaded = load(join(folder, 'missing'), write('a', config({ context: 'x' })))
  expect([loaded.connections.length, loaded.problems]).toEqual([1, []])
})

test.each([
  ['empty', '', 'empty'],
  ['no YAML', 'a: [', 'YAML'],
  ['UTF-16', Buffer.from([0xff, 0xfe, 0x61, 0]), 'UTF-16'],
  ['with a key twice', 'clusters: []\nclusters: []', 'YAML'],
])('a file that is %s is told in words and hides no other', (_name, text, word) => {
  const loaded = load(write('bad', text), write('good', config({ context: 'x' })))
  expect(loaded.connections).toHaveLength(1)
  expect(loaded.problems[0]?.message).toContain(word)
})

test('a context whose cluster is not defined is told and hides no other', () => {
  const text = `${config({ context: 'x' })}\n`.replace(
    'contexts: [',
    'contexts: [{name: lost, context: {cluster: nowhere, user: u}}, ',
  )
  const loaded = load(write('a', text))
  expect(loaded.connections.map((one) => one.name)).toEqual(['x'])
  expect(loaded.problems[0]?.message).toContain('nowhere')
})

test('relative paths start at the folder of the file that names them', () => {
  const loaded = load(write('a', config({ context: 'x', user: '{tokenFile: ./token}' })))
  expect(loaded.connections[0]?.user).toEqual({ kind: 'token-file', path: join(folder, 'token') })
})

test('what would change who we are, and is not supported, is refused in words', () => {
  const loaded = load(write('a', config({ context: 'x', user: '{token: t, as: boss, as-groups: [admins]}' })))
  expect(loaded.connections[0]?.user.kind).toBe('unsupported')
})

test('a name that YAML takes for a number is a name', () => {
  expect(load(write('a', config({ context: '42' }))).connections[0]?.name).toBe('42')
})
