import { afterEach, expect, test } from 'vitest'
import { bounds } from '../../../../electron/cluster/requests/bounds.ts'
import { createCredentials } from '../../../../electron/cluster/sign-in/credentials.ts'
import type { UserSpec } from '../../../../electron/cluster/dial/connection-spec.ts'
import {
  createRenewedCredential,
  type Renewed,
  type RenewedCredential,
} from '../../../../electron/cluster/sign-in/renewed-credential.ts'
import { createTransport, type Transport } from '../../../../electron/cluster/requests/transport.ts'
import { failedInWords, ok, type Reply } from '../../../../shared/fault.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'
import { eventually } from '../../../support/eventually.ts'
import { createFakeClock, settled, type FakeClock } from '../../../support/fake-clock.ts'
import { buildExec, createPluginFolder } from '../../../support/plugin-folder.ts'
import { refuse, startRecordingServer } from '../../../support/recording-server.ts'
import { spoken, wordsOf } from '../../../support/spoken.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

type Stage = {
  readonly clock: FakeClock
  readonly credential: RenewedCredential<string>
  /** Renewals that are not answered yet, and how many there were in all. */
  readonly open: ((reply: Reply<Renewed<string>>) => void)[]
  count(): number
}

function stage(more: { readonly initial?: Renewed<string>; readonly mayRenew?: boolean } = {}): Stage {
  const clock = createFakeClock()
  const open: Stage['open'] = []
  let count = 0
  const credential = createRenewedCredential<string>({
    clock,
    marginMs: 60_000,
    ...(more.initial !== undefined && { initial: more.initial }),
    mayRenew: () => more.mayRenew ?? true,
    renew: () => {
      count++
      return new Promise((resolve) => open.push(resolve))
    },
    pauseMs: (_fault, failures) => 30_000 * 2 ** failures,
    refusedTwice: { kind: 'words', words: 'twice' },
  })
  return { clock, credential, open, count: () => count }
}

async function had(of: Stage, value: string, expiresAt?: number): Promise<number> {
  const got = of.credential.get()
  of.open.shift()?.(ok({ value, ...(expiresAt !== undefined && { expiresAt }) }))
  const reply = await got
  if (!reply.ok) throw new Error(wordsOf(reply.fault))
  expect(reply.value.value).toBe(value)
  return reply.value.generation
}

async function now({ credential }: Stage): Promise<string> {
  const reply = await credential.get()
  return reply.ok ? reply.value.value : wordsOf(reply.fault)
}

test('ten refusals of one token, whenever they come, are one renewal, and say nothing about the next token', async () => {
  const own = stage()
  const first = await had(own, 'one')
  for (let n = 0; n < 4; n++) expect(own.credential.refused(first)).toBe(true)
  const waiting = [own.credential.get(), own.credential.get()]
  for (let n = 0; n < 4; n++) expect(own.credential.refused(first)).toBe(true)
  own.open.shift()?.(ok({ value: 'two' }))
  for (const one of waiting) expect(await one).toMatchObject({ value: { value: 'two' } })
  // The last answers to the old one arrive when the new one is long in use.
  expect(own.credential.refused(first)).toBe(true)
  expect([await now(own), own.count()]).toEqual(['two', 2])
})

test('a late acceptance of the old token is none of the new one', async () => {
  const own = stage()
  const first = await had(own, 'one')
  own.credential.refused(first)
  own.credential.accepted(first)
  const second = await had(own, 'two')
  own.credential.accepted(first)
  expect(own.credential.refused(second)).toBe(false)
  expect(await now(own)).toBe('twice')
})

test('refused twice it waits for a person, whose try may again be refused once', async () => {
  const own = stage()
  own.credential.refused(await had(own, 'one'))
  expect(own.credential.refused(await had(own, 'two'))).toBe(false)
  await own.clock.advance(59_999)
  expect([await now(own), own.count()]).toEqual(['twice', 2])
  own.credential.retry()
  const third = await had(own, 'three')
  expect(own.credential.refused(third)).toBe(true)
  expect(own.credential.refused(await had(own, 'four'))).toBe(false)
})

