import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { createApp, type App } from '../../../../electron/app/app.ts'
import { openSettings } from '../../../../electron/app/storage/settings-file.ts'
import { createAddedKubeconfigs } from '../../../../electron/app/clusters/added-kubeconfigs.ts'
import { connect as connectCluster } from '../../../../electron/cluster/connection.ts'
import { execCommandOf } from '../../../../electron/cluster/sign-in/exec-command.ts'
import { loadKubeconfigs } from '../../../../electron/cluster/kubeconfig/kubeconfig.ts'
import type { ClustersView } from '../../../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import { connect, type Client } from '../../../../shared/rpc.ts'
import { buildConnectTools } from '../../../support/build-connection.ts'
import { createAuthority } from '../../../support/certificates.ts'
import { arrayPair } from '../../../support/pipe-pairs.ts'
import { createPluginFolder, type PluginFolder } from '../../../support/plugin-folder.ts'
import {
  refuse,
  startRecordingServer,
  type Asked,
  type RecordingServer,
} from '../../../support/recording-server.ts'
import { realFiles } from '../../../support/foreign-files.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

let home = ''
let plugins: PluginFolder
let app: App
let client: Client
let view: ClustersView
const servers: RecordingServer[] = []
const ca = createAuthority()
const certificate = ca.issue({ name: 'api', for: ['127.0.0.1'] })
const path = (name: string): string => join(home, name)
let changed: () => void = () => undefined

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'tranche-bad-cluster-'))
  plugins = createPluginFolder()
  const tools = buildConnectTools({ spawn })
  const settings = openSettings(path('data'), { newId: () => 'install-1', log: () => undefined })
  const addedKubeconfigs = createAddedKubeconfigs({
    dataFolder: path('data'),
    settings,
    homedir: path('home'),
    files: realFiles,
  })
  const load = (): ReturnType<typeof loadKubeconfigs> =>
    loadKubeconfigs(
      {
        env: { KUBECONFIG: path('config') },
        homedir: home,
        added: addedKubeconfigs.added(),
        pasted: addedKubeconfigs.pasted,
      },
      realFiles,
    )
  app = createApp({
    clock: tools.clock,
    newId: () => 'release-1',
    settings,
    addedKubeconfigs,
    survey: () => Promise.resolve([]),
    about: { version: '0', platform: 'test' },
    watchKubeconfigs: (onChange) => {
      changed = onChange
      return { refresh: () => undefined, stop: () => undefined }
    },
    kubeconfigs: await load(),
    loadKubeconfigs: load,
    connect: (spec, { consent, signal }) =>
      connectCluster(spec, { ...tools, signal, consent: (command) => command.key === consent }),
    pluginOf: ({ user }) =>
      Promise.resolve(user.kind === 'exec' ? execCommandOf(user.exec, tools.env) : undefined),
    self: {
      person: 'li@laptop',
      install: 'install-1',
      process: { machine: 'm', pid: 1, started: '1' },
      session: 's',
    },
    isGone: () => false,
    openTraining: false,
    log: () => undefined,
  })
  const pair = await arrayPair()
  app.attach(pair.app)
  client = connect(pair.page)
})
afterEach(async () => {
  await app.close()
  for (const server of servers.splice(0)) await server.close()
  plugins.remove()
  rmSync(home, { recursive: true, force: true })
})

type Entry = { readonly cluster: object; readonly user?: object }

/** A kubeconfig with these contexts, each with a cluster and a user of its own name. */
function kubeconfig(entries: Readonly<Record<string, Entry>>): string {
  return stringify({
    contexts: Object.keys(entries).map((name) => ({ name, context: { cluster: name, user: name } })),
    clusters: Object.entries(entries).map(([name, { cluster }]) => ({ name, cluster })),
    users: Object.entries(entries).map(([name, { user = {} }]) => ({ name, user })),
  })
}

async function know(entries: Readonly<Record<string, Entry>>): Promise<void> {
  writeFileSync(path('config'), kubeconfig(entries))
  await rescan()
}

async function rescan(): Promise<void> {
  await client.call('cluster/rescan', {})
  await fresh()
}

/** The view as a page that is opened now would get it. */
async function fresh(): Promise<void> {
  const pair = await arrayPair()
  const stop = app.attach(pair.app)
  view = await new Promise<ClustersView>((resolve) => connect(pair.page).subscribe('clusters', {}, resolve))
  stop()
}

