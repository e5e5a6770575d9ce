import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { execCommandOf } from '../../electron/cluster/sign-in/exec-command.ts'
import { contextsOf } from '../../electron/cluster/kubeconfig/kubeconfig.ts'
import { parseKubeconfig } from '../../electron/cluster/kubeconfig/kubeconfig-file.ts'
import { eventually } from '../support/eventually.ts'
import { connect } from '../../electron/cluster/connection.ts'
import type { ConnectionSpec, UserSpec } from '../../electron/cluster/dial/connection-spec.ts'
import { buildConnectTools, buildSpec } from '../support/build-connection.ts'
import { buildExec, createPluginFolder, type PluginFolder } from '../support/plugin-folder.ts'
import { startRecordingServer, type Asked, type RecordingServer } from '../support/recording-server.ts'
import { wordsOf } from '../support/spoken.ts'

/** Looks like nothing that a pattern would find: it has to be known by its value. */
const canary = 'quietly-singing-yellow-bird'
let folder: string
let plugins: PluginFolder
let server: RecordingServer | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-canary-'))
  plugins = createPluginFolder()
})
afterEach(async () => {
  await server?.close()
  server = undefined
  plugins.remove()
  rmSync(folder, { recursive: true, force: true })
})

const users: Readonly<Record<string, () => UserSpec>> = {
  token: () => ({ kind: 'token', token: canary }),
  'token file': () => {
    const path = join(folder, 'token')
    writeFileSync(path, `${canary}\n`)
    return { kind: 'token-file', path, token: '' }
  },
  password: () => ({ kind: 'basic', username: 'ops', password: canary }),
  'token of a plugin': () => {
    const file = plugins.write('login', `answer({ token: '${canary}' })`)
    return { kind: 'exec', exec: buildExec(file) }
  },
}

type Answer = (asked: Asked, response: ServerResponse) => void

const oneTimeCode = 'one-time-code-of-a-sign-in'

/** All that it was told: as it was sent, and the secrets alone, where nothing says that they are some. */
const told = ({ rawHeaders }: Asked): string => {
  const sent = rawHeaders.join(' ')
  const [, scheme, secret = ''] = /(Basic|Bearer) (\S+)/.exec(sent) ?? []
  return `${sent} or ${secret} or ${scheme === 'Basic' ? Buffer.from(secret, 'base64').toString('utf8') : ''}`
}
const status = (code: number, message: string): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason: 'Forbidden', message })

const echoes: Readonly<Record<string, Answer>> = {
  'in a refusal': (asked, response) => response.writeHead(401).end(status(401, told(asked))),
  'in an error of its own': (asked, response) => response.writeHead(500).end(status(500, told(asked))),
  'in the place it sends us on to': (asked, response) =>
    response
      .writeHead(302, {
        location: `https://login.example/?code=${oneTimeCode}&said=${encodeURIComponent(told(asked))}`,
      })
      .end(),
  'in what is no JSON': (asked, response) => response.writeHead(200).end(told(asked)),
  'in what is to be waited for': (asked, response) =>
    response.writeHead(429, { 'retry-after': '1' }).end(status(429, told(asked))),
}

async function everythingSaid(spec: Partial<ConnectionSpec>): Promise<string> {
  const logged: string[] = []
  const tools = buildConnectTools({ log: (line) => logged.push(line) })
  const connected = await connect(buildSpec(spec), tools)
  if (connected.ok) {
    const list = await connected.value.api.list('Pod', { namespace: 'demo' })
    logged.push(JSON.stringify([connected.value.version, connected.value.health(), list]))
    await connected.value.close()
  }
  return JSON.stringify([connected.ok ? 'connected' : connected.fault, logged])
}

for (const [user, userOf] of Object.entries(users))
  test.each(Object.entries(echoes))(
    `a ${user} that a server repeats %s goes no further`,
    async (_, answer) => {
      server = await startRecordingServer(answer)
      const said = await everythingSaid({ server: server.url, user: userOf() })
      expect(server.asked.length).toBeGreaterThan(0)
      expect(said).not.toContain(canary)
      expect(said).not.toContain(oneTimeCode)
      expect(said).not.toContain(Buffer.from(`ops:${canary}`).toString('base64'))
    },
  )

test.each(Object.entries(users))('a %s that is repeated in a warning goes no further', async (_, userOf) => {
  server = await startRecordingServer((asked, response) => {
    response.setHeader('warning', `299 - "you said ${told(asked).replaceAll('"', '')}"`)
    response.end(JSON.stringify({ gitVersion: 'v1.36.0', major: '1', minor: '36' }))
  })
  const connected = await connect(buildSpec({ server: server.url, user: userOf() }), buildConnectTools())
  if (!connected.ok) throw new Error(wordsOf(connected.fault))
  const tried = await connected.value.api.tryPatch('Deployment', { namespace: 'demo', name: 'web' }, {})
  await connected.value.close()
  expect(tried).toMatchObject({ value: { warnings: [expect.stringContaining('you said')] } })
  expect(JSON.stringify(tried)).not.toContain(canary)
})

