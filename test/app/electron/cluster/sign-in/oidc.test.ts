import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSystemClock, type Clock } from '../../../../../electron/cluster/clock/clock.ts'
import { createCredentials, type Credentials } from '../../../../../electron/cluster/sign-in/credentials.ts'
import { contextsOf } from '../../../../../electron/cluster/kubeconfig/kubeconfig.ts'
import { parseKubeconfig } from '../../../../../electron/cluster/kubeconfig/kubeconfig-file.ts'
import { buildConnectTools } from '../../../../support/build-connection.ts'
import { createAuthority } from '../../../../support/certificates.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import { kubeconfigText } from '../../../../support/kubeconfig-home.ts'
import {
  startRecordingServer,
  type Asked,
  type RecordingServer,
} from '../../../../support/recording-server.ts'
import { wordsOf } from '../../../../support/spoken.ts'

const ca = createAuthority('company')
let folder = ''
let issuer: RecordingServer
let reply: (asked: Asked) => object | undefined
let methods: readonly string[] | undefined
const logged: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-oidc-'))
  logged.length = 0
  methods = undefined
  const { certificate, key } = ca.issue({ name: 'idp', for: ['127.0.0.1'] })
  issuer = await startRecordingServer(
    (asked, response) => {
      if (asked.url.endsWith('/openid-configuration'))
        response.end(
          JSON.stringify({
            token_endpoint: `${issuer.url}/token`,
            token_endpoint_auth_methods_supported: methods,
          }),
        )
      else {
        const body = reply(asked)
        response.writeHead(body === undefined ? 401 : 200)
        response.end(JSON.stringify(body ?? { error: 'invalid_client' }))
      }
    },
    { tls: { cert: certificate, key } },
  )
  writeFileSync(join(folder, 'idp.crt'), ca.certificate)
})
afterEach(async () => {
  await issuer.close()
  rmSync(folder, { recursive: true, force: true })
})

function idToken(name: string, secondsLeft: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'none' })}.${part({ sub: name, exp: Math.floor(Date.now() / 1000) + secondsLeft })}.x`
}

function login(
  config: object,
  parts: { readonly issuer?: string; readonly clock?: Clock } = {},
): Credentials {
  const file = join(folder, 'config')
  const provider = {
    name: 'oidc',
    config: {
      'idp-issuer-url': parts.issuer ?? issuer.url,
      'client-id': 'kubernetes',
      'client-secret': 's',
      'idp-certificate-authority': 'idp.crt',
      ...config,
    },
  }
  writeFileSync(file, kubeconfigText({ user: { 'auth-provider': provider } }))
  const read = parseKubeconfig(readFileSync(file, 'utf8'), { path: file, folder })
  const [spec] = read.ok ? contextsOf(read.value, [read.value], []) : []
  if (spec === undefined) throw new Error('no context')
  if (spec.unusable !== undefined) throw new Error(wordsOf(spec.unusable))
  const { clock = createSystemClock() } = parts
  return createCredentials(spec, buildConnectTools({ clock, log: (line) => logged.push(line) }))
}

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString('base64')}`

async function sent(credentials: Credentials): Promise<string> {
  const got = await credentials.get()
  return got.ok ? (got.value.headers[0]?.[1] ?? 'none') : `${got.fault.code}: ${wordsOf(got.fault)}`
}

test('the id token of the kubeconfig is sent as long as it holds, and nobody is asked for another', async () => {
  const token = idToken('li', 600)
  expect(await sent(login({ 'id-token': token, 'refresh-token': 'r' }))).toBe(`Bearer ${token}`)
  expect(issuer.asked).toEqual([])
})

test('an expired one is renewed once for all who wait, over the CA beside the kubeconfig, which is not written', async () => {
  const next = idToken('li', 600)
  reply = () => ({ id_token: next, refresh_token: 'rotated' })
  const credentials = login({ 'id-token': idToken('li', 5), 'refresh-token': 'r & s' })
  const before = readFileSync(join(folder, 'config'), 'utf8')
  expect(await Promise.all([sent(credentials), sent(credentials)])).toEqual([
    `Bearer ${next}`,
    `Bearer ${next}`,
  ])
  expect(issuer.asked.map((one) => `${one.method} ${one.url} ${one.body}`)).toEqual([
    'GET /.well-known/openid-configuration ',
    'POST /token grant_type=refresh_token&refresh_token=r+%26+s',
  ])
  expect(issuer.asked[1]?.headers.authorization).toBe(basic('kubernetes:s'))
  expect(readFileSync(join(folder, 'config'), 'utf8')).toBe(before)
  expect(logged.join()).toContain('may not work any more')
})

