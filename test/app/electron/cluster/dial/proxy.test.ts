import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { connect, type ConnectTools } from '../../../../../electron/cluster/connection.ts'
import type { ConnectionSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'
import { proxyFor } from '../../../../../electron/cluster/dial/proxy.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { createAuthority } from '../../../../support/certificates.ts'
import { startHttpProxy, startSocksProxy, type Proxy } from '../../../../support/proxies.ts'
import { always, startRecordingServer } from '../../../../support/recording-server.ts'
import { wordsOf } from '../../../../support/spoken.ts'

const ca = createAuthority()
/** A name that only the proxy can resolve, as inside a company's network. */
const name = 'kube.internal.example'
const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function target(): Promise<{ readonly port: number; readonly spec: Partial<ConnectionSpec> }> {
  const { certificate, key } = ca.issue({ name: 'api', for: [name] })
  const server = await startRecordingServer(always({ gitVersion: 'v1' }), { tls: { cert: certificate, key } })
  ends.push(server.close)
  return {
    port: server.port,
    spec: {
      server: `https://${name}:${server.port}`,
      tls: { ca: { kind: 'text', pem: ca.certificate }, insecure: false },
    },
  }
}

function behind(proxy: Proxy): Proxy {
  ends.push(proxy.close)
  return proxy
}

async function reach(spec: Partial<ConnectionSpec>, tools: Partial<ConnectTools> = {}): Promise<string> {
  const connection = await connect(buildSpec(spec), buildConnectTools(tools))
  if (!connection.ok) return `${connection.fault.code}: ${wordsOf(connection.fault)}`
  ends.unshift(connection.value.close)
  return connection.value.version
}

const withPassword = `Basic ${Buffer.from('li:p@ss').toString('base64')}`

test('proxy-url with http: a tunnel, with the password in the URL, and TLS to the server within', async () => {
  const { port, spec } = await target()
  const proxy = behind(await startHttpProxy())
  expect(await reach({ ...spec, proxyUrl: `http://li:p%40ss@127.0.0.1:${proxy.port}` })).toBe('v1')
  expect(proxy.passed).toEqual([`${name}:${port} ${withPassword}`])
})

test('proxy-url with https: the proxy is trusted by the store of the machine', async () => {
  const { port, spec } = await target()
  const corporate = createAuthority('corporate')
  const proxy = behind(await startHttpProxy(corporate.issue({ name: 'proxy', for: ['127.0.0.1'] })))
  const proxied = { ...spec, proxyUrl: `https://127.0.0.1:${proxy.port}` }
  expect(await reach(proxied, { trusted: () => [corporate.certificate] })).toBe('v1')
  expect(proxy.passed).toEqual([`${name}:${port}`])
  expect(await reach(proxied)).toMatch(/^tls: /)
})

test.each(['socks5', 'socks5h'])('proxy-url with %s: the proxy resolves the name', async (scheme) => {
  const { port, spec } = await target()
  const proxy = behind(await startSocksProxy())
  expect(await reach({ ...spec, proxyUrl: `${scheme}://li:p%40ss@127.0.0.1:${proxy.port}` })).toBe('v1')
  expect(await reach({ ...spec, proxyUrl: `${scheme}://127.0.0.1:${proxy.port}` })).toBe('v1')
  expect(proxy.passed).toEqual([`${name}:${port} li:p@ss`, `${name}:${port}`])
})

test('HTTPS_PROXY counts where the kubeconfig names no proxy, and NO_PROXY keeps servers out of it', async () => {
  const { port, spec } = await target()
  const proxy = behind(await startHttpProxy())
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }
  expect(await reach(spec, { env })).toBe('v1')
  expect(proxy.passed).toEqual([`${name}:${port}`])
  expect(await reach(spec, { env: { ...env, NO_PROXY: '.example' } })).toContain('unreachable: ')
  expect(proxy.passed).toHaveLength(1)
})

