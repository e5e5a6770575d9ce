import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { connect, type ConnectTools } from '../../../../../electron/cluster/connection.ts'
import type { ConnectionSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'
import { portForwardProtocol } from '../../../../../electron/cluster/streaming/channels.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { createAuthority } from '../../../../support/certificates.ts'
import {
  startPlayedKubelet,
  type KubeletOptions,
  type PlayedKubelet,
} from '../../../../support/played-kubelet.ts'
import { startHttpProxy, startSocksProxy } from '../../../../support/proxies.ts'
import { wordsOf } from '../../../../support/spoken.ts'

const ca = createAuthority()
const name = 'kube.internal.example'
const issued = ca.issue({ name: 'api', for: [name, '127.0.0.1'] })
const tls = { cert: issued.certificate, key: issued.key }
const trusting: ConnectionSpec['tls'] = { ca: { kind: 'text', pem: ca.certificate }, insecure: false }
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function serve(options: KubeletOptions = {}): Promise<PlayedKubelet> {
  const kubelet = await startPlayedKubelet(options)
  ends.push(kubelet.close)
  return kubelet
}

/** `open`, or why not. Whatever is wrong with the way is wrong for requests too, so those are made elsewhere. */
async function open(spec: Partial<ConnectionSpec>, tools: Partial<ConnectTools> = {}): Promise<string> {
  const connection = await connect(buildSpec(spec), buildConnectTools(tools))
  if (!connection.ok) return `not connected: ${wordsOf(connection.fault)}`
  ends.push(connection.value.close)
  const opened = await connection.value.openSocket({
    path: '/api/v1/namespaces/demo/pods/one/portforward?ports=80',
    protocol: portForwardProtocol,
    signal: new AbortController().signal,
  })
  return opened.ok ? 'open' : `${opened.fault.code}: ${wordsOf(opened.fault)}`
}

test('over TLS it trusts whom requests trust, shows the same token, groups and name, and keeps the path of the server', async () => {
  const kubelet = await serve({ tls })
  const opened = await open({
    server: `${kubelet.url}/k8s/clusters/c-1/`,
    tls: trusting,
    user: { kind: 'token', token: 'tok-123' },
    impersonate: { user: 'mia', groups: ['a', 'b'], uid: '', extra: {} },
  })
  expect(opened).toBe('open')
  const [stream] = kubelet.streams
  expect(stream?.url).toBe('/k8s/clusters/c-1/api/v1/namespaces/demo/pods/one/portforward?ports=80')
  expect(stream?.headers).toMatchObject({ authorization: 'Bearer tok-123', 'impersonate-user': 'mia' })
  expect(stream?.headers['user-agent']).toMatch(/^tranche\/1\.2\.3 /)
  expect(stream?.headers.host).toBe(`127.0.0.1:${kubelet.port}`)
  expect(stream?.headers.origin).toBeUndefined()
  const groups = stream?.rawHeaders.flatMap((one, at, all) =>
    one.toLowerCase() === 'impersonate-group' ? [all[at + 1]] : [],
  )
  expect(groups).toEqual(['a', 'b'])
})

test('a server of another CA gets no handshake, and one with a client certificate gets it', async () => {
  const shown: unknown[] = []
  const kubelet = await serve({
    tls: { ...tls, ca: ca.certificate, requestCert: true, rejectUnauthorized: false },
    onStream: ({ socket: _socket, ...stream }) => shown.push(stream.url),
    refuse: (request) => {
      const { socket } = request
      if (socket instanceof TLSSocket) shown.push(socket.getPeerCertificate().subject.CN)
      return undefined
    },
  })
  const own = ca.issue({ name: 'mia' })
  const text = (pem: string) => ({ kind: 'text', pem }) as const
  const clientCertificate = { certificate: text(own.certificate), key: text(own.key) }
  expect(await open({ server: kubelet.url, tls: trusting, clientCertificate })).toBe('open')
  expect(shown[0]).toBe('mia')
  const other = { ca: text(createAuthority('other').certificate), insecure: false }
  expect(await open({ server: kubelet.url, tls: other })).toMatch(/^not connected/)
  expect(shown).toHaveLength(2)
})

test.each(['http', 'https', 'socks5'] as const)('it takes the proxy of requests: %s', async (kind) => {
  const kubelet = await serve({ tls })
  const proxyCertificate = ca.issue({ name: 'proxy', for: ['127.0.0.1'] })
  const proxy =
    kind === 'socks5'
      ? await startSocksProxy()
      : await startHttpProxy(kind === 'https' ? proxyCertificate : undefined)
  ends.push(proxy.close)
  const opened = await open(
    {
      server: `https://${name}:${kubelet.port}`,
      tls: trusting,
      proxyUrl: `${kind}://li:p%40ss@127.0.0.1:${proxy.port}`,
    },
    { trusted: () => [ca.certificate] },
  )
  expect(opened).toBe('open')
  const secret = kind === 'socks5' ? 'li:p@ss' : `Basic ${Buffer.from('li:p@ss').toString('base64')}`
  // Once for a request, once for the WebSocket.
  expect(proxy.passed).toEqual([`${name}:${kubelet.port} ${secret}`, `${name}:${kubelet.port} ${secret}`])
})

test('a server without TLS is reached through a tunnel of the proxy: what only forwards requests would end it', async () => {
  const kubelet = await serve()
  const proxy = await startHttpProxy()
  ends.push(proxy.close)
  const opened = await open({
    server: `http://${name}:${kubelet.port}`,
    proxyUrl: `http://127.0.0.1:${proxy.port}`,
  })
  expect([opened, proxy.passed]).toEqual(['open', [`GET ${name}`, `${name}:${kubelet.port}`]])
})

test('what is refused before the upgrade is told with the status and words of the server, and without the secret', async () => {
  const status = (code: number, message: string, reason: string) =>
    [code, JSON.stringify({ kind: 'Status', message, reason, code })] as const
  const refusals: readonly (readonly [readonly [number, string], string])[] = [
    [
      status(403, 'pods "one" is forbidden: tok-123456', 'Forbidden'),
      'forbidden: pods "one" is forbidden: ***',
    ],
    [status(404, 'pods "one" not found', 'NotFound'), 'not-found: pods "one" not found'],
    [[500, 'pod not found ("one_demo")\n'], 'server-error: pod not found ("one_demo")'],
    [[200, '<html>sign in</html>'], 'bad-answer: The server answered with status 200.'],
  ]
  for (const [answer, said] of refusals) {
    const kubelet = await serve({ refuse: () => answer })
    const spec = { server: kubelet.url, user: { kind: 'token', token: 'tok-123456' } as const }
    expect(await open(spec)).toBe(said)
  }
})

test('a token file that was rotated between the handshake and its refusal is read once more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-token-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'token')
  writeFileSync(path, 'old')
  let refused = 0
  const kubelet = await serve({
    refuse(request) {
      if (request.headers.authorization === 'Bearer new') return undefined
      refused++
      writeFileSync(path, 'new')
      return [401, '{"kind":"Status","message":"Unauthorized","reason":"Unauthorized"}']
    },
  })
  const spec = { server: kubelet.url, user: { kind: 'token-file', path, token: '' } as const }
  expect([await open(spec), refused]).toEqual(['open', 1])
})

test('a server that speaks another protocol is told as one', async () => {
  const kubelet = await serve()
  const connection = await connect(buildSpec({ server: kubelet.url }), buildConnectTools())
  if (!connection.ok) throw new Error(wordsOf(connection.fault))
  ends.push(connection.value.close)
  const signal = new AbortController().signal
  const opened = await connection.value.openSocket({ path: '/x', protocol: 'v9.channel.k8s.io', signal })
  expect(opened).toMatchObject({ ok: false, fault: { code: 'not-supported' } })
})

test('when the connection is closed, so is what was opened over it', async () => {
  const kubelet = await serve()
  const connection = await connect(buildSpec({ server: kubelet.url }), buildConnectTools())
  if (!connection.ok) throw new Error(wordsOf(connection.fault))
  const { openSocket, close } = connection.value
  const call = { path: '/x', protocol: portForwardProtocol, signal: new AbortController().signal }
  const opened = await openSocket(call)
  expect(opened.ok).toBe(true)
  await close()
  expect(await kubelet.streams[0]?.closed).toBe(1006)
  expect(await openSocket(call)).toMatchObject({ ok: false, fault: { code: 'closed' } })
})
