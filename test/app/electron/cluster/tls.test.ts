import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { bounds } from '../../../../electron/cluster/requests/bounds.ts'
import { connect, type ConnectTools } from '../../../../electron/cluster/connection.ts'
import type { ConnectionSpec } from '../../../../electron/cluster/dial/connection-spec.ts'
import { machineTrust } from '../../../../electron/cluster/dial/dispatcher.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'
import { createAuthority, type Certificate } from '../../../support/certificates.ts'
import { always, startRecordingServer, type RecordingServer } from '../../../support/recording-server.ts'
import { wordsOf } from '../../../support/spoken.ts'

const ca = createAuthority()
const good = ca.issue({ name: 'api', for: ['127.0.0.1', '::1'] })
const version = { gitVersion: 'v1.36.2' }
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function serve(
  { certificate, key }: Certificate,
  more: ServerOptions & { readonly host?: string } = {},
): Promise<RecordingServer> {
  const { host, ...tls } = more
  const server = await startRecordingServer(always(version), {
    tls: { cert: certificate, key, ...tls },
    ...(host !== undefined && { host }),
  })
  ends.push(server.close)
  return server
}

/** The server's version, or the fault in the way to it. */
async function reach(spec: Partial<ConnectionSpec>, tools: Partial<ConnectTools> = {}): Promise<string> {
  const connection = await connect(buildSpec(spec), buildConnectTools(tools))
  if (!connection.ok) return `${connection.fault.code}: ${wordsOf(connection.fault)}`
  ends.push(connection.value.close)
  return connection.value.version
}

const trusting = (authority = ca): ConnectionSpec['tls'] => ({
  ca: { kind: 'text', pem: authority.certificate },
  insecure: false,
})

test("a server whose certificate the kubeconfig's CA has issued is reached, over IPv4 and IPv6", async () => {
  for (const host of ['127.0.0.1', '::1'])
    expect(await reach({ server: (await serve(good, { host })).url, tls: trusting() })).toBe('v1.36.2')
})

test('a CA in a file is read when connecting, and anew when it has been replaced', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-ca-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'ca.crt')
  writeFileSync(path, createAuthority('another').certificate)
  const spec = buildSpec({
    server: (await serve(good)).url,
    tls: { insecure: false, ca: { kind: 'file', path } },
  })
  expect(await reach(spec)).toContain('tls: ')
  writeFileSync(path, ca.certificate)
  expect(await reach(spec)).toBe('v1.36.2')
})

test('a CA file that is missing is named', async () => {
  const spec = {
    server: 'https://127.0.0.1:1',
    tls: { insecure: false, ca: { kind: 'file', path: '/no/ca.crt' } },
  } as const
  expect(await reach(spec)).toBe('kubeconfig: The file /no/ca.crt, which the kubeconfig names, is not there.')
})

test('a server of another CA is refused, and nothing was sent to it', async () => {
  const server = await serve(createAuthority('another').issue({ name: 'api', for: ['127.0.0.1'] }))
  expect(await reach({ server: server.url, tls: trusting() })).toMatch(
    /^tls: The certificate of https:.* was not issued by a CA that is trusted here/,
  )
  expect(server.asked).toEqual([])
})

test.each([
  ['expired', { validTo: new Date('2020-01-01') }, 'has expired'],
  ['not valid yet', { validFrom: new Date(Date.now() + 3_600_000) }, 'is not valid yet'],
  ['made out to another name', { for: ['api.example'] }, 'is made out to another name'],
])('a certificate that is %s is refused in words', async (_name, options, words) => {
  const server = await serve(ca.issue({ name: 'api', for: ['127.0.0.1'], ...options }))
  const answer = await reach({ server: server.url, tls: trusting() })
  expect(answer).toMatch(/^tls: /)
  expect(answer).toContain(words)
  expect(server.asked).toEqual([])
})

test('tls-server-name is asked for and checked instead of the address', async () => {
  const asked: string[] = []
  const server = await serve(ca.issue({ name: 'api', for: ['kube.teleport.example'] }), {
    SNICallback: (name, done) => {
      asked.push(name)
      done(null)
    },
  })
  const tls = { ...trusting(), serverName: 'kube.teleport.example' }
  expect(await reach({ server: server.url, tls })).toBe('v1.36.2')
  expect(asked).toEqual(['kube.teleport.example'])
  expect(await reach({ server: server.url, tls: { ...tls, serverName: 'other.example' } })).toContain(
    'another name',
  )
})