test('what a plugin that fails says of its environment goes no further where its name says that it is secret', async () => {
  const file = plugins.write(
    'login',
    `console.error('bad secret: ' + env.CANARY_SECRET + ' of ' + env.CANARY_PROFILE); process.exit(1)`,
  )
  const env = [
    { name: 'CANARY_SECRET', value: canary },
    { name: 'CANARY_PROFILE', value: 'production' },
  ]
  const said = await everythingSaid({ user: { kind: 'exec', exec: buildExec(file, { env }) } })
  expect(said).not.toContain(canary)
  // Without such words nobody could read what a fault is about.
  expect(said).toContain('of production')
})

const yaml = (server: string, user: string): string => `
apiVersion: v1
kind: Config
clusters: [{ name: c, cluster: { server: '${server}' } }]
users: [{ name: u, user: ${user} }]
contexts: [{ name: main, context: { cluster: c, user: u } }]
`
function specOf(server: string, user = '{}'): ConnectionSpec {
  const file = parseKubeconfig(yaml(server, user), { path: 'config', folder: '/' })
  if (!file.ok) throw new Error(wordsOf(file.fault))
  const [spec] = contextsOf(file.value, [file.value], [])
  if (spec === undefined) throw new Error('no context')
  return spec
}

test('a name and password in the address of a server are signed in with, as by kubectl, and are in no address', async () => {
  server = await startRecordingServer(echoes['in a refusal'] ?? (() => undefined))
  const spec = specOf(server.url.replace('http://', `http://ops:${canary}@`))
  expect(spec.server).toBe(server.url)
  const said = await everythingSaid(spec)
  const sent = Buffer.from(`ops:${canary}`).toString('base64')
  expect(server.asked[0]?.rawHeaders.join(' ')).toContain(`Basic ${sent}`)
  expect(said).not.toContain(canary)
  expect(said).not.toContain(sent)
  const token = specOf(`https://ops:${canary}@api.example`, '{ token: abc }')
  expect(token).toMatchObject({ server: 'https://api.example', user: { kind: 'token' } })
  const { server: unusable, warnings } = specOf(`ftp://ops:${canary}@api.example`)
  expect(JSON.stringify([unusable, warnings])).not.toContain(canary)
})

test.each([
  ['behind it', ['get-token', '--client-secret', canary]],
  ['behind a =', ['get-token', `--client-secret=${canary}`]],
])('a client secret that an argument of a plugin gives %s is shown nowhere', async (_, args) => {
  const file = plugins.write(
    'login',
    `console.error('no login with ' + '${canary}' + ' today'); process.exit(1)`,
  )
  const exec = buildExec(file, { args })
  expect(JSON.stringify(execCommandOf(exec, {}))).not.toContain(canary)
  const said = await everythingSaid({ user: { kind: 'exec', exec } })
  expect(said).toContain('no login with')
  expect(said).not.toContain(canary)
})

test('what a watch says of its error, and what is no object or version, repeat no token', async () => {
  server = await startRecordingServer((asked, response) => {
    const path = asked.url
    const object = { kind: 'Status', code: 500, message: `you said ${told(asked)}` }
    const odd = { metadata: { name: `Odd ${told(asked)}`, uid: 'u' } }
    if (path === '/version')
      response.end(JSON.stringify({ gitVersion: `v1 of ${told(asked).split(' ').at(-3) ?? ''}` }))
    else if (path.includes('watch=true')) response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`)
    else if (path.includes('/pods')) response.end(JSON.stringify({ items: [odd] }))
    else response.end(JSON.stringify({ metadata: { resourceVersion: '5' }, items: [] }))
  })
  const connected = await connect(
    buildSpec({ server: server.url, user: { kind: 'token', token: canary } }),
    buildConnectTools(),
  )
  if (!connected.ok) throw new Error(wordsOf(connected.fault))
  const { value: connection } = connected
  const set = connection.watchNamespace('demo', () => false)
  const whys = (): string => JSON.stringify([set.watches(), set.snapshot()])
  await eventually(() => Promise.resolve(whys().includes('you said') ? true : undefined), {
    what: 'the words of the watch',
    atMostMs: 10_000,
  })
  const list = await connection.api.list('Pod', { namespace: 'demo' })
  const said = JSON.stringify([connection.version, list, whys(), connection.report(), connection.health()])
  set.stop()
  await connection.close()
  expect(list).toMatchObject({ fault: { code: 'bad-answer' } })
  expect(said).toContain('v1 of')
  expect(said).not.toContain(canary)
})
