import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { readTemplate } from '../../electron/app/templates/read-template.ts'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import { createForeignFiles } from '../../electron/cluster/dial/foreign-files.ts'
import { connect } from '../../electron/cluster/connection.ts'
import { parseKubeconfig } from '../../electron/cluster/kubeconfig/kubeconfig-file.ts'
import { readPluginPolicy } from '../../electron/cluster/sign-in/plugin-policy.ts'
import { decodeRelease } from '../../electron/release/journal-codec.ts'
import { withReleases } from '../../electron/release/history-map.ts'
import type { Json, JsonObject } from '../../shared/k8s/json.ts'
import { impossible as impossibleFact } from '../../shared/k8s/facts.ts'
import { matches } from '../../shared/k8s/selector.ts'
import type { KindName } from '../../shared/k8s/objects.ts'
import { readMeta } from '../../shared/k8s/read-meta.ts'
import type { Fault } from '../../shared/fault.ts'
import { bounds } from '../../electron/cluster/requests/bounds.ts'
import { buildConnectTools, buildSpec } from '../support/build-connection.ts'
import { startAnswering } from '../support/plain-namespace.ts'
import { line, listed, openStage, refused, sends } from '../support/hostile-server.ts'
import { spoken, wordsOf } from '../support/spoken.ts'

const files = createForeignFiles(createSystemClock())
const cleanups: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})

