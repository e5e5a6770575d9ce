import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { stringify } from 'yaml'
import { buildPage } from '../../electron/install.mjs'
import { proofOf } from '../../electron/browser/handshake.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { createPluginFolder, type PluginFolder } from '../support/plugin-folder.ts'
import { startRecordingServer, type Asked, type RecordingServer } from '../support/recording-server.ts'

/** Like nothing that a pattern would find, and each another one, so that it is known which has flown. */
const canary = (of: string): string => `quietly-singing-${of}-bird`
const kinds = ['bearer', 'basic', 'argument', 'equals', 'environment', 'plugin', 'address', 'proxy'] as const
const host = resolve(import.meta.dirname, '..', '..', 'electron')

let folder: string
let plugins: PluginFolder
let server: RecordingServer
let child: ChildProcess | undefined
let page: WebSocket | undefined

// It serves the page, which has to be there.
beforeAll(() => buildPage(process.execPath), 180_000)
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-canaries-'))
  plugins = createPluginFolder()
  server = await startRecordingServer(repeat)
})
afterEach(async () => {
  page?.terminate()
  if (child?.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  await server.close()
  plugins.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** A server that lets everybody in, and says in each refusal and in each watch what it was told. */
function repeat({ url, rawHeaders }: Asked, response: ServerResponse): void {
  const sent = rawHeaders.join(' ')
  const pairs = [...sent.matchAll(/Basic (\S+)/g)].map(([, text = '']) =>
    Buffer.from(text, 'base64').toString(),
  )
  const message = `you said ${sent} or ${pairs.join(' or ')}`
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 500, message }
  if (url.endsWith('/version')) response.end(JSON.stringify({ gitVersion: 'v1.36.0' }))
  else if (url.includes('watch=true')) response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`)
  else response.writeHead(403).end(JSON.stringify({ ...status, code: 403, reason: 'Forbidden' }))
}

/** One context for each way to sign in. */
function writeKubeconfig(): string {
  const working = plugins.write('login', `answer({ token: '${canary('plugin')}' })`)
  const failing = plugins.write(
    'fails',
    `console.error('no login with ' + process.argv.slice(2) + ' ' + env.LOGIN_SECRET); process.exit(1)`,
  )
  const exec = (command: string, more: object = {}) => ({
    exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never', ...more },
  })
  const env = [{ name: 'LOGIN_SECRET', value: canary('environment') }]
  const user: Readonly<Record<string, object>> = {
    bearer: { token: canary('bearer') },
    basic: { username: 'ops', password: canary('basic') },
    argument: exec(failing, { args: ['login', '--client-secret', canary('argument')], env }),
    equals: exec(failing, { args: ['login', `--client-secret=${canary('equals')}`] }),
    plugin: exec(working),
    address: {},
    proxy: { token: canary('bearer') },
  }
  const named = (address: string, of: string) => address.replace('http://', `http://ops:${canary(of)}@`)
  const text = stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'plain', cluster: { server: server.url } },
      { name: 'address', cluster: { server: named(server.url, 'address') } },
      {
        name: 'proxy',
        cluster: { server: 'http://127.0.0.2:1/api', 'proxy-url': named(server.url, 'proxy') },
      },
    ],
    users: Object.entries(user).map(([name, one]) => ({ name, user: one })),
    contexts: Object.keys(user).map((name) => ({
      name,
      context: { cluster: name === 'address' || name === 'proxy' ? name : 'plain', user: name },
    })),
  })
  const file = join(folder, 'config')
  writeFileSync(file, text, { mode: 0o600 })
  return file
}

