import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../../../../../electron/cluster/connection.ts'
import type { UserSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'
import { createSystemClock } from '../../../../../electron/cluster/clock/clock.ts'
import { createForeignFiles } from '../../../../../electron/cluster/dial/foreign-files.ts'
import { readPluginPolicy, type PluginPolicy } from '../../../../../electron/cluster/sign-in/plugin-policy.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { buildExec, createPluginFolder } from '../../../../support/plugin-folder.ts'
import { refuse, startRecordingServer, type RecordingServer } from '../../../../support/recording-server.ts'
import { wordsOf } from '../../../../support/spoken.ts'

let folder = ''
let server: RecordingServer
/** What the server takes; everything else is refused with 401. */
let accepted: (authorization: string) => boolean = () => true
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-credentials-'))
  accepted = () => true
  server = await startRecordingServer((asked, response) => {
    if (accepted(asked.headers.authorization ?? '')) response.end('{"gitVersion":"v1"}')
    else refuse(response, 401, { message: 'Unauthorized' })
  })
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})

async function reach(user: UserSpec): Promise<string> {
  const connection = await connect(buildSpec({ server: server.url, user }), buildConnectTools())
  if (!connection.ok) return `${connection.fault.code}: ${wordsOf(connection.fault)}`
  await connection.value.close()
  return connection.value.version
}

const sent = (): readonly string[] => server.asked.map((one) => one.headers.authorization ?? 'none')

test('a context without a user signs in as nobody', async () => {
  await reach({ kind: 'none' })
  expect(sent()).toEqual(['none'])
})

test('a token goes with each request', async () => {
  await reach({ kind: 'token', token: 'abc' })
  expect(sent()).toEqual(['Bearer abc'])
})

test('a password that is not plain ASCII is sent as UTF-8', async () => {
  await reach({ kind: 'basic', username: 'li', password: 'pä:ss' })
  expect(sent()).toEqual([`Basic ${Buffer.from('li:pä:ss').toString('base64')}`])
})

test('a token file is read anew for each request, without the newline at its end, and wins over a token', async () => {
  const path = join(folder, 'token')
  const user = { kind: 'token-file', path, token: 'fallback' } as const
  writeFileSync(path, 'one\n')
  await reach(user)
  writeFileSync(path, 'two\n')
  await reach(user)
  rmSync(path)
  await reach(user)
  expect(sent()).toEqual(['Bearer one', 'Bearer two', 'Bearer fallback'])
})

test('a token file that is missing or empty is told, and nothing is sent', async () => {
  const path = join(folder, 'token')
  expect(await reach({ kind: 'token-file', path, token: '' })).toContain(`The file ${path}`)
  writeFileSync(path, '\n')
  expect(await reach({ kind: 'token-file', path, token: '' })).toContain('is empty')
  expect(sent()).toEqual([])
})

test('a token that is refused is not sent again, and the answer is "sign in"', async () => {
  accepted = () => false
  expect(await reach({ kind: 'token', token: 'expired' })).toBe('unauthorized: Unauthorized')
  expect(sent()).toEqual(['Bearer expired'])
})

test('a token file that was rotated while the request was under way is read once more after a 401', async () => {
  const path = join(folder, 'token')
  writeFileSync(path, 'old')
  accepted = (authorization) => {
    writeFileSync(path, 'new')
    return authorization === 'Bearer new'
  }
  expect(await reach({ kind: 'token-file', path, token: '' })).toBe('v1')
  expect(sent()).toEqual(['Bearer old', 'Bearer new'])
})

test('after a 401 a plugin is run once more, and never a third time', async () => {
  const plugins = createPluginFolder()
  const command = plugins.write('plugin', `note('run'); answer({ token: 'token-' + process.pid })`)
  accepted = () => false
  expect(await reach({ kind: 'exec', exec: buildExec(command) })).toMatch(/^unauthorized: /)
  expect(plugins.notes()).toHaveLength(2)
  expect(new Set(sent()).size).toBe(2)
  plugins.remove()
})

const files = createForeignFiles(createSystemClock())
const policy = (env: Readonly<Record<string, string>>, homedir: string): Promise<PluginPolicy> =>
  readPluginPolicy(env, homedir, files)

test.each([
  ['no file', undefined, 'allow-all'],
  ['an empty file', '', 'allow-all'],
  ['no rule', 'kind: Preference\naliases: []\n', 'allow-all'],
  ['AllowAll', 'credentialPluginPolicy: AllowAll', 'allow-all'],
  ['DenyAll', 'credentialPluginPolicy: DenyAll', 'deny-all'],
  ['an unknown rule', 'credentialPluginPolicy: Sometimes', 'unreadable'],
  ['broken YAML', 'credentialPluginPolicy: [', 'unreadable'],
])("kubectl's preferences with %s are read as %s means it", async (_name, text, kind) => {
  const path = join(folder, 'kuberc')
  if (text !== undefined) writeFileSync(path, text)
  expect((await policy({ KUBERC: path }, '/nowhere')).kind).toBe(kind)
})

test('the list of allowed plugins is read in both spellings, and can be switched off as in kubectl', async () => {
  const path = join(folder, 'kuberc')
  writeFileSync(
    path,
    'credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{name: /a/b}, {command: c}]',
  )
  expect(await policy({ KUBERC: path }, '/nowhere')).toEqual({
    kind: 'allowlist',
    file: path,
    names: ['/a/b', 'c'],
  })
  expect(await policy({ KUBERC: 'off' }, folder)).toEqual({ kind: 'allow-all' })
  expect(await policy({ KUBERC: path, KUBECTL_KUBERC: 'false' }, folder)).toEqual({ kind: 'allow-all' })
})