test('refused twice the last one is sent again each minute, for the server may have been wrong, and none is had anew', async () => {
  const own = stage()
  own.credential.refused(await had(own, 'one'))
  const second = await had(own, 'two')
  expect(own.credential.refused(second)).toBe(false)
  for (let minute = 0; minute < 3; minute++) {
    await own.clock.advance(60_000)
    expect(await now(own)).toBe('two')
    expect(own.credential.refused(second)).toBe(false)
    expect(await now(own)).toBe('twice')
  }
  expect(own.count()).toBe(2)
  await own.clock.advance(60_000)
  own.credential.accepted(second)
  expect(await now(own)).toBe('two')
  // From here on it is a credential like any other.
  expect(own.credential.refused(second)).toBe(true)
  await had(own, 'three')
})

test('refused twice and over it is sent no more: only a person can help', async () => {
  const own = stage()
  own.credential.refused(await had(own, 'one'))
  own.credential.refused(await had(own, 'two', own.clock.wall() + 90_000))
  await own.clock.advance(90_000)
  expect([await now(own), own.count()]).toEqual(['twice', 2])
})

test('a token that was taken for a while and is refused is renewed each time', async () => {
  const own = stage()
  for (const value of ['one', 'two', 'three']) {
    const generation = await had(own, value)
    own.credential.accepted(generation)
    expect(own.credential.refused(generation)).toBe(true)
  }
})

test('a refusal while it is being renewed anyway waits for that', async () => {
  const own = stage()
  own.credential.refused(await had(own, 'one'))
  const second = await had(own, 'two', own.clock.wall() + 100_000)
  await own.clock.advance(95_000)
  const got = own.credential.get()
  expect(own.credential.refused(second)).toBe(true)
  own.open.shift()?.(ok({ value: 'three' }))
  expect(await got).toMatchObject({ value: { value: 'three' } })
  expect(own.count()).toBe(3)
})

test.each([
  ['half a minute', 30_000, 24_000],
  ['a minute', 60_000, 48_000],
  ['ten minutes', 600_000, 540_000],
  ['two seconds', 2_000, 10_000],
  ['no time at all by a clock that is wrong here', -3_600_000, 10_000],
])('a token that holds %s is used, and not had anew for each request', async (_name, life, usedFor) => {
  const own = stage()
  await had(own, 'one', own.clock.wall() + life)
  await own.clock.advance(usedFor - 1)
  expect([await now(own), own.count()]).toEqual(['one', 1])
  await own.clock.advance(1)
  await had(own, 'two')
  expect(own.count()).toBe(2)
})

test('the token that there is from the beginning is renewed in good time, however old it is', async () => {
  const over = stage({ initial: { value: 'old', expiresAt: createFakeClock().wall() + 59_000 } })
  await had(over, 'new')
  const good = stage({ initial: { value: 'old', expiresAt: createFakeClock().wall() + 61_000 } })
  expect([await now(good), good.count()]).toEqual(['old', 0])
})

test('what only a person can renew is sent as long as the server is asked at all', async () => {
  const own = stage({ initial: { value: 'old' }, mayRenew: false })
  expect([own.credential.refused(0), await now(own), own.count()]).toEqual([false, 'old', 0])
})

test('while no new token can be had the old one is used to its end', async () => {
  const own = stage()
  await had(own, 'one', own.clock.wall() + 600_000)
  await own.clock.advance(541_000)
  const got = own.credential.get()
  own.open.shift()?.(failedInWords('plugin', 'no network'))
  expect(await got).toMatchObject({ value: { value: 'one' } })
  expect([await now(own), own.count()]).toEqual(['one', 2])
  await own.clock.advance(60_000)
  const late = own.credential.get()
  own.open.shift()?.(failedInWords('plugin', 'no network'))
  expect(await late).toMatchObject({ fault: { message: 'no network' } })
})

test('a renewal that throws is a fault, and the next one is tried after the pause', async () => {
  const clock = createFakeClock()
  let tries = 0
  const credential = createRenewedCredential<string>({
    clock,
    marginMs: 0,
    mayRenew: () => true,
    renew: () => {
      if (++tries === 1) throw new Error('a bug')
      return Promise.resolve(ok({ value: 'fine' }))
    },
    pauseMs: () => 30_000,
    refusedTwice: { kind: 'words', words: '' },
  })
  expect(await credential.get()).toMatchObject({ fault: { code: 'internal' } })
  await clock.advance(30_000)
  expect(await credential.get()).toMatchObject({ value: { value: 'fine' } })
})

function open(server: string, user: UserSpec): Transport {
  const spec = buildSpec({ server, user })
  const tools = buildConnectTools()
  const credentials = createCredentials(spec, tools)
  const transport = createTransport({ ...tools, spec, credentials, userAgent: 'test' })
  ends.unshift(transport.close)
  return transport
}

