import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConnectionSpec } from '../../../../../electron/cluster/dial/connection-spec.ts'
import { contextsOf } from '../../../../../electron/cluster/kubeconfig/kubeconfig.ts'
import { parseKubeconfig } from '../../../../../electron/cluster/kubeconfig/kubeconfig-file.ts'
import { createHome, kubeconfigText, type Home } from '../../../../support/kubeconfig-home.ts'
import { spoken, wordsOf } from '../../../../support/spoken.ts'

let home: Home
beforeEach(() => (home = createHome()))
afterEach(() => home.remove())

type Fields = Readonly<Record<string, unknown>>
const pem = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n'
const base64 = (text: string): string => Buffer.from(text).toString('base64')

function spec(parts: { readonly cluster?: Fields; readonly user?: Fields }): ConnectionSpec {
  return specOf(kubeconfigText(parts))
}

function specOf(text: string): ConnectionSpec {
  const folder = join(home.path, 'sub')
  const file = parseKubeconfig(text, { path: join(folder, 'config'), folder })
  const [first] = file.ok ? contextsOf(file.value, [file.value], []) : []
  if (first === undefined) throw new Error(JSON.stringify(file))
  return first
}

test('a line end around a token, which kubectl refuses, is told in both languages, and is no reason to refuse it', () => {
  const sentence =
    'Its token has a line end around it: kubectl refuses it, and Tranche leaves the line end out.'
  for (const token of ['secret\n', 'secret\r\n', '\nsecret']) {
    const { warnings, unusable } = spec({ user: { token } })
    expect([spoken(warnings), unusable]).toEqual([[sentence], undefined])
    expect(wordsOf(warnings, 'zh')).toMatch(/\p{Script=Han}/u)
  }
  expect(spec({ user: { token: 'secret' } }).warnings).toEqual([])
})

test('all six paths start at the folder of the file that names them', () => {
  const at = (name: string): string => join(home.path, 'sub', name)
  const certificate = spec({
    cluster: { 'certificate-authority': 'ca.crt' },
    user: { 'client-certificate': './li.crt', 'client-key': '../sub/li.key' },
  })
  expect(certificate.tls.ca).toEqual({ kind: 'file', path: at('ca.crt') })
  expect(certificate.clientCertificate).toEqual({
    certificate: { kind: 'file', path: at('li.crt') },
    key: { kind: 'file', path: at('li.key') },
  })
  expect(spec({ user: { tokenFile: 'token' } }).user).toMatchObject({ path: at('token') })
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: './bin/plugin' }
  expect(spec({ user: { exec } }).user).toMatchObject({ exec: { command: at('bin/plugin') } })
})

test('a plugin without a path is looked for on PATH, not beside the kubeconfig', () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws' }
  expect(spec({ user: { exec } }).user).toMatchObject({ exec: { command: 'aws' } })
})

test.each([
  ['https://one.example/', 'https://one.example'],
  ['https://one.example/k8s/clusters/c-x/', 'https://one.example/k8s/clusters/c-x'],
  ['https://[2001:db8::1]:6443', 'https://[2001:db8::1]:6443'],
  ['http://127.0.0.1:8001', 'http://127.0.0.1:8001'],
  ['HTTPS://One.Example', 'https://one.example'],
  ['one.example:6443', 'http://one.example:6443'],
])('the server %s is %s', (server, expected) => {
  const found = spec({ cluster: { server } })
  expect([found.server, found.unusable]).toEqual([expected, undefined])
})

test('a server without a scheme is https as soon as anything about TLS is given; kubectl tries http', () => {
  const cluster = { server: 'one.example:6443', 'certificate-authority-data': base64(pem) }
  expect(spec({ cluster }).server).toBe('https://one.example:6443')
})

const pair = { 'client-certificate-data': base64(pem), 'client-key-data': base64(pem) }
const plugin = { apiVersion: 'client.authentication.k8s.io/v1', command: 'x', interactiveMode: 'Never' }

