import { expect } from 'vitest'
import { startHttpProxy, startSocksProxy } from '../support/proxies.ts'
import { startReverseProxy } from '../support/reverse-proxy.ts'
import { startForwarder } from '../support/forwarder.ts'
import { base64, textFor, type Arranged, type Given, type KubeconfigCase } from './kubeconfig-case.ts'

type Fields = Readonly<Record<string, unknown>>

/** One file with this cluster; it takes away what is `undefined`. */
function at(given: Given, cluster: Fields, parts: Partial<Arranged> = {}): Arranged {
  return { kubeconfig: [given.home.write('config', textFor(given, { cluster }))], ...parts }
}

const noAuthority = { 'certificate-authority-data': undefined }
const asked = 'POST /apis/authentication.k8s.io/v1/selfsubjectreviews'
/** A name in the server's certificate that leads nowhere without a proxy. */
const inside = 'kubernetes.default.svc'

export const reachingCases: readonly KubeconfigCase[] = [
  {
    title: 'the authority in a file, by a path from the folder of the kubeconfig',
    ends: 'viewer',
    arrange(given) {
      given.home.write('pki/ca.crt', given.plane.ca)
      return at(given, { ...noAuthority, 'certificate-authority': 'pki/ca.crt' })
    },
  },
  {
    title: 'a bundle of authorities, of which the last one counts',
    ends: 'viewer',
    arrange: (given) =>
      at(given, {
        'certificate-authority-data': base64(`${given.stranger.certificate}\n${given.plane.ca}`),
      }),
  },
  {
    title: 'the authority in the file itself and in another file',
    ends: 'kubeconfig',
    arrange(given) {
      given.home.write('ca.crt', given.plane.ca)
      return at(given, { 'certificate-authority': 'ca.crt' })
    },
  },
  {
    title: 'the wrong authority',
    ends: 'tls',
    arrange: (given) => at(given, { 'certificate-authority-data': base64(given.stranger.certificate) }),
  },
  {
    title: 'an authority file that is not there',
    ends: 'kubeconfig',
    arrange: (given) => at(given, { ...noAuthority, 'certificate-authority': 'no.crt' }),
  },
  {
    title: 'no authority, of a server that this machine trusts',
    ends: 'viewer',
    arrange: (given) => at(given, noAuthority, { trusted: given.home.write('machine.crt', given.plane.ca) }),
  },
  {
    title: 'no authority, of a server that this machine does not trust',
    ends: 'tls',
    arrange: (given) => at(given, noAuthority),
  },
  {
    title: 'a certificate that is not checked',
    ends: 'viewer',
    arrange: (given) => at(given, { ...noAuthority, 'insecure-skip-tls-verify': true }),
  },
  {
    title: 'a certificate that is not checked, and an authority',
    ends: 'kubeconfig',
    arrange: (given) => at(given, { 'insecure-skip-tls-verify': true }),
  },
  {
    title: 'a TLS name that the certificate has',
    ends: 'viewer',
    arrange: (given) => at(given, { 'tls-server-name': inside }),
  },
  {
    title: 'a TLS name that the certificate does not have',
    ends: 'tls',
    arrange: (given) => at(given, { 'tls-server-name': 'another.example' }),
  },
  {
    title: 'an address for a TLS name, as for a tunnel',
    ends: 'viewer',
    arrange: (given) =>
      at(given, { server: `https://localhost:${given.port}`, 'tls-server-name': '127.0.0.1' }),
  },
  {
    title: 'a name for a server, with a stroke at the end',
    ends: 'viewer',
    arrange: (given) => at(given, { server: `https://localhost:${given.port}/` }),
  },
  {
    title: 'a server without a scheme, with an authority: kubectl tries http there, Tranche https',
    ends: 'viewer',
    kubectl: { ends: 'kubeconfig' },
    arrange: (given) => at(given, { server: `127.0.0.1:${given.port}` }),
  },
  {
    title: 'a server under a path, behind a proxy with TLS of its own, with a stroke at the end',
    ends: 'viewer',
    async arrange(given) {
      const certificate = given.stranger.issue({ name: 'rancher', for: ['127.0.0.1'] })
      const prefix = '/k8s/clusters/c-m-x'
      const proxy = given.keep(await startReverseProxy({ upstream: given.plane, prefix, certificate }))
      const server = `https://127.0.0.1:${proxy.port}${prefix}/`
      return at(given, {
        server,
        'certificate-authority-data': base64(given.stranger.certificate),
      })
    },
  },
  {
    title: 'an IPv6 address',
    ends: 'viewer',
    async arrange(given) {
      const certificate = given.stranger.issue({ name: 'six', for: ['::1'] })
      const proxy = given.keep(await startReverseProxy({ upstream: given.plane, host: '::1', certificate }))
      return at(given, {
        server: `https://[::1]:${proxy.port}`,
        'certificate-authority-data': base64(given.stranger.certificate),
      })
    },
  },
  {
    title: 'an IPv6 address before the server, under a TLS name of it, with a client certificate',
    ends: 'li',
    async arrange(given) {
      const forwarder = given.keep(await startForwarder({ host: '::1', to: given.port }))
      const { certificate, key } = given.people.issue({ name: 'li' })
      const text = textFor(given, {
        cluster: { server: `https://[::1]:${forwarder.port}`, 'tls-server-name': 'localhost' },
        user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) },
      })
      return { kubeconfig: [given.home.write('config', text)] }
    },
  },
  {
    title: 'an http proxy that the kubeconfig names, with a password',
    ends: 'viewer',
    async arrange(given) {
      const proxy = given.keep(await startHttpProxy())
      const server = `https://${inside}:${given.port}`
      return at(
        given,
        { server, 'proxy-url': `http://li:p%40ss@127.0.0.1:${proxy.port}` },
        {
          check: () => {
            expect(proxy.passed).toHaveLength(2)
            expect(proxy.passed[0]).toBe(proxy.passed[1])
          },
        },
      )
    },
  },
  {
    title: 'a SOCKS proxy that the kubeconfig names',
    ends: 'viewer',
    async arrange(given) {
      const proxy = given.keep(await startSocksProxy())
      const server = `https://${inside}:${given.port}`
      return at(
        given,
        { server, 'proxy-url': `socks5://127.0.0.1:${proxy.port}` },
        {
          check: () => {
            expect(proxy.passed).toEqual([`${inside}:${given.port}`, `${inside}:${given.port}`])
          },
        },
      )
    },
  },
  {
    title: 'a proxy that the environment names',
    ends: 'viewer',
    async arrange(given) {
      const proxy = given.keep(await startHttpProxy())
      return at(
        given,
        { server: `https://${inside}:${given.port}` },
        {
          env: { HTTPS_PROXY: `127.0.0.1:${proxy.port}` },
          check: () => expect(proxy.passed).toHaveLength(2),
        },
      )
    },
  },
  {
    title: 'a proxy that the environment names, and a server on this machine: it is not used',
    ends: 'viewer',
    async arrange(given) {
      const proxy = given.keep(await startHttpProxy())
      return at(
        given,
        {},
        {
          env: { HTTPS_PROXY: `127.0.0.1:${proxy.port}` },
          check: () => expect(proxy.passed).toEqual([]),
        },
      )
    },
  },
  {
    title: 'a proxy of a kind that does not exist',
    ends: 'kubeconfig',
    arrange: (given) => at(given, { 'proxy-url': 'ftp://127.0.0.1:1' }),
  },
  {
    title: 'http on this machine: kubectl sends no token there, Tranche does',
    ends: 'viewer',
    kubectl: { ends: 'unauthorized' },
    async arrange(given) {
      const proxy = given.keep(await startReverseProxy({ upstream: given.plane }))
      return at(
        given,
        { ...noAuthority, server: `http://127.0.0.1:${proxy.port}` },
        { check: () => expect(proxy.passed).toEqual([asked, `${asked} signed`]) },
      )
    },
  },
  {
    title: 'http to another machine: no token is sent',
    ends: 'unauthorized',
    async arrange(given) {
      const name = 'POST plain.example'
      const plain = given.keep(await startReverseProxy({ upstream: given.plane }))
      const proxy = given.keep(await startHttpProxy())
      return at(
        given,
        {
          ...noAuthority,
          server: `http://plain.example:${plain.port}`,
          'proxy-url': `http://127.0.0.1:${proxy.port}`,
        },
        {
          check: () =>
            expect([plain.passed, proxy.passed]).toEqual([
              [asked, asked],
              [name, name],
            ]),
        },
      )
    },
  },
  {
    title: 'a server where nobody listens',
    ends: 'unreachable',
    arrange: (given) => at(given, { server: 'https://127.0.0.1:1' }),
  },
  {
    title: 'no server: kubectl tries localhost:8080',
    ends: 'kubeconfig',
    kubectl: { ends: 'unreachable' },
    arrange: (given) => at(given, { server: '' }),
  },
]