const get = { method: 'GET', path: '/version', bounds: bounds.read } as const

test('requests that are refused together while the plugin runs all get through with what it hands out', async () => {
  const plugins = createPluginFolder()
  ends.push(plugins.remove)
  // It takes its time the second time, as one that asks a person does.
  const command = plugins.write(
    'plugin',
    `note('run'); const runs = require('node:fs').readFileSync(__filename.replace(/[^/]+$/, 'notes'), 'utf8').trim().split('\\n').length
const wait = () => (runs === 1 || require('node:fs').existsSync(__filename + '.go')) ? answer({ token: 'token-' + runs }) : setTimeout(wait, 20)
wait()`,
  )
  let good = 'Bearer token-1'
  const held: (() => void)[] = []
  let holds = false
  const server = await startRecordingServer((asked, response) => {
    const reply = (): void => {
      if (asked.headers.authorization === good) response.end('{}')
      else refuse(response, 401)
    }
    if (holds && asked.headers.authorization === 'Bearer token-1') held.push(reply)
    else reply()
  })
  ends.unshift(server.close)
  const transport = open(server.url, { kind: 'exec', exec: buildExec(command) })
  expect(await transport.request(get)).toMatchObject({ ok: true })
  good = 'Bearer token-2'
  holds = true
  const replies = Array.from({ length: 4 }, () => transport.request(get))
  const isHeld = () => Promise.resolve(held.length === 4 || undefined)
  await eventually(isHeld, { what: 'four requests with the old token' })
  // The first refusal starts the plugin; the others come while it runs.
  held.shift()?.()
  const runs = () => Promise.resolve(plugins.notes().length === 2 || undefined)
  await eventually(runs, { what: 'the second run' })
  for (const reply of held.splice(0)) reply()
  await settled()
  plugins.write('plugin.go', '')
  for (const reply of replies) expect(await reply).toMatchObject({ ok: true })
  expect(await transport.request(get)).toMatchObject({ ok: true })
  expect(plugins.notes()).toHaveLength(2)
})

test('a token that a program has handed out for no time at all is not asked for again with each request', async () => {
  const plugins = createPluginFolder()
  ends.push(plugins.remove)
  const body = `note('run'); answer({ token: 't', expirationTimestamp: new Date(Date.now() + 40_000).toISOString() })`
  const exec = buildExec(plugins.write('plugin', body))
  const server = await startRecordingServer((_asked, response) => void response.end('{}'))
  ends.unshift(server.close)
  const transport = open(server.url, { kind: 'exec', exec })
  for (let n = 0; n < 5; n++) await transport.request(get)
  expect(plugins.notes()).toHaveLength(1)
})

test.each<[string, UserSpec]>([
  ['of a kubeconfig', { kind: 'token', token: 'abc\n' }],
  ['of a kubeconfig written under Windows', { kind: 'token', token: ' abc\r\n' }],
])('a token %s with a line end at its end is sent without it', async (_name, user) => {
  const server = await startRecordingServer((_asked, response) => void response.end('{}'))
  ends.unshift(server.close)
  expect(await open(server.url, user).request(get)).toMatchObject({ ok: true })
  expect(server.asked[0]?.headers.authorization).toBe('Bearer abc')
})

test.each([
  ['a line end', 'ab\ncd'],
  ['a character that no header has', 'ab–cd'],
])('a token with %s in its middle is one sentence without it, and nothing is sent', async (_name, token) => {
  const server = await startRecordingServer((_asked, response) => void response.end('{}'))
  ends.unshift(server.close)
  const reply = await open(server.url, { kind: 'token', token }).request(get)
  expect(spoken(reply)).toEqual({
    ok: false,
    fault: {
      code: 'kubeconfig',
      message:
        'The token of this user has a character in it that can not be sent, such as a line end. Nothing was sent.',
    },
  })
  expect(server.asked).toEqual([])
})

test('a name to act as with a line end in it adds no header', async () => {
  const server = await startRecordingServer((_asked, response) => void response.end('{}'))
  ends.unshift(server.close)
  const spec = buildSpec({
    server: server.url,
    impersonate: { user: 'li\r\nImpersonate-Group: system:masters', groups: [], uid: '', extra: {} },
  })
  const reply = await createCredentials(spec, buildConnectTools()).get()
  expect(spoken(reply)).toMatchObject({
    fault: { code: 'kubeconfig', message: expect.stringContaining('Impersonate-User') as string },
  })
})
