import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCredentials, type Credentials } from '../../../../electron/cluster/credentials.ts'
import { loadKubeconfigs } from '../../../../electron/cluster/kubeconfig.ts'
import { buildConnectTools } from '../../../support/build-connection.ts'
import { createAuthority } from '../../../support/certificates.ts'
import { kubeconfigText } from '../../../support/kubeconfig-home.ts'
import { startRecordingServer, type RecordingServer } from '../../../support/recording-server.ts'

const ca = createAuthority('company')
let folder = ''
let issuer: RecordingServer
let reply: () => object
const logged: string[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-oidc-'))
  logged.length = 0
  const { certificate, key } = ca.issue({ name: 'idp', for: ['127.0.0.1'] })
  issuer = await startRecordingServer(
    (asked, response) => {
      if (asked.url.endsWith('/openid-configuration'))
        response.end(JSON.stringify({ token_endpoint: `${issuer.url}/token` }))
      else response.end(JSON.stringify(reply()))
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

function login(config: object, parts: { readonly issuer?: string } = {}): Credentials {
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
  const [spec] = loadKubeconfigs({ env: { KUBECONFIG: file }, homedir: folder }).connections
  if (spec === undefined) throw new Error('no context')
  if (spec.unusable !== undefined) throw new Error(spec.unusable.message)
  return createCredentials(spec, buildConnectTools({ log: (line) => logged.push(line) }))
}

async function sent(credentials: Credentials): Promise<string> {
  const got = await credentials.get()
  return got.ok ? (got.value.headers[0]?.[1] ?? 'none') : `${got.fault.code}: ${got.fault.message}`
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
    'POST /token grant_type=refresh_token&refresh_token=r+%26+s&client_id=kubernetes&client_secret=s',
  ])
  expect(readFileSync(join(folder, 'config'), 'utf8')).toBe(before)
  expect(logged.join()).toContain('may not work any more')
})

test('after a 401 it is renewed once, and not again if the new one is refused too', async () => {
  const tokens = [idToken('a', 600), idToken('b', 600)]
  reply = () => ({ id_token: tokens.shift() ?? '' })
  const credentials = login({ 'id-token': idToken('old', 600), 'refresh-token': 'r' })
  const first = await credentials.get()
  if (!first.ok) throw new Error(first.fault.message)
  expect(credentials.refused(first.value)).toBe(true)
  const second = await credentials.get()
  if (!second.ok) throw new Error(second.fault.message)
  expect(credentials.refused(second.value)).toBe(false)
  expect(tokens).toHaveLength(1)
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

test('an issuer without TLS is never sent a refresh token', () => {
  expect(() => login({ 'refresh-token': 'r' }, { issuer: 'http://127.0.0.1:1' })).toThrow(
    'does not begin with https',
  )
})