test.each<[string, Fields]>([
  ['a token', { token: 'secret' }],
  ['a token file', { tokenFile: '/token' }],
  ['a password', { username: 'li', password: 'secret' }],
  ['a client certificate', pair],
  ['a plugin', { exec: plugin }],
])('over http %s goes to this machine alone, and nowhere else, as with kubectl', (_name, user) => {
  const { user: sent, clientCertificate, warnings } = spec({ cluster: { server: 'http://a:8001' }, user })
  expect([sent, clientCertificate]).toEqual([{ kind: 'none' }, undefined])
  expect(warnings.map((one) => wordsOf(one)).join()).toContain('no credentials are sent')
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    const near = spec({ cluster: { server: `http://${host}:8001` }, user })
    expect(near.user.kind !== 'none' || near.clientCertificate !== undefined).toBe(true)
    expect(near.warnings.map((one) => wordsOf(one)).join()).not.toContain('no credentials')
  }
})

test.each([
  ['yes', true],
  ['On', true],
  ['Y', true],
  ['TRUE', true],
  ['no', false],
  ['OFF', false],
  ['n', false],
])('the flag %s is %s, in the words of YAML 1.1 that kubectl reads', (word, expected) => {
  const text = kubeconfigText({ cluster: { server: 'https://one.example' } }).replace(
    'server:',
    `insecure-skip-tls-verify: ${word}\n      server:`,
  )
  const found = specOf(text)
  expect([found.tls.insecure, found.unusable]).toEqual([expected, undefined])
})

test('http and unchecked certificates are marked, and not refused', () => {
  expect(
    spec({ cluster: { server: 'http://a' } })
      .warnings.map((one) => wordsOf(one))
      .join(),
  ).toContain('not encrypted')
  // On this machine itself nobody can listen.
  expect(spec({ cluster: { server: 'http://127.0.0.1:8080' } }).warnings).toEqual([])
  const unchecked = spec({ cluster: { 'insecure-skip-tls-verify': true } })
  expect([unchecked.tls.insecure, unchecked.unusable]).toEqual([true, undefined])
  expect(unchecked.warnings.map((one) => wordsOf(one)).join()).toContain('not checked')
  // There is no certificate to be checked.
  const plain = { server: 'http://127.0.0.1:8080', 'insecure-skip-tls-verify': true }
  expect(spec({ cluster: plain }).warnings).toEqual([])
})

test.each<[string, { readonly cluster?: Fields; readonly user?: Fields }, string]>([
  [
    'a CA while checking is switched off',
    { cluster: { 'certificate-authority-data': base64(pem), 'insecure-skip-tls-verify': true } },
    'kubectl refuses that too',
  ],
  [
    'a CA twice',
    { cluster: { 'certificate-authority-data': base64(pem), 'certificate-authority': 'ca.crt' } },
    'certificate-authority and certificate-authority-data are both given',
  ],
  [
    'a client certificate twice',
    { user: { ...pair, 'client-certificate': 'li.crt' } },
    'client-certificate and client-certificate-data are both given',
  ],
  [
    'a key twice',
    { user: { ...pair, 'client-key': 'li.key' } },
    'client-key and client-key-data are both given',
  ],
  [
    'a plugin that does not say whether it asks',
    { user: { exec: { ...plugin, interactiveMode: undefined } } },
    'interactiveMode',
  ],
  [
    'a plugin that asks in a way that does not exist',
    { user: { exec: { ...plugin, interactiveMode: 'Sometimes' } } },
    'interactiveMode',
  ],
  ['no server', { cluster: { server: '' } }, 'no server address'],
  ['a server that is no URL', { cluster: { server: 'https://a b' } }, 'is not one for http or https'],
  ['a socket for a server', { cluster: { server: 'unix:///run/x' } }, 'is not one for http or https'],
  ['a CA that is no PEM', { cluster: { 'certificate-authority-data': base64('x') } }, 'is not a PEM text'],
  ['a proxy of an unknown kind', { cluster: { 'proxy-url': 'ftp://p' } }, 'proxy-url'],
  ['token and password', { user: { token: 't', username: 'u', password: 'p' } }, 'only one of them'],
  ['a certificate without its key', { user: { 'client-certificate-data': base64(pem) } }, 'and its key'],
  [
    'groups of nobody',
    { user: { token: 't', 'as-groups': ['admins'] } },
    'groups, a uid or extra fields of nobody',
  ],
  [
    'a plugin without a command',
    { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1' } } },
    'no command',
  ],
  [
    'a plugin of a version that is gone',
    { user: { exec: { apiVersion: 'client.authentication.k8s.io/v1alpha1', command: 'x' } } },
    'v1alpha1',
  ],
  ['the provider gcp', { user: { 'auth-provider': { name: 'gcp' } } }, 'gke-gcloud-auth-plugin'],
  ['the provider azure', { user: { 'auth-provider': { name: 'azure' } } }, 'kubelogin'],
  [
    'a plugin and a provider',
    {
      user: {
        exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' },
        'auth-provider': { name: 'oidc', config: { 'idp-issuer-url': 'https://i' } },
      },
    },
    'only one of them',
  ],
  ['an unknown provider', { user: { 'auth-provider': { name: 'acme' } } }, '"acme" is not supported'],
  ['a path with ~', { user: { tokenFile: '~/token' } }, 'neither kubectl nor Tranche expands'],
  ['a path with $HOME', { cluster: { 'certificate-authority': '$HOME/ca' } }, 'expands'],
])('an entry with %s stays listed, says why, and is not connected with', (_name, parts, words) => {
  const found = spec(parts)
  expect(spoken(found.unusable)).toMatchObject({
    code: 'kubeconfig',
    message: expect.stringContaining(words) as string,
  })
  expect(found.warnings).toContainEqual(found.unusable?.sentence)
})

test('the sentence about a bad proxy does not repeat its password', () => {
  const found = spec({ cluster: { 'proxy-url': 'ftp://li:hunter2@proxy' } })
  expect(JSON.stringify([found.unusable, found.warnings])).not.toContain('hunter2')
})

test('a plugin in the older form of the protocol need not say whether it asks', () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'x' }
  expect(spec({ user: { exec } }).unusable).toBeUndefined()
})