test.each(['http', 'socks5'])(
  'a %s proxy that is not there is unreachable, and its password is not told',
  async (scheme) => {
    const { spec } = await target()
    const said = await reach({ ...spec, proxyUrl: `${scheme}://li:hunter2@127.0.0.1:1` })
    expect(said).toMatch(/^unreachable: /)
    expect(said).not.toContain('hunter2')
  },
)

const proxy = 'http://proxy:3128'
test.each<[string, Record<string, string>, string | undefined]>([
  ['https://a.example', {}, undefined],
  ['https://a.example', { HTTPS_PROXY: proxy }, proxy],
  ['https://a.example', { https_proxy: proxy }, proxy],
  ['https://a.example', { HTTP_PROXY: proxy }, undefined],
  ['http://a.example', { HTTP_PROXY: proxy }, proxy],
  ['https://a.example', { HTTPS_PROXY: 'proxy:3128' }, proxy],
  ['https://localhost:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://127.0.0.1:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://[::1]:6443', { HTTPS_PROXY: proxy }, undefined],
  ['https://a.example', { HTTPS_PROXY: proxy, NO_PROXY: '*' }, undefined],
  ['https://a.example', { HTTPS_PROXY: proxy, NO_PROXY: 'b.example, a.example' }, undefined],
  ['https://deep.a.example', { HTTPS_PROXY: proxy, NO_PROXY: 'a.example' }, undefined],
  ['https://a.example', { HTTPS_PROXY: proxy, NO_PROXY: '.a.example' }, proxy],
  ['https://deep.a.example', { HTTPS_PROXY: proxy, NO_PROXY: '.a.example' }, undefined],
  ['https://nota.example', { HTTPS_PROXY: proxy, NO_PROXY: 'a.example' }, proxy],
  ['https://a.example:6443', { HTTPS_PROXY: proxy, NO_PROXY: 'a.example:6443' }, undefined],
  ['https://a.example', { HTTPS_PROXY: proxy, NO_PROXY: 'a.example:6443' }, proxy],
  ['https://10.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, undefined],
  ['https://11.1.2.3', { HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8' }, proxy],
  ['https://[2001:db8::1]', { HTTPS_PROXY: proxy, NO_PROXY: '2001:db8::/32' }, undefined],
  ['https://[2001:db8::1]', { HTTPS_PROXY: proxy, no_proxy: '2001:db8::1' }, undefined],
  ['https://a.example', { HTTPS_PROXY: proxy, NO_PROXY: 'nonsense/99,,' }, proxy],
])('%s with %j goes through %s', (server, env, expected) => {
  expect(proxyFor(new URL(server), undefined, env)).toBe(expected)
})

/** Asked of Go 1.26 with what client-go 0.36 puts around it, the environment set as it stands here. */
const answersOfGo = z
  .array(
    z.object({ server: z.string(), env: z.record(z.string(), z.string()), proxy: z.string().nullable() }),
  )
  .parse(JSON.parse(readFileSync(new URL('../../../../cases/proxies.json', import.meta.url), 'utf8')))

test.each(answersOfGo.map(({ server, env, proxy: chosen }) => [server, env, chosen] as const))(
  '%s with %j goes through %s, as with kubectl',
  (server, env, chosen) => {
    expect(proxyFor(new URL(server), undefined, env) ?? null).toBe(chosen)
  },
)

test("the kubeconfig's own proxy wins over everything in the environment", () => {
  const env = { HTTPS_PROXY: proxy, NO_PROXY: '*' }
  expect(proxyFor(new URL('https://localhost'), 'http://own', env)).toBe('http://own')
})

test('a proxy that is not there is named, without its password: the server may be well', async () => {
  const { spec } = await target()
  expect(await reach({ ...spec, proxyUrl: 'http://li:p%40ss@127.0.0.1:1' })).toBe(
    `unreachable: ${spec.server ?? ''} can't be reached through the proxy 127.0.0.1:1 (ECONNREFUSED).`,
  )
})