/** A server that answers everything but its version with this, and an API to ask it by. */
async function answering(body: Json, version: Json = { gitVersion: 'v1.36.0' }) {
  const server: Server = createServer((request, response) =>
    response.end(JSON.stringify(request.url === '/version' ? version : body)),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const connected = await connect(buildSpec({ server: url }), buildConnectTools())
  if (connected.ok) cleanups.push(() => connected.value.close())
  return connected
}

async function ask(kind: KindName, item: JsonObject) {
  const connected = await answering({ metadata: { resourceVersion: '5' }, items: [item] })
  if (!connected.ok) throw new Error(wordsOf(connected.fault))
  const list = await connected.value.api.list(kind, { namespace: 'demo' })
  return list.ok ? 'taken' : spoken(list.fault)
}

const named = (name: string, more: JsonObject = {}): JsonObject => ({
  metadata: { name, namespace: 'demo', uid: 'u', resourceVersion: '5' },
  ...more,
})
const impossible = (kind: string, why: string, name = 'shop-1') => ({
  code: 'bad-answer',
  message: `The server has a ${kind} that can not be (demo/${name}): ${why}.`,
})

test.each<[JsonObject, string]>([
  [{ spec: { replicas: -3 } }, 'spec.replicas is -3'],
  [{ spec: { replicas: 1.5 } }, 'spec.replicas is 1.5'],
  [{ spec: { replicas: 1e12 } }, 'spec.replicas is 1000000000000'],
  [{ spec: { replicas: '16' } }, 'spec.replicas is no number'],
  [{ spec: { minReadySeconds: -1 } }, 'spec.minReadySeconds is -1'],
  [{ status: { availableReplicas: -1 } }, 'status.availableReplicas is -1'],
  [{ status: { observedGeneration: 0.5 } }, 'status.observedGeneration is 0.5'],
])('a Deployment of %j is refused with the number that is none', async (more, why) => {
  expect(await ask('Deployment', named('shop-1', more))).toEqual(impossible('Deployment', why))
})

test('durations of a Lease below 1, restarts below 0 and ports that there are none of are refused', async () => {
  const lease = named('shop-1', { spec: { leaseDurationSeconds: -15 } })
  expect(await ask('Lease', lease)).toEqual(impossible('Lease', 'spec.leaseDurationSeconds is -15'))
  const pod = named('shop-1', { status: { initContainerStatuses: [{ restartCount: -1 }] } })
  expect(await ask('Pod', pod)).toEqual(impossible('Pod', 'restartCount is -1'))
  const service = named('shop-1', { spec: { ports: [{ port: 70_000 }] } })
  expect(await ask('Service', service)).toEqual(impossible('Service', 'port is 70000'))
})

test.each(['__proto__', 'Shop', '../etc', 'a/b', '', 'x'.repeat(254)])(
  'a pod named "%s" is refused',
  async (name) => {
    const fault = await ask('Pod', named(name))
    expect(fault).toMatchObject({
      code: 'bad-answer',
      message: expect.stringMatching(/ name/) as string,
    })
  },
)

test('annotations that are larger than any server takes are refused', async () => {
  const metadata = { name: 'shop-1', namespace: 'demo', uid: 'u', annotations: { a: 'x'.repeat(262_144) } }
  expect(await ask('Pod', { metadata })).toEqual(
    impossible('Pod', 'its annotations are larger than any server takes'),
  )
})

test('what a real server gives is taken: nothing said, null, zero, and an event of any name', async () => {
  expect(await ask('Deployment', named('shop-1'))).toBe('taken')
  expect(await ask('Deployment', named('a.b-1', { spec: { replicas: 0, paused: null } }))).toBe('taken')
  expect(await ask('Event', named('Shop_1.17', { count: -2 }))).toBe('taken')
})

test('a template of 200,000 levels is refused before anything goes down into it', () => {
  const levels = 200_000
  const text = `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const template = JSON.parse(text) as Json
  expect(impossibleFact('Deployment', named('shop-1', { spec: { template } }))).toEqual({
    kind: 'object-too-deep',
  })
})

test.each<[string, Json]>([
  ['a text', 'v1.36.0'],
  ['a list', ['v1.36.0']],
  ['an object without a version', { major: '1' }],
  ['an object whose version is an object', { gitVersion: { major: 1 } }],
  ['a version of a million characters', { gitVersion: 'v'.repeat(1_000_000) }],
])('what says %s for its version is no Kubernetes, in a sentence', async (_, version) => {
  const connected = await answering({}, version)
  expect(spoken(connected)).toMatchObject({
    fault: {
      code: 'bad-answer',
      message: 'What answers at the address of the server has no version of Kubernetes.',
    },
  })
})

test('an answer that is no list is not an empty namespace', async () => {
  const connected = await answering({ kind: 'Status', status: 'Success' })
  if (!connected.ok) throw new Error(wordsOf(connected.fault))
  expect(spoken(await connected.value.api.list('Pod', { namespace: 'demo' }))).toMatchObject({
    fault: { code: 'bad-answer', message: "The server's list of Pod is none." },
  })
  expect(await connected.value.api.get('Lease', { namespace: 'demo', name: 'x' }, bounds.read)).toMatchObject(
    {
      fault: { code: 'bad-answer' },
    },
  )
})

const pods = `{"metadata":{"resourceVersion":"5"},"items":[${JSON.stringify(named('shop-1'))}]}`
const notJson = 'The answer is not JSON: this address may be a login page or a proxy, no API server.'
const noGzip = 'The answer is not the gzip that it says it is.'
test.each<[string, Buffer, string | undefined, string]>([
  ['as it is', Buffer.from(pods), undefined, 'shop-1'],
  ['zipped', gzipSync(pods), 'gzip', 'shop-1'],
  ['cut off in the middle', Buffer.from(pods.slice(0, -20)), undefined, notJson],
  ['zipped and cut off', gzipSync(pods).subarray(0, 40), 'gzip', notJson],
  ['zipped only by its own account', Buffer.from(pods), 'gzip', noGzip],
  ['with an item that is none', Buffer.from(pods.replace('"shop-1"', 'shop-1')), undefined, notJson],
  ['as a page for people', Buffer.from('<html>"items":[{}]</html>'), undefined, notJson],
  [
    'longer than any',
    gzipSync(Buffer.alloc(200 * 2 ** 20, ' ')),
    'gzip',
    'The answer is longer than 128 MiB.',
  ],
])('a list that comes %s is read, or refused in a sentence', async (_, ...[body, encoding, said]) => {
  const server = await startAnswering((request, response) => {
    if (request.url === '/version') response.end('{"gitVersion":"v1.36.0"}')
    else response.writeHead(200, encoding === undefined ? {} : { 'content-encoding': encoding }).end(body)
  })
  cleanups.push(server.close)
  const connected = await connect(buildSpec({ server: server.url }), buildConnectTools())
  if (!connected.ok) throw new Error(wordsOf(connected.fault))
  cleanups.push(() => connected.value.close())
  const list = await connected.value.api.list('Pod', { namespace: 'demo' })
  expect(list.ok ? list.value.items.map((one) => one.meta.name).join() : wordsOf(list.fault)).toBe(said)
})

test('a watch that brings an impossible Lease says so, and what was there stays', async () => {
  const event = line('MODIFIED', named('n1', { spec: { leaseDurationSeconds: 0 } }))
  const stage = await openStage({ stream: [refused(422)], list: [listed(5, 'n1')], watch: [sends(event)] })
  cleanups.push(() => stage.close())
  await stage.is('stale')
  expect(stage.why()).toBe(impossible('Lease', 'spec.leaseDurationSeconds is 0', 'n1').message)
  expect(stage.names()).toBe('n1')
})

const deep = (open: string, close = ''): string => open.repeat(200_000) + close.repeat(200_000)
const deepTexts = [
  ['lists', deep('[', ']')],
  ['lists that never end', deep('[')],
  ['maps', deep('{a: ')],
  ['lines', deep('- ')],
  ['keys', deep('? ')],
] as const

test.each(deepTexts)(
  'a YAML of 200,000 levels of %s is nested too deeply, wherever it is read',
  async (_, text) => {
    const kubeconfig = parseKubeconfig(text, { path: 'config', folder: undefined })
    expect(spoken(kubeconfig)).toMatchObject({
      fault: { code: 'kubeconfig', message: 'The file is no kubeconfig: it is nested too deeply.' },
    })
    expect(readTemplate(text)).toEqual({ kind: 'problem', problem: { kind: 'too-deep' } })
    const folder = mkdtempSync(join(tmpdir(), 'tranche-kuberc-'))
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
    const file = join(folder, 'kuberc')
    writeFileSync(file, text)
    expect(await readPluginPolicy({ KUBERC: file }, folder, files)).toEqual({
      kind: 'unreadable',
      file,
      why: { kind: 'text-too-deep' },
    })
    const secret = `kind: Secret\nstringData:\n  value: '${text} contexts'\n`
    expect(parseKubeconfig(secret, { path: 'config', folder: undefined })).toMatchObject({ ok: false })
  },
)

test('a map with more keys than anybody writes is refused before each is compared with all', () => {
  const text = Array.from({ length: 200_000 }, (_, at) => `k${at}: 1`).join('\n')
  const { fault } = parseKubeconfig(text, { path: 'config', folder: undefined }) as {
    fault: Fault
  }
  expect(wordsOf(fault)).toBe('The file is no kubeconfig: a map in it has too many keys.')
  expect(wordsOf(fault, 'zh')).toBe('文件不是 kubeconfig：同一处的键过多。')
})

test('aliases that multiply in a policy forbid plugins, and throw nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-kuberc-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'kuberc')
  const rows = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}]`)
  writeFileSync(file, ['a0: &a0 [x]', ...rows].join('\n'))
  expect(await readPluginPolicy({ KUBERC: file }, folder, files)).toMatchObject({ kind: 'unreadable', file })
})

test('a journal that unzips to a thousand times its size is not readable, and takes no memory', () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024)).toString('base64')
  const before = process.memoryUsage().arrayBuffers
  expect(decodeRelease(bomb)).toMatchObject({ fault: { code: 'bad-answer' } })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024)
})

test('labels and keys that every object seems to have are there only where somebody wrote them', () => {
  const meta = readMeta(named('shop-1'))
  const exists = { key: 'constructor', operator: 'Exists', values: [] }
  expect(matches({ matchLabels: {}, matchExpressions: [exists] }, meta?.labels ?? {})).toBe(false)
  expect(meta?.annotations['toString']).toBeUndefined()
  const theirs = JSON.parse('{"__proto__":"theirs"}') as Record<string, string>
  expect(Object.entries(withReleases(theirs, []))).toEqual([['__proto__', 'theirs']])
})