test('after a 401 it is renewed once, and not again if the new one is refused too', async () => {
  const tokens = [idToken('a', 600), idToken('b', 600)]
  reply = () => ({ id_token: tokens.shift() ?? '' })
  const credentials = login({ 'id-token': idToken('old', 600), 'refresh-token': 'r' })
  const first = await credentials.get()
  if (!first.ok) throw new Error(wordsOf(first.fault))
  expect(credentials.refused(first.value)).toBe(true)
  const second = await credentials.get()
  if (!second.ok) throw new Error(wordsOf(second.fault))
  expect(credentials.refused(second.value)).toBe(false)
  expect(tokens).toHaveLength(1)
})

const inHeader = ({ headers }: Asked): boolean =>
  headers.authorization === basic('kube%3Aone:s%3A%26+%E7%A7%98')
const inForm = ({ body, headers }: Asked): boolean =>
  headers.authorization === undefined && new URLSearchParams(body).get('client_secret') === 's:& 秘'

test.each<[string, readonly string[] | undefined, (asked: Asked) => boolean, number]>([
  ['only takes the header, and says so', ['client_secret_basic'], inHeader, 1],
  ['only takes the header, and says nothing', undefined, inHeader, 1],
  ['takes both, and says so', ['client_secret_post', 'client_secret_basic'], inHeader, 1],
  ['only takes the form, and says so', ['client_secret_post'], inForm, 1],
  ['only takes the form, and says nothing', undefined, inForm, 2],
  ['says something that is not so', ['private_key_jwt'], inForm, 2],
])('an issuer that %s is shown the secret of the client as it wants it', async (...row) => {
  const [, said, takes, tries] = row
  methods = said
  reply = (asked) => (takes(asked) ? { id_token: idToken('li', -5) } : undefined)
  const config = { 'refresh-token': 'r', 'client-id': 'kube:one', 'client-secret': 's:& 秘' }
  const clock = createFakeClock(Date.now())
  const credentials = login(config, { clock })
  expect(await sent(credentials)).toMatch(/^Bearer /)
  const asked = (): number => issuer.asked.filter((one) => one.url === '/token').length
  expect(asked()).toBe(tries)
  // The next time nobody has to find out again.
  await clock.advance(20_000)
  expect(await sent(credentials)).toMatch(/^Bearer /)
  expect(asked()).toBe(tries + 1)
})

test('a client without a secret only says its name', async () => {
  methods = ['client_secret_basic', 'none']
  reply = ({ body, headers }) =>
    headers.authorization === undefined && new URLSearchParams(body).get('client_id') === 'kubernetes'
      ? { id_token: idToken('li', 600) }
      : undefined
  expect(await sent(login({ 'refresh-token': 'r', 'client-secret': '' }))).toMatch(/^Bearer /)
})

test('an expired token without a refresh token asks the person, and nobody else', async () => {
  expect(await sent(login({ 'id-token': idToken('li', -5) }))).toMatch(
    /^unauthorized: The id token has expired/,
  )
  expect(issuer.asked).toEqual([])
})

test('a refusal of the issuer is told once, without the secret, and not asked for again at once', async () => {
  reply = () => ({ error: 'invalid_grant' })
  const credentials = login({ 'refresh-token': 'hidden' })
  const said = await sent(credentials)
  expect(said).toMatch(/^unauthorized: .*gave no new token/)
  expect(said).not.toContain('hidden')
  expect(await sent(credentials)).toBe(said)
  expect(issuer.asked).toHaveLength(2)
  credentials.retry()
  await sent(credentials)
  expect(issuer.asked).toHaveLength(4)
})

test('an issuer whose certificate nobody vouches for is sent nothing', async () => {
  const credentials = login({
    'id-token': idToken('li', -5),
    'refresh-token': 'r',
    'idp-certificate-authority': '',
  })
  expect(await sent(credentials)).toMatch(/^tls: /)
  expect(issuer.asked).toEqual([])
})

test('an issuer without TLS is never sent a refresh token', () => {
  expect(() => login({ 'refresh-token': 'r' }, { issuer: 'http://127.0.0.1:1' })).toThrow(
    'does not begin with https',
  )
})
