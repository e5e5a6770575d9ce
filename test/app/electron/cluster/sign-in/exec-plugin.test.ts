import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCredentials, type Credentials } from '../../../../../electron/cluster/sign-in/credentials.ts'
import { type Secrets } from '../../../../../electron/cluster/dial/secrets.ts'
import type { ConnectTools } from '../../../../../electron/cluster/connection.ts'
import type { ConnectionSpec, ExecSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'
import type { PluginTalk } from '../../../../../electron/cluster/sign-in/plugin-talk.ts'
import { execCommandOf } from '../../../../../electron/cluster/sign-in/exec-command.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { createAuthority } from '../../../../support/certificates.ts'
import { eventually } from '../../../../support/eventually.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import { buildExec, createPluginFolder, type PluginFolder } from '../../../../support/plugin-folder.ts'
import { wordsOf } from '../../../../support/spoken.ts'

let folder: PluginFolder
let open: Credentials[] = []
beforeEach(() => (folder = createPluginFolder()))
afterEach(() => {
  for (const one of open) one.close()
  open = []
  folder.remove()
})

function login(
  exec: Partial<ExecSpec> & { readonly command: string },
  more: { readonly spec?: Partial<ConnectionSpec>; readonly tools?: Partial<ConnectTools> } = {},
): Credentials {
  const spec = buildSpec({ ...more.spec, user: { kind: 'exec', exec: buildExec(exec.command, exec) } })
  const credentials = createCredentials(spec, buildConnectTools(more.tools))
  open.push(credentials)
  return credentials
}

async function secrets(credentials: Credentials): Promise<Secrets> {
  const got = await credentials.get()
  if (!got.ok) throw new Error(wordsOf(got.fault))
  return got.value
}

async function complaint(credentials: Credentials): Promise<string> {
  const got = await credentials.get()
  return got.ok ? 'no complaint' : `${got.fault.code}: ${wordsOf(got.fault)}`
}

const counting = `note('run'); answer({ token: 'token-' + require('node:fs').readFileSync(__filename.replace(/[^/]+$/, 'notes'), 'utf8').trim().split('\\n').length })`

test('however many requests wait, the plugin runs once', async () => {
  const credentials = login({ command: folder.write('plugin', counting) })
  const all = await Promise.all(Array.from({ length: 10 }, () => secrets(credentials)))
  expect(new Set(all.map((one) => JSON.stringify(one.headers)))).toEqual(
    new Set(['[["authorization","Bearer token-1"]]']),
  )
  await secrets(credentials)
  expect(folder.notes()).toEqual(['run'])
})

test('the plugin is told in KUBERNETES_EXEC_INFO what to answer in, and about the cluster if it asks for that', async () => {
  const command = folder.write('plugin', `note(env.KUBERNETES_EXEC_INFO); answer({ token: 't' })`)
  await secrets(login({ command }))
  const spec: Partial<ConnectionSpec> = {
    server: 'https://api.example/prefix',
    tls: { ca: { kind: 'text', pem: 'PEM' }, insecure: false, serverName: 'api' },
    proxyUrl: 'http://proxy.example',
  }
  await secrets(login({ command, provideClusterInfo: true, clusterConfig: { audience: 'x' } }, { spec }))
  expect(folder.notes().map((line) => JSON.parse(line) as unknown)).toEqual([
    { kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', spec: { interactive: false } },
    {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      spec: {
        interactive: false,
        cluster: {
          server: 'https://api.example/prefix',
          'tls-server-name': 'api',
          'certificate-authority-data': Buffer.from('PEM').toString('base64'),
          'proxy-url': 'http://proxy.example',
          config: { audience: 'x' },
        },
      },
    },
  ])
})

test('it gets its arguments as they are, without a shell, and its environment over ours', async () => {
  const command = folder.write(
    'plugin',
    `note(JSON.stringify([process.argv.slice(2), env.ONE, env.TWO])); answer({ token: 't' })`,
  )
  const env = { PATH: process.env['PATH'], ONE: 'ours', TWO: 'ours' }
  const exec = { command, args: ['a b', '$(id)', '; rm'], env: [{ name: 'TWO', value: 'theirs' }] }
  await secrets(login(exec, { tools: { env } }))
  expect(JSON.parse(folder.notes()[0] ?? '')).toEqual([['a b', '$(id)', '; rm'], 'ours', 'theirs'])
})

test('its stdin is closed: a plugin that asks for a code gets nothing instead of hanging', async () => {
  const command = folder.write(
    'plugin',
    `let got = ''; process.stdin.on('data', (chunk) => got += chunk).on('end', () => answer({ token: 'got:' + got }))`,
  )
  expect((await secrets(login({ command }))).headers).toEqual([['authorization', 'Bearer got:']])
})

test('a plugin that never answers is ended with all it started, and is not run again until a person tries', async () => {
  const command = folder.write(
    'plugin',
    `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => 0, 1e6)'])
note('run ' + process.pid + ' ' + child.pid); setInterval(() => 0, 1e6)`,
  )
  const clock = createFakeClock()
  const credentials = login({ command }, { tools: { clock } })
  const answer = complaint(credentials)
  const line = await eventually(() => Promise.resolve(folder.notes()[0]), { what: 'the plugin to run' })
  await clock.advance(120_000)
  expect(await answer).toBe(`timeout: ${command} did not answer within 120 seconds.`)
  const pids = line.split(' ').slice(1).map(Number)
  await eventually(() => Promise.resolve(pids.some(lives) ? undefined : true), {
    what: 'its processes to end',
  })
  await clock.advance(86_400_000)
  expect(await complaint(credentials)).toContain('timeout: ')
  expect(folder.notes()).toHaveLength(1)
  // The run before may still be on its way out: a person who is told so tries again.
  const again = (): Promise<string | undefined> => {
    credentials.retry()
    void credentials.get()
    return Promise.resolve(folder.notes()[1])
  }
  await eventually(again, { what: 'a second run' })
})

/** One that has ended and that nobody has asked for yet (a zombie) is no life: the first process may take its time. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

test('after a failure it waits 30 s, then twice as long, and a person need not wait', async () => {
  const command = folder.write(
    'plugin',
    `note('run'); console.error('SSO session has expired'); process.exit(3)`,
  )
  const clock = createFakeClock()
  const credentials = login({ command }, { tools: { clock } })
  const words = `plugin: ${command} failed (exit code 3): SSO session has expired`
  expect(await complaint(credentials)).toBe(words)
  expect(await complaint(credentials)).toBe(words)
  expect(folder.notes()).toHaveLength(1)
  await clock.advance(30_000)
  await complaint(credentials)
  expect(folder.notes()).toHaveLength(2)
  await clock.advance(59_000)
  await complaint(credentials)
  expect(folder.notes()).toHaveLength(2)
  credentials.retry()
  await complaint(credentials)
  expect(folder.notes()).toHaveLength(3)
})

test('a token is renewed a minute before it expires', async () => {
  const clock = createFakeClock()
  const expires = new Date(clock.now() + 600_000).toISOString()
  const body = `note('run'); answer({ token: 't', expirationTimestamp: ${JSON.stringify(expires)} })`
  const credentials = login({ command: folder.write('plugin', body) }, { tools: { clock } })
  await secrets(credentials)
  await clock.advance(539_000)
  await secrets(credentials)
  expect(folder.notes()).toHaveLength(1)
  await clock.advance(1_000)
  await secrets(credentials)
  expect(folder.notes()).toHaveLength(2)
})

test('after a 401 it runs once more; a second 401 in a row asks the person instead', async () => {
  const credentials = login({ command: folder.write('plugin', counting) })
  const first = await secrets(credentials)
  expect(credentials.refused(first)).toBe(true)
  const second = await secrets(credentials)
  expect(second.headers).toEqual([['authorization', 'Bearer token-2']])
  expect(credentials.refused(second)).toBe(false)
  expect(await complaint(credentials)).toContain('unauthorized: ')
  expect(folder.notes()).toHaveLength(2)
})

test('requests that were refused with an older token just use the newer one', async () => {
  const credentials = login({ command: folder.write('plugin', counting) })
  const old = await secrets(credentials)
  credentials.refused(old)
  await secrets(credentials)
  expect(credentials.refused(old)).toBe(true)
  await secrets(credentials)
  expect(folder.notes()).toHaveLength(2)
})

test('a token that held for a while may be renewed again when it is refused', async () => {
  const credentials = login({ command: folder.write('plugin', counting) })
  credentials.refused(await secrets(credentials))
  const second = await secrets(credentials)
  credentials.accepted(second)
  expect(credentials.refused(second)).toBe(true)
})

test('a greeting on stdout before the answer does no harm, even one with braces', async () => {
  const body = `console.log('Welcome {user}! {"a": 1'); answer({ token: 't' }); console.log('bye')`
  expect((await secrets(login({ command: folder.write('plugin', body) }))).headers).toHaveLength(1)
})

test('a plugin may hand out a certificate instead of a token', async () => {
  const { certificate, key } = createAuthority().issue({ name: 'li' })
  const status = JSON.stringify({ clientCertificateData: certificate, clientKeyData: key })
  const got = await secrets(login({ command: folder.write('plugin', `answer(${status})`) }))
  expect(got).toMatchObject({ headers: [], certificate, key })
})

test.each([
  [`console.log('no json at all')`, 'did not answer with JSON'],
  [`console.log('{"kind":"Other","apiVersion":"v1"}')`, 'did not answer with an ExecCredential'],
  [`answer({ token: 't' }, 'v1beta1')`, 'but the kubeconfig asks for client.authentication.k8s.io/v1'],
  [`answer({})`, 'without a token and without a certificate'],
  [`answer({ clientCertificateData: 'x' })`, 'only one half'],
  [`process.kill(process.pid, 'SIGTERM')`, 'ended by SIGTERM'],
  [`process.stdout.write('x'.repeat(3e6))`, 'more than a credential can be'],
])('the answer %s is told in words', async (body, words) => {
  const command = folder.write('plugin', body)
  const said = await complaint(login({ command }))
  expect(said).toMatch(/^plugin: /)
  expect(said).toContain(words)
})

test('a missing plugin is told with the folders that were looked in and the hint of the kubeconfig', async () => {
  const exec = { command: 'no-such-plugin', installHint: 'Install it with: brew install it' }
  expect(await complaint(login(exec, { tools: { env: { PATH: '/nowhere:/nor/here' } } }))).toBe(
    'plugin: no-such-plugin was not found (looked in /nowhere:/nor/here). Install it with: brew install it',
  )
})

function listening() {
  const said: (readonly string[])[] = []
  const state: { answer?: (line: string) => void; ended: number } = { ended: 0 }
  const talk: PluginTalk = {
    begin: ({ answer }) => {
      if (answer !== undefined) state.answer = answer
      return {
        say: (lines) => {
          said.push(lines)
          if (lines.at(-1)?.startsWith('Code') === true) state.answer?.('ABCD')
        },
        end: () => {
          state.ended++
        },
      }
    },
  }
  return { said, state, tools: { talk } }
}

test('what a plugin says while it waits for the person is shown as plain text, without what goes to stdout', async () => {
  const { said, state, tools } = listening()
  const body = `process.stderr.write('\\x1b[1mGo to\\x1b[0m https://sso.example/device\\r\\nand enter WXYZ\\u202e'); setTimeout(() => answer({ token: 'hidden' }), 200)`
  const credentials = login({ command: folder.write('plugin', body) }, { tools })
  await secrets(credentials)
  expect(said.at(-1)).toEqual(['Go to https://sso.example/device', 'and enter WXYZ'])
  expect([state.answer, state.ended]).toEqual([undefined, 1])
  expect(JSON.stringify(said)).not.toContain('hidden')
})

test('a plugin that always asks is told that somebody is there, and gets the line that is typed', async () => {
  const { state, tools } = listening()
  const body = `note(JSON.parse(env.KUBERNETES_EXEC_INFO).spec.interactive); process.stderr.write('Code: ')
process.stdin.once('data', (line) => { answer({ token: 'for-' + String(line).trim() }); process.exit(0) })`
  const credentials = login({ command: folder.write('plugin', body), interactiveMode: 'Always' }, { tools })
  expect((await secrets(credentials)).headers).toEqual([['authorization', 'Bearer for-ABCD']])
  expect([folder.notes(), state.ended]).toEqual([['true'], 1])
})

test('without anybody who could answer, a plugin that always asks is refused at once', async () => {
  const command = folder.write('plugin', `note('run')`)
  expect(await complaint(login({ command, interactiveMode: 'Always' }))).toContain('not-supported: ')
  expect(folder.notes()).toEqual([])
})

test('nothing is run without consent, and consent is for exactly one command', async () => {
  const command = folder.write('plugin', `note('run'); answer({ token: 't' })`)
  const found = execCommandOf(buildExec(command, { args: ['login'] }), {})
  const agreed = found.ok ? found.value.key : ''
  const tools = { consent: (asked: { readonly key: string }) => asked.key === agreed }
  for (const other of [
    { command, args: ['login', '--as-root'] },
    { command, args: ['login'], env: [{ name: 'HOME', value: '/' }] },
    { command, args: ['login'], file: '/another/kubeconfig' },
    { command: folder.write('other', ''), args: ['login'] },
  ])
    expect(await complaint(login(other, { tools }))).toContain('consent-needed: ')
  expect(folder.notes()).toEqual([])
  await secrets(login({ command, args: ['login'] }, { tools }))
  expect(folder.notes()).toEqual(['run'])
})

test("kubectl's own policy for plugins wins over the consent", async () => {
  const command = folder.write('plugin', `note('run'); answer({ token: 't' })`)
  const under = (policy: Awaited<ReturnType<ConnectTools['pluginPolicy']>>): Promise<string> =>
    complaint(
      login(
        { command: 'plugin' },
        { tools: { env: { PATH: folder.path }, pluginPolicy: () => Promise.resolve(policy) } },
      ),
    )
  const file = '/home/li/.kube/kuberc'
  expect(await under({ kind: 'deny-all', file })).toContain('DenyAll')
  expect(await under({ kind: 'allowlist', file, names: ['/usr/bin/plugin', 'other'] })).toContain('Allowlist')
  expect(await under({ kind: 'unreadable', file, why: { kind: 'words', words: 'bad' } })).toContain(
    'could not be read (bad)',
  )
  expect(folder.notes()).toEqual([])
  expect(await under({ kind: 'allowlist', file, names: ['plugin'] })).toBe('no complaint')
  expect(await under({ kind: 'allowlist', file, names: [command] })).toBe('no complaint')
})

test('a plugin that still runs is ended when the connection is closed', async () => {
  const command = folder.write('plugin', `note(String(process.pid)); setInterval(() => 0, 1e6)`)
  const credentials = login({ command })
  const answer = complaint(credentials)
  const pid = await eventually(() => Promise.resolve(folder.notes()[0]), { what: 'the plugin to run' })
  credentials.close()
  expect(await answer).toContain('closed: ')
  await eventually(() => Promise.resolve(lives(Number(pid)) ? undefined : true), {
    what: 'the plugin to end',
  })
  expect(await complaint(credentials)).toContain('closed: ')
})

test('no console window is opened for it on Windows', async () => {
  const options: unknown[] = []
  const recording = ((command: string, args: readonly string[], given: object) => {
    options.push(given)
    return spawn(command, args, given)
  }) as unknown as typeof spawn
  await secrets(
    login({ command: folder.write('plugin', `answer({ token: 't' })`) }, { tools: { spawn: recording } }),
  )
  expect(options).toMatchObject([{ windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] }])
})