test('a client certificate and a token go together, as in kubectl', () => {
  const user = { 'client-certificate-data': base64(pem), 'client-key-data': base64(pem), token: 't' }
  expect(spec({ user })).toMatchObject({ user: { kind: 'token', token: 't' }, clientCertificate: {} })
})

test('a token wins over a plugin, a token file over a token, as in kubectl', () => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'x' }
  expect(spec({ user: { token: 't', exec } }).user.kind).toBe('token')
  expect(spec({ user: { token: 't', tokenFile: '/t' } }).user).toEqual({
    kind: 'token-file',
    path: '/t',
    token: 't',
  })
})

test('impersonation keeps groups, uid and extra fields', () => {
  const user = {
    token: 't',
    as: 'boss',
    'as-uid': '7',
    'as-groups': ['a', 'b'],
    'as-user-extra': { scope: ['s'] },
  }
  expect(spec({ user }).impersonate).toEqual({
    user: 'boss',
    uid: '7',
    groups: ['a', 'b'],
    extra: { scope: ['s'] },
  })
})

test('what a cluster says to plugins reaches the plugin', () => {
  const cluster = {
    extensions: [{ name: 'client.authentication.k8s.io/exec', extension: { audience: 'a' } }],
  }
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: 'x', provideClusterInfo: true }
  expect(spec({ cluster, user: { exec } }).user).toMatchObject({ exec: { clusterConfig: { audience: 'a' } } })
})

test('tls-server-name, proxy-url and disable-compression are kept', () => {
  const cluster = { 'tls-server-name': 'kube', 'proxy-url': 'socks5://p:1080', 'disable-compression': true }
  expect(spec({ cluster })).toMatchObject({
    tls: { serverName: 'kube' },
    proxyUrl: 'socks5://p:1080',
    disableCompression: true,
  })
})

test('a password in numbers is text', () => {
  expect(spec({ user: { username: 'li', password: 1234 } }).user).toMatchObject({ password: '1234' })
})

test('text without a file can be read too', () => {
  expect(parseKubeconfig(kubeconfigText(), { path: 'pasted', folder: undefined })).toMatchObject({ ok: true })
})

test.each([
  [{ command: 'lo\0gin' }, 'a NUL or half a character'],
  [{ command: 'login', args: ['a', 'b\0c'] }, 'a NUL or half a character'],
  [{ command: 'login', args: ['\ud800'] }, 'a NUL or half a character'],
  [{ command: 'login', env: [{ name: 'A', value: '\0' }] }, 'a NUL or half a character'],
  [{ command: 'login', env: [{ name: 'A=B', value: '' }] }, 'named "A=B"'],
  [{ command: 'login', env: [{ name: '', value: 'x' }] }, 'named ""'],
])('what no program can be given is refused before anything is run: %j', (parts, words) => {
  const exec = { apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never', ...parts }
  const found = spec({ user: { exec } })
  expect(wordsOf(found.unusable)).toContain(words)
  expect(wordsOf(found.unusable, 'zh')).toMatch(/\p{Script=Han}/u)
})