function start(program: string, ...args: readonly string[]): { readonly out: () => string } {
  let out = ''
  const own = spawn(
    process.execPath,
    [join(host, program, 'main.ts'), '--data-folder', join(folder, 'data'), ...args],
    {
      env: { ...process.env, HOME: folder, KUBECONFIG: writeKubeconfig() },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  for (const stream of [own.stdout, own.stderr]) stream.on('data', (piece) => (out += String(piece)))
  child = own
  return { out: () => out }
}

/** The page's end of the one WebSocket, with every frame that comes to it. */
async function openPage(url: string): Promise<{ readonly client: Client; readonly frames: string[] }> {
  const frames: string[] = []
  const { origin, host: to, hash } = new URL(url)
  const secret = new URLSearchParams(hash.slice(1)).get('k') ?? ''
  const hello = 'n'.repeat(32)
  const socket = new WebSocket(`ws://${to}/pipe`, 'tranche.v1', { origin })
  page = socket
  await once(socket, 'open')
  socket.send(JSON.stringify({ hello }))
  const [greeting] = (await once(socket, 'message')) as [Buffer]
  const { nonce } = JSON.parse(greeting.toString('utf8')) as { readonly nonce: string }
  socket.send(JSON.stringify({ proof: proofOf(secret, 'page', hello + nonce) }))
  await once(socket, 'message')
  const listeners = new Set<(message: unknown) => void>()
  socket.on('message', (data: Buffer) => {
    frames.push(data.toString('utf8'))
    for (const listener of listeners) listener(JSON.parse(data.toString('utf8')))
  })
  const client = connect({
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onClose: () => () => undefined,
    close: () => socket.close(),
  })
  return { client, frames }
}

/** The command lines of all that runs here now, but for the plugin's own: that is what its kubeconfig says. */
function commandLines(): string {
  return globSync('/proc/[0-9]*/cmdline')
    .map((path) => {
      try {
        return readFileSync(path, 'utf8')
      } catch {
        return ''
      }
    })
    .filter((line) => !line.includes(plugins.path))
    .join('\n')
}

function contentsOf(path: string): string {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => readFileSync(join(one.parentPath, one.name), 'latin1'))
    .join('\n')
}

function expectNoCanary(where: string, text: string): void {
  for (const kind of kinds) {
    const inBase64 = Buffer.from(`ops:${canary(kind)}`).toString('base64')
    for (const secret of [canary(kind), inBase64])
      expect(text.includes(secret) ? `${kind} in ${where}: ${around(text, secret)}` : 'none').toBe('none')
  }
}

function around(text: string, secret: string): string {
  const at = text.indexOf(secret)
  return text.slice(Math.max(0, at - 200), at + 80)
}

test('no canary of any way to sign in is in a frame, in what is said, in a file or among the processes', async () => {
  const { out } = start('browser', '--no-open')
  let url: string | undefined
  while (url === undefined) {
    await once(child?.stdout ?? process.stdin, 'data')
    url = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(out())?.[0]
  }
  const { client, frames } = await openPage(url)
  let now: ClustersView['clusters'] = []
  let changed = (): void => undefined
  client.subscribe('clusters', {}, ({ clusters }) => {
    now = clusters
    changed()
  })
  const until = async <T>(look: () => T | undefined): Promise<T> => {
    for (;;) {
      const found = look()
      if (found !== undefined) return found
      await new Promise<void>((resolve) => (changed = resolve))
    }
  }
  const others = await until(() => (now.length > 7 ? now.filter((one) => !one.training) : undefined))
  for (const { id: connection } of others) {
    const asked = await client.call('cluster/connect', { connection })
    if (!asked.ok && asked.fault.code === 'consent-needed') {
      const consent = await until(() => {
        const state = now.find((one) => one.id === connection)?.state
        return state?.kind === 'consent' ? state.key : undefined
      })
      await client.call('cluster/connect', { connection, consent })
    }
    const target = { connection, namespace: 'default' }
    await new Promise<void>((seen) => {
      client.subscribe('services', target, () => seen())
      client.subscribe('pipeline', { ...target, service: 'web' }, () => seen())
      void client.call('rights/review', target).then(() => seen())
    })
  }
  const report = await client.call('doctor/report', {})
  expect(report.ok).toBe(true)
  // What the failing plugins say, and what the watches are told, has come.
  while (
    !frames.some((one) => one.includes('no login with')) ||
    !frames.some((one) => one.includes('you said'))
  )
    await once(page ?? process, 'message')
  // Each was told to the server, which has repeated it: else the test would see none because there is none.
  const told = server.asked.map((one) => one.rawHeaders.join(' ')).join('\n')
  for (const kind of ['bearer', 'plugin'] as const) expect(told).toContain(canary(kind))
  for (const kind of ['basic', 'address', 'proxy'] as const)
    expect(told).toContain(Buffer.from(`ops:${canary(kind)}`).toString('base64'))
  expectNoCanary('the frames', frames.join('\n'))
  expectNoCanary('what the host says', out())
  expectNoCanary('the data folder', contentsOf(join(folder, 'data')))
  expectNoCanary('the process list', commandLines())
}, 25_000)

test.each(['bearer', 'basic', 'argument', 'equals', 'plugin', 'address', 'proxy'])(
  'the terminal says no canary of a context that signs in by %s',
  async (context) => {
    for (const command of [['status', '--output', 'json'], ['doctor']]) {
      const { out } = start('cli', ...command, '--context', context, '--trust-plugins', '--timeout', '5s')
      if (child !== undefined) await once(child, 'close')
      expect(out()).not.toBe('')
      expectNoCanary(command.join(' '), out())
    }
    expectNoCanary('the data folder', contentsOf(join(folder, 'data')))
  },
  25_000,
)