test('insecure-skip-tls-verify takes any certificate', async () => {
  const server = await serve(createAuthority('another').issue({ name: 'x', validTo: new Date('2020-01-01') }))
  expect(await reach({ server: server.url, tls: { insecure: true } })).toBe('v1.36.2')
})

test("without a CA in the kubeconfig it is the machine's own store that counts", async () => {
  const server = await serve(good)
  expect(await reach({ server: server.url, tls: { insecure: false } })).toMatch(/^tls: /)
  const trusted = (): readonly string[] => [ca.certificate]
  expect(await reach({ server: server.url, tls: { insecure: false } }, { trusted })).toBe('v1.36.2')
  const other = { ...trusting(createAuthority('another')) }
  expect(await reach({ server: server.url, tls: other }, { trusted })).toMatch(/^tls: /)
  expect(machineTrust()().length).toBeGreaterThan(50)
})

test('a client certificate is shown to the server, and a rotated one from then on', async () => {
  const seen: (string | undefined)[] = []
  const server = await startRecordingServer(always(version), {
    tls: { cert: good.certificate, key: good.key, ca: ca.certificate, requestCert: true },
  })
  ends.push(server.close)
  const folder = mkdtempSync(join(tmpdir(), 'tranche-client-'))
  ends.push(() => rmSync(folder, { recursive: true }))
  const path = (name: string): string => join(folder, name)
  const rotate = (name: string): void => {
    const { certificate, key } = ca.issue({ name, groups: ['team'] })
    writeFileSync(path('crt'), certificate)
    writeFileSync(path('key'), key)
  }
  rotate('li')
  const connection = await connect(
    buildSpec({
      server: server.url,
      tls: trusting(),
      clientCertificate: {
        certificate: { kind: 'file', path: path('crt') },
        key: { kind: 'file', path: path('key') },
      },
    }),
    buildConnectTools(),
  )
  if (!connection.ok) throw new Error(wordsOf(connection.fault))
  ends.push(connection.value.close)
  server.onSocket((socket) => seen.push(commonName(socket)))
  await connection.value.api.version(bounds.read)
  rotate('wang')
  await connection.value.api.version(bounds.read)
  expect(seen).toEqual(['li', 'wang'])
})

function commonName(socket: TLSSocket): string | undefined {
  const { subject } = socket.getPeerCertificate()
  return Array.isArray(subject.CN) ? subject.CN.join() : subject.CN
}

test('an expired client certificate is named when the server refuses it', async () => {
  const expired = ca.issue({ name: 'li', validTo: new Date('2020-02-02') })
  const server = await serve(good, { ca: ca.certificate, requestCert: true, rejectUnauthorized: true })
  const answer = await reach({
    server: server.url,
    tls: trusting(),
    clientCertificate: {
      certificate: { kind: 'text', pem: expired.certificate },
      key: { kind: 'text', pem: expired.key },
    },
  })
  expect(answer).toContain(': The client certificate expired on 2020-02-02. ')
  expect(server.asked).toEqual([])
})

test('a server that wants a client certificate from a user who has none says so', async () => {
  const wants = {
    ca: ca.certificate,
    requestCert: true,
    rejectUnauthorized: true,
    maxVersion: 'TLSv1.2',
  } as const
  const server = await serve(good, wants)
  expect(await reach({ server: server.url, tls: trusting() })).toBe(
    `tls: ${server.url} refused the handshake: it may ask for a client certificate that this user does not have.`,
  )
})

test('a key that does not belong to its certificate is told as such', async () => {
  const server = await serve(good)
  const answer = await reach({
    server: server.url,
    tls: trusting(),
    clientCertificate: {
      certificate: { kind: 'text', pem: ca.issue({ name: 'a' }).certificate },
      key: { kind: 'text', pem: ca.issue({ name: 'b' }).key },
    },
  })
  expect(answer).toMatch(/^kubeconfig: The certificate, its key or the CA is not usable: /)
})

test('https asked of a server that speaks http is told as that', async () => {
  const server = await startRecordingServer(always(version))
  ends.push(server.close)
  expect(await reach({ server: server.url.replace('http:', 'https:'), tls: trusting() })).toMatch(
    /^tls: .* speaks no TLS/,
  )
})

test('a server that hangs up in the middle of the handshake is unreachable, not untrusted', async () => {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => server.close())
  const { port } = server.address() as AddressInfo
  expect(await reach({ server: `https://127.0.0.1:${port}`, tls: trusting() })).toMatch(/^unreachable: /)
})