function cluster(name: string): ClusterView {
  const found = view.clusters.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no cluster ${name}`)
  return found
}

/** Connects and says how it went; the view has to say the same. */
async function open(name: string, consent?: string): Promise<string> {
  const { id } = cluster(name)
  const reply = await client.call('cluster/connect', {
    connection: id,
    ...(consent !== undefined && { consent }),
  })
  await fresh()
  const { state } = cluster(name)
  if (reply.ok) {
    expect(state.kind).toBe('connected')
    return 'connected'
  }
  if (state.kind === 'failed') expect(state.fault).toEqual(reply.fault)
  return `${reply.fault.code}: ${wordsOf(reply.fault)}`
}

async function serve(
  answer: (asked: Asked, response: Parameters<typeof refuse>[0]) => void = healthy,
  tls = false,
): Promise<RecordingServer> {
  const server = await startRecordingServer(
    answer,
    tls ? { tls: { cert: certificate.certificate, key: certificate.key } } : {},
  )
  servers.push(server)
  return server
}

function healthy(asked: Asked, response: Parameters<typeof refuse>[0]): void {
  if (asked.url === '/version') response.end('{"gitVersion":"v1.36.2"}')
  else response.end('{"metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"demo"}}]}')
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

test('without a kubeconfig there is an empty list, and the places that were looked at', async () => {
  await rescan()
  expect(view).toMatchObject({ clusters: [], problems: [], lookedAt: [path('config')] })
})

test.each([
  ['empty', '', 'The file is empty.'],
  ['broken', 'clusters: [', 'The file is not valid YAML'],
  ['something else', '[1, 2]', 'The file is no kubeconfig'],
])('a kubeconfig that is %s is told in one sentence', async (_name, text, words) => {
  writeFileSync(path('config'), text)
  await rescan()
  expect(spoken(view.problems)).toEqual([
    { file: path('config'), message: expect.stringContaining(words) as string },
  ])
})

test('who asks to connect while that is under way is told what it comes to, and not before', async () => {
  let go = (): void => undefined
  const slow = await serve((asked, response) => {
    if (asked.url === '/version') go = () => void response.end('{"gitVersion":"v1.36.2"}')
    else healthy(asked, response)
  })
  await know({ slow: { cluster: { server: slow.url } } })
  const connection = cluster('slow').id
  const first = client.call('cluster/connect', { connection })
  while (slow.asked.length === 0) await new Promise((resolve) => setImmediate(resolve))
  const order: string[] = []
  const second = client.call('cluster/connect', { connection }).then((reply) => {
    order.push('told')
    return reply
  })
  // Another question goes there and back: an answer that is none yet would have come before it.
  await client.call('cluster/rescan', {})
  order.push('answered')
  go()
  expect(await first).toEqual({ ok: true, value: null })
  expect(await second).toEqual({ ok: true, value: null })
  expect(order).toEqual(['answered', 'told'])
})

test('each way in which a cluster can fail is one sentence, and the good one beside them all goes on working', async () => {
  const good = await serve()
  const unauthorized = await serve((_asked, response) => refuse(response, 401, { message: 'Unauthorized' }))
  const secure = await serve(healthy, true)
  const page = await serve((_asked, response) => void response.end('<html>Log in'))
  const broken = await serve((_asked, response) => refuse(response, 503, { message: 'etcd is down' }))
  await know({
    good: { cluster: { server: good.url } },
    refused: { cluster: { server: 'http://127.0.0.1:1' } },
    unknown: { cluster: { server: 'https://no-such-host.invalid' } },
    expired: { cluster: { server: unauthorized.url }, user: { token: 'old' } },
    untrusted: { cluster: { server: secure.url } },
    contradictory: {
      cluster: {
        server: secure.url,
        'insecure-skip-tls-verify': true,
        'certificate-authority-data': base64(ca.certificate),
      },
    },
    portal: { cluster: { server: page.url } },
    ill: { cluster: { server: broken.url } },
    'no-file': { cluster: { server: good.url }, user: { tokenFile: '/no/such/token' } },
    provider: { cluster: { server: good.url }, user: { 'auth-provider': { name: 'gcp' } } },
    secure: { cluster: { server: secure.url, 'certificate-authority-data': base64(ca.certificate) } },
  })
  expect(await open('good')).toBe('connected')
  expect(await open('refused')).toBe("unreachable: http://127.0.0.1:1 can't be reached (ECONNREFUSED).")
  expect(await open('unknown')).toMatch(/^unreachable: https:\/\/no-such-host.invalid can't be reached/)
  expect(await open('expired')).toBe('unauthorized: Unauthorized')
  expect(await open('untrusted')).toMatch(/^tls: The certificate of .* was not issued by a CA/)
  expect(await open('contradictory')).toMatch(/^kubeconfig: It names a CA and switches checking off/)
  expect(await open('portal')).toMatch(/^bad-answer: The answer is not JSON/)
  expect(await open('ill')).toBe('server-error: etcd is down')
  expect(await open('no-file')).toMatch(/^kubeconfig: The file \/no\/such\/token/)
  expect(await open('provider')).toMatch(/gke-gcloud-auth-plugin/)
  expect(await open('secure')).toBe('connected')
  expect(cluster('good').state).toMatchObject({ kind: 'connected', freshness: { kind: 'live' } })
})

test('reading five hundred contexts reaches no server and runs no program', async () => {
  const server = await serve()
  const command = plugins.write('plugin', `note('run'); answer({ token: 't' })`)
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' }
  const entries = Array.from({ length: 500 }, (_, n) => [
    `c${n}`,
    { cluster: { server: server.url }, user: { exec } },
  ])
  await know(Object.fromEntries(entries) as Record<string, Entry>)
  expect(view.clusters).toHaveLength(500)
  expect(view.clusters.every((one) => one.state.kind === 'idle')).toBe(true)
  expect([server.asked, plugins.notes()]).toEqual([[], []])
})

test('no right to list namespaces is a normal case: the namespace of the context is offered', async () => {
  const server = await serve((asked, response) => {
    if (asked.url === '/version') response.end('{"gitVersion":"v1"}')
    else refuse(response, 403, { message: 'namespaces is forbidden' })
  })
  writeFileSync(
    path('config'),
    kubeconfig({ narrow: { cluster: { server: server.url } } }).replace(
      'user: narrow',
      'user: narrow\n      namespace: team',
    ),
  )
  await rescan()
  expect(await open('narrow')).toBe('connected')
  const services = await new Promise((resolve) => {
    client.subscribe('services', { connection: cluster('narrow').id, namespace: 'team' }, (payload) =>
      resolve(payload.namespaces),
    )
  })
  expect(services).toEqual({ names: ['team'], known: false })
})

test('a plugin is shown first, runs after consent to exactly it, and its refusal is one sentence', async () => {
  const server = await serve((asked, response) => {
    if (asked.headers.authorization === 'Bearer good') healthy(asked, response)
    else refuse(response, 401)
  })
  const fine = plugins.write('fine', `note('fine'); answer({ token: 'good' })`)
  const failing = plugins.write('failing', `console.error('not logged in'); process.exit(1)`)
  const exec = (command: string, args: readonly string[] = []): object => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'Never',
      command,
      args,
      env: [{ name: 'TOKEN', value: 'hidden' }],
    },
  })
  await know({
    fine: { cluster: { server: server.url }, user: exec(fine, ['get-token']) },
    failing: { cluster: { server: server.url }, user: exec(failing) },
  })
  expect(await open('fine')).toMatch(/^consent-needed: /)
  const { state } = cluster('fine')
  if (state.kind !== 'consent') throw new Error(state.kind)
  expect(state).toMatchObject({ command: fine, args: ['get-token'], env: ['TOKEN'], file: path('config') })
  expect(JSON.stringify(view)).not.toContain('hidden')
  expect(await open('fine', 'some other key')).toMatch(/^consent-needed: /)
  expect(plugins.notes()).toEqual([])
  expect(await open('fine', state.key)).toBe('connected')
  await open('failing')
  const asked = cluster('failing').state
  expect(await open('failing', asked.kind === 'consent' ? asked.key : '')).toBe(
    `plugin: ${failing} failed (exit code 1): not logged in`,
  )
})

test('giving up while a plugin runs ends it and leaves nothing behind', async () => {
  const command = plugins.write('slow', `note('run'); setInterval(() => 0, 1e6)`)
  await know({
    slow: {
      cluster: { server: 'http://127.0.0.1:1' },
      user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } },
    },
  })
  await open('slow')
  const { state, id } = cluster('slow')
  const opening = client.call('cluster/connect', {
    connection: id,
    consent: state.kind === 'consent' ? state.key : '',
  })
  await client.call('cluster/disconnect', { connection: id })
  expect(await opening).toMatchObject({ fault: { code: 'closed' } })
  await fresh()
  expect(cluster('slow').state).toEqual({ kind: 'idle' })
})

test('credentials that expire while connected ask for a new sign-in; connecting again is all it takes', async () => {
  let good = true
  const server = await serve((asked, response) => (good ? healthy(asked, response) : refuse(response, 401)))
  await know({ one: { cluster: { server: server.url }, user: { token: 't' } } })
  await open('one')
  good = false
  const target = { connection: cluster('one').id, namespace: 'demo', service: 's' }
  await client.call('pod/log', { target, pod: 'p', previous: false })
  await fresh()
  expect(cluster('one').state).toMatchObject({
    kind: 'connected',
    freshness: { kind: 'stale' },
    fault: { code: 'unauthorized' },
  })
  expect(await client.call('cluster/connect', { connection: target.connection })).toMatchObject({
    fault: { code: 'unauthorized' },
  })
  good = true
  expect(await open('one')).toBe('connected')
  expect(cluster('one').state).toMatchObject({ freshness: { kind: 'live' } })
})

test('an open connection stays what it was, whatever happens to its kubeconfig, until it is closed', async () => {
  const [first, second] = [await serve(), await serve()]
  await know({ one: { cluster: { server: first.url } } })
  await open('one')
  await know({ one: { cluster: { server: second.url } } })
  expect(cluster('one')).toMatchObject({ server: first.url, state: { kind: 'connected' } })
  expect(wordsOf(cluster('one').warnings)).toContain('has changed since it was connected')
  await know({ other: { cluster: { server: second.url } } })
  expect(view.clusters.map((one) => one.name).sort()).toEqual(['one', 'other'])
  expect(wordsOf(cluster('one').warnings)).toContain('no longer in its kubeconfig')
  await client.call('cluster/disconnect', { connection: cluster('one').id })
  await fresh()
  expect(view.clusters.map((one) => one.name)).toEqual(['other'])
  expect(second.asked).toEqual([])
})

test('a change of a kubeconfig shows without anybody asking', async () => {
  await know({ one: { cluster: { server: 'https://a' } } })
  writeFileSync(path('config'), kubeconfig({ two: { cluster: { server: 'https://b' } } }))
  changed()
  await expect
    .poll(async () => {
      await fresh()
      return view.clusters.map((one) => one.name)
    })
    .toEqual(['two'])
})

test('pasted text shows what it would run before it is added, runs nothing, and can be removed again', async () => {
  const command = plugins.write('plugin', `note('run')`)
  const text = kubeconfig({
    pasted: {
      cluster: { server: 'https://a' },
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          interactiveMode: 'Never',
          command,
          args: ['--steal'],
          env: [{ name: 'KEY', value: 'hidden' }],
        },
      },
    },
    relative: {
      cluster: { server: 'https://b', 'certificate-authority': 'ca.crt' },
      user: { token: 'secret' },
    },
  })
  const report = await client.call('kubeconfig/inspect', { kind: 'text', name: 'pasted', text })
  expect(spoken(report)).toMatchObject({
    ok: true,
    value: {
      contexts: [
        {
          name: 'pasted',
          server: 'https://a',
          signIn: 'exec',
          runs: { command, args: ['--steal'], env: ['KEY'] },
        },
        { name: 'relative', signIn: 'token', warnings: [expect.stringContaining('no folder')] },
      ],
    },
  })
  expect(JSON.stringify(report)).not.toMatch(/hidden|secret/)
  await fresh()
  expect(view.clusters).toEqual([])
  expect(await client.call('kubeconfig/add', { kind: 'text', name: '../../etc/My file', text })).toEqual({
    ok: true,
    value: null,
  })
  await fresh()
  expect(view.clusters.map((one) => one.name)).toEqual(['pasted', 'relative'])
  expect(await open('relative')).toContain('no folder')
  const [added = ''] = view.added ?? []
  expect(added).toMatch(new RegExp(`^${path('data')}/kubeconfigs/etc-My-file-[0-9a-f]{8}\\.yaml$`))
  expect(await client.call('kubeconfig/remove', { path: added })).toMatchObject({ ok: true })
  await fresh()
  expect([view.clusters, view.added]).toEqual([[], []])
  expect(plugins.notes()).toEqual([])
})

test('a folder that is added counts at once; what was not added here is never removed', async () => {
  await know({ own: { cluster: { server: 'https://a' } } })
  writeFileSync(path('more'), kubeconfig({ more: { cluster: { server: 'https://b' } } }))
  expect(await client.call('kubeconfig/add', { kind: 'path', path: path('more') })).toMatchObject({
    ok: true,
  })
  await fresh()
  expect(view.clusters.map((one) => one.name)).toEqual(['own', 'more'])
  for (const bad of ['more', path('nowhere')])
    expect(await client.call('kubeconfig/add', { kind: 'path', path: bad })).toMatchObject({ ok: false })
  expect(await client.call('kubeconfig/remove', { path: path('config') })).toMatchObject({
    fault: { code: 'not-found' },
  })
  expect(
    await client.call('kubeconfig/inspect', { kind: 'text', name: 'pasted', text: 'clusters: [' }),
  ).toMatchObject({
    fault: { code: 'kubeconfig' },
  })
})
