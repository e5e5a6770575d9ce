import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { base64, textFor, type Arranged, type Given, type KubeconfigCase } from './kubeconfig-case.ts'

type Fields = Readonly<Record<string, unknown>>

/** One file with this user. */
function as(given: Given, user: Fields, name = 'config'): Arranged {
  return { kubeconfig: [given.home.write(name, textFor(given, { user }))] }
}

const day = 86_400_000
const exec = (command: string, parts: Fields = {}): Fields => ({
  exec: {
    apiVersion: 'client.authentication.k8s.io/v1',
    command,
    interactiveMode: 'IfAvailable',
    ...parts,
  },
})

/** A plugin in the folder of the kubeconfig, that answers with the viewer's token. */
function plugin(given: Given, body = `answer({ token: '${given.plane.tokens.viewer}' })`): string {
  return given.plugins.write('login', `note(env.KUBERNETES_EXEC_INFO.trim()); ${body}`)
}

export const signInCases: readonly KubeconfigCase[] = [
  {
    title: 'a client certificate in the file itself, with two groups',
    ends: 'li',
    arrange(given) {
      const { certificate, key } = given.people.issue({ name: 'li', groups: ['ops', 'far east'] })
      return as(given, {
        'client-certificate-data': base64(certificate),
        'client-key-data': base64(key),
      })
    },
  },
  {
    title: 'a client certificate in files, by paths from the folder of the kubeconfig',
    ends: 'li',
    arrange(given) {
      const { certificate, key } = given.people.issue({ name: 'li' })
      given.home.write('deep/pki/li.crt', certificate)
      given.home.write('deep/li.key', key)
      return as(given, { 'client-certificate': 'pki/li.crt', 'client-key': './li.key' }, 'deep/config')
    },
  },
  {
    title: 'a client certificate in the file itself beside one in another file',
    ends: 'kubeconfig',
    arrange(given) {
      const inline = given.people.issue({ name: 'inline' })
      const filed = given.people.issue({ name: 'filed' })
      given.home.write('filed.crt', filed.certificate)
      given.home.write('filed.key', filed.key)
      return as(given, {
        'client-certificate': 'filed.crt',
        'client-key': 'filed.key',
        'client-certificate-data': base64(inline.certificate),
        'client-key-data': base64(inline.key),
      })
    },
  },
  {
    title: 'a client certificate that expired yesterday',
    ends: 'unauthorized',
    arrange(given) {
      const old = {
        name: 'li',
        validFrom: new Date(Date.now() - 9 * day),
        validTo: new Date(Date.now() - day),
      }
      const { certificate, key } = given.people.issue(old)
      return as(given, { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) })
    },
  },
  {
    title: 'a client certificate of an authority that the server does not know',
    ends: 'unauthorized',
    arrange(given) {
      const { certificate, key } = given.stranger.issue({ name: 'li' })
      return as(given, { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) })
    },
  },
  {
    title: 'a client certificate without its key',
    ends: 'kubeconfig',
    arrange: (given) =>
      as(given, { 'client-certificate-data': base64(given.people.issue({ name: 'li' }).certificate) }),
  },
  {
    title: 'a client certificate file that is not there',
    ends: 'kubeconfig',
    arrange: (given) => as(given, { 'client-certificate': 'no.crt', 'client-key': 'no.key' }),
  },
  {
    title: 'a client certificate and a token of somebody else',
    ends: 'li',
    arrange(given) {
      const { certificate, key } = given.people.issue({ name: 'li' })
      return as(given, {
        'client-certificate-data': base64(certificate),
        'client-key-data': base64(key),
        token: given.plane.tokens.viewer,
      })
    },
  },
  { title: 'a token', ends: 'viewer', arrange: (given) => as(given, { token: given.plane.tokens.viewer }) },
  { title: 'a token that is wrong', ends: 'unauthorized', arrange: (given) => as(given, { token: 'wrong' }) },
  {
    title: 'a token file by a path from the folder of the kubeconfig, with a line end in it',
    ends: 'viewer',
    arrange(given) {
      given.home.write('tokens/viewer', `${given.plane.tokens.viewer}\n`)
      return as(given, { tokenFile: 'tokens/viewer' })
    },
  },
  {
    title: 'a token file beside a token: the file counts',
    ends: 'partial',
    arrange(given) {
      given.home.write('token', given.plane.tokens.partial)
      return as(given, { tokenFile: 'token', token: given.plane.tokens.viewer })
    },
  },
  {
    title: 'a token file that is not there beside a token: the token counts',
    ends: 'viewer',
    arrange: (given) => as(given, { tokenFile: 'no-token', token: given.plane.tokens.viewer }),
  },
  {
    title: 'a token file that is not there',
    ends: 'kubeconfig',
    arrange: (given) => as(given, { tokenFile: 'no-token' }),
  },
  {
    title: 'a token file with nothing in it',
    ends: 'kubeconfig',
    arrange(given) {
      given.home.write('token', '\n')
      return as(given, { tokenFile: 'token' })
    },
  },
  {
    title: 'a user name and a password, which API servers no longer take',
    ends: 'unauthorized',
    arrange: (given) => as(given, { username: 'viewer', password: 'pässword' }),
  },
  {
    title: 'a token and a password at once',
    ends: 'kubeconfig',
    arrange: (given) => as(given, { token: given.plane.tokens.viewer, username: 'viewer', password: 'x' }),
  },
  {
    title: 'a user of whom nothing is said: kubectl asks for a password, Tranche hears the server out',
    ends: 'unauthorized',
    kubectl: { ends: 'kubeconfig' },
    arrange: (given) => as(given, {}),
  },
  {
    title: 'a plugin that is told about the cluster and answers with a token',
    ends: 'viewer',
    arrange(given) {
      const user = exec(plugin(given), {
        provideClusterInfo: true,
        args: ['a b'],
        env: [{ name: 'X', value: 'z' }],
      })
      const extension = { anything: [1, 'two', { three: null }] }
      const extensions = [{ name: 'client.authentication.k8s.io/exec', extension }]
      const text = textFor(given, { user, cluster: { extensions, 'tls-server-name': 'localhost' } })
      return {
        kubeconfig: [given.home.write('config', text)],
        check() {
          const [one, other] = given.plugins.notes().map((line) => JSON.parse(line) as unknown)
          expect(one).toEqual(other)
          expect(given.plugins.notes()).toHaveLength(2)
        },
      }
    },
  },
  {
    title: 'a plugin that answers with a certificate',
    ends: 'li',
    arrange(given) {
      const { certificate, key } = given.people.issue({ name: 'li', groups: ['ops'] })
      const status = { clientCertificateData: certificate, clientKeyData: key }
      return as(given, exec(plugin(given, `answer(${JSON.stringify(status)})`)))
    },
  },
  {
    title: 'a plugin beside a token: the token counts',
    ends: 'viewer',
    arrange: (given) =>
      as(given, { ...exec(plugin(given, 'process.exit(3)')), token: given.plane.tokens.viewer }),
  },
  {
    title: 'a plugin in the older form of the protocol',
    ends: 'viewer',
    arrange: (given) =>
      as(
        given,
        exec(plugin(given, `answer({ token: '${given.plane.tokens.viewer}' }, 'v1beta1')`), {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
        }),
      ),
  },
  {
    title: 'a plugin by a path from the folder of the kubeconfig',
    ends: 'viewer',
    arrange(given) {
      const target = plugin(given)
      mkdirSync(join(given.home.path, 'bin'))
      symlinkSync(target, join(given.home.path, 'bin', 'login'))
      return {
        ...as(given, exec('bin/login')),
        check: () => expect(given.plugins.notes()).toHaveLength(2),
      }
    },
  },
  {
    title: 'a plugin that is found on PATH',
    ends: 'viewer',
    arrange(given) {
      plugin(given)
      return { ...as(given, exec('login')), env: { PATH: `${given.plugins.path}:/usr/bin:/bin` } }
    },
  },
  {
    title: 'a plugin that answers in another version than it was asked for',
    ends: 'plugin',
    arrange: (given) => as(given, exec(plugin(given, `answer({ token: 'x' }, 'v1beta1')`))),
  },
  {
    title: 'a plugin that fails',
    ends: 'plugin',
    arrange: (given) => as(given, exec(plugin(given, `process.exit(3)`))),
  },
  {
    title: 'a plugin that is not there',
    ends: 'plugin',
    arrange: (given) => as(given, exec('no-such-login')),
  },
  {
    title: 'a plugin whose interactive mode is not said, in the newer form of the protocol',
    ends: 'kubeconfig',
    arrange: (given) => as(given, exec(plugin(given), { interactiveMode: undefined })),
  },
  {
    title: 'a plugin of a version that is no more',
    ends: 'kubeconfig',
    arrange: (given) =>
      as(given, exec(plugin(given), { apiVersion: 'client.authentication.k8s.io/v1alpha1' })),
  },
  {
    title: 'acting as somebody with groups, a uid and extra fields',
    ends: 'jürgen 李',
    arrange: (given) =>
      as(given, {
        token: given.plane.tokens.admin,
        as: 'jürgen 李',
        'as-uid': 'u-1',
        'as-groups': ['ops', 'far east', '运维'],
        'as-user-extra': {
          'example.com/Scopes': ['read all', '写'],
          'a%b': ['x'],
          reason: ['incident 7'],
        },
      }),
  },
  {
    title: 'acting as somebody by a client certificate',
    ends: 'robot',
    arrange(given) {
      const { certificate, key } = given.people.issue({ name: 'root', groups: ['system:masters'] })
      return as(given, {
        'client-certificate-data': base64(certificate),
        'client-key-data': base64(key),
        as: 'robot',
      })
    },
  },
  {
    title: 'acting as somebody without the right to',
    ends: 'forbidden',
    arrange: (given) => as(given, { token: given.plane.tokens.viewer, as: 'robot' }),
  },
  {
    title: 'acting with groups of nobody',
    ends: 'kubeconfig',
    arrange: (given) => as(given, { token: given.plane.tokens.admin, 'as-groups': ['ops'] }),
  },
]
