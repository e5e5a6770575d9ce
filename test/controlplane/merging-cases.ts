import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { kubectl, loadTranche } from './beside-kubectl.ts'
import {
  base64,
  fromHere,
  readsNothing,
  textFor,
  type Given,
  type KubeconfigCase,
} from './kubeconfig-case.ts'

/** A file with one context of its own, signed in as this user of the control plane. */
function file(
  given: Given,
  name: string,
  parts: {
    readonly as?: keyof Given['plane']['tokens']
    readonly current?: string
    readonly context?: string
  } = {},
): string {
  const { as = 'viewer', context = name, current = '' } = parts
  const names = { context, current, clusterName: `c-${name}`, userName: `u-${name}` }
  return given.home.write(name, textFor(given, { ...names, user: { token: given.plane.tokens[as] } }))
}

export const mergingCases: readonly KubeconfigCase[] = [
  {
    title: 'no KUBECONFIG: ~/.kube/config',
    ends: 'viewer',
    arrange(given) {
      given.home.write('.kube/config', textFor(given))
      return {}
    },
  },
  {
    title: 'no KUBECONFIG and no file: kubectl tries localhost:8080',
    ends: 'kubeconfig',
    kubectl: { ends: 'unreachable' },
    arrange: () => ({}),
  },
  {
    title: 'KUBECONFIG is empty: ~/.kube/config',
    ends: 'viewer',
    arrange(given) {
      given.home.write('.kube/config', textFor(given))
      return { kubeconfig: [] }
    },
  },
  {
    title: 'nothing but a colon in KUBECONFIG: no file at all, and kubectl tries localhost:8080',
    ends: 'kubeconfig',
    kubectl: { ends: 'unreachable' },
    arrange(given) {
      given.home.write('.kube/config', textFor(given))
      return { kubeconfig: ['', ''] }
    },
  },
  {
    title: 'three files, a missing one and empty places between them',
    ends: 'viewer',
    arrange: (given) => ({
      kubeconfig: [
        '',
        file(given, 'a'),
        join(given.home.path, 'missing'),
        '',
        file(given, 'b', { as: 'partial', current: 'a' }),
        file(given, 'c'),
      ],
    }),
  },
  {
    title: 'the same file twice, once by another way to write its path',
    ends: 'viewer',
    arrange(given) {
      const path = file(given, 'a', { current: 'a' })
      return { kubeconfig: [path, join(given.home.path, '.', 'x', '..', 'a')] }
    },
  },
  {
    title: 'a file by a path from where it is started',
    ends: 'viewer',
    arrange: (given) => ({ kubeconfig: [fromHere(file(given, 'a', { current: 'a' }))] }),
  },
  {
    title: 'a file by a link: relative paths start where the link is',
    ends: 'viewer',
    arrange(given) {
      const real = given.home.write('real/config', textFor(given, { user: { tokenFile: 'token' } }))
      given.home.write('linked/token', given.plane.tokens.viewer)
      given.home.write('real/token', given.plane.tokens.partial)
      const link = join(given.home.path, 'linked', 'config')
      symlinkSync(real, link)
      return { kubeconfig: [link] }
    },
  },
  {
    title: 'the current context stands in the second file only',
    ends: 'partial',
    arrange: (given) => ({
      kubeconfig: [file(given, 'a'), file(given, 'b', { as: 'partial', current: 'b' }), file(given, 'c')],
    }),
  },
  {
    title: 'each file names a current context: the first one counts',
    ends: 'viewer',
    arrange: (given) => ({
      kubeconfig: [file(given, 'a', { current: 'a' }), file(given, 'b', { as: 'partial', current: 'b' })],
    }),
  },
  {
    title: 'the current context is one that nobody defines',
    ends: 'kubeconfig',
    arrange: (given) => ({ kubeconfig: [file(given, 'a', { current: 'gone' })] }),
  },
  {
    title: 'a context of the second file is asked for by name',
    ends: 'partial',
    arrange: (given) => ({
      kubeconfig: [file(given, 'a', { current: 'a' }), file(given, 'b', { as: 'partial' })],
      context: 'b',
    }),
  },
  {
    title: 'a context that does not exist is asked for by name',
    ends: 'kubeconfig',
    arrange: (given) => ({ kubeconfig: [file(given, 'a', { current: 'a' })], context: 'b' }),
  },
  {
    title: 'the same names of all three kinds in both files: the first file counts',
    ends: 'viewer',
    arrange(given) {
      const first = given.home.write('a', textFor(given, { context: 'x' }))
      const second = textFor(given, { context: 'x', user: { token: given.plane.tokens.partial } })
      return { kubeconfig: [first, given.home.write('b', second)] }
    },
  },
  {
    title: "the same user name in both files: the second file's context signs in with the first file's user",
    ends: 'viewer',
    arrange(given) {
      const first = given.home.write('a', textFor(given, { context: 'one' }))
      const second = textFor(given, { context: 'two', user: { token: given.plane.tokens.partial } })
      return { kubeconfig: [first, given.home.write('b', second)], context: 'two' }
    },
  },
  {
    title: 'cluster, user and context in three files, with paths from the folder of each',
    ends: 'viewer',
    arrange(given) {
      const { server, ca, tokens } = given.plane
      given.home.write('clusters/ca.crt', ca)
      given.home.write('users/token', tokens.viewer)
      const cluster = { server, 'certificate-authority': 'ca.crt' }
      return {
        kubeconfig: [
          given.home.write(
            'contexts',
            stringify({ contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }] }),
          ),
          given.home.write('clusters/config', stringify({ clusters: [{ name: 'c', cluster }] })),
          given.home.write(
            'users/config',
            stringify({ users: [{ name: 'u', user: { tokenFile: 'token' } }] }),
          ),
        ],
        context: 'x',
      }
    },
  },
  ...[
    'far east',
    'a/b//c',
    'arn:aws:eks:cn-north-1:123456789012:cluster/demo',
    '生产集群',
    'a@b + ..',
    '#1',
    'null',
  ].map((name): KubeconfigCase => ({
    title: `a context of the name ${name}`,
    ends: 'viewer',
    arrange: (given) => ({
      kubeconfig: [
        given.home.write('config', textFor(given, { context: name, clusterName: name, userName: name })),
      ],
      context: name,
    }),
  })),
  {
    title: 'a namespace of each context',
    ends: 'viewer',
    arrange(given) {
      const names = ['demo', 'far-east', '']
      const contexts = names.map((namespace, at) => ({
        name: `x${at}`,
        context: { cluster: 'c', user: 'u', ...(namespace !== '' && { namespace }) },
      }))
      const all = given.home.write('all', stringify({ contexts }))
      const environment = {
        home: given.home.path,
        kubeconfig: [all, given.home.write('config', textFor(given))],
      }
      return {
        ...environment,
        async check() {
          const { connections } = await loadTranche(environment)
          for (const [at, namespace] of names.entries()) {
            const view = ['config', 'view', '--minify', '--context', `x${at}`, '-o', 'jsonpath={..namespace}']
            expect((await kubectl(environment, view)).out).toBe(namespace)
            const found = connections.find((one) => one.name === `x${at}`)
            expect(found?.namespace).toBe(namespace === '' ? 'default' : namespace)
          }
        },
      }
    },
  },
  {
    title: 'a context without a user: kubectl asks for a password, Tranche hears the server out',
    ends: 'unauthorized',
    kubectl: { ends: 'kubeconfig' },
    arrange(given) {
      const text = stringify({
        clusters: [
          {
            name: 'c',
            cluster: { server: given.plane.server, 'certificate-authority-data': base64(given.plane.ca) },
          },
        ],
        contexts: [{ name: 'x', context: { cluster: 'c' } }],
      })
      return { kubeconfig: [given.home.write('config', text)], context: 'x' }
    },
  },
  {
    title: 'contexts whose cluster or user is not there: kubectl lists them, Tranche tells of them',
    ends: 'viewer',
    contexts: ['x'],
    kubectl: { contexts: ['lost', 'nobody', 'x'] },
    arrange(given) {
      const broken = [
        { name: 'lost', context: { cluster: 'gone', user: 'u' } },
        { name: 'nobody', context: { cluster: 'c', user: 'gone' } },
      ]
      const second = given.home.write('broken', stringify({ contexts: broken }))
      return { kubeconfig: [given.home.write('config', textFor(given)), second] }
    },
  },
  {
    title: 'a folder between the files: kubectl reads nothing, Tranche the others',
    ends: 'viewer',
    contexts: ['a'],
    kubectl: readsNothing,
    arrange(given) {
      const folder = join(given.home.path, 'folder')
      mkdirSync(folder)
      return { kubeconfig: [file(given, 'a', { current: 'a' }), folder] }
    },
  },
  {
    title: 'an empty file between the files',
    ends: 'viewer',
    arrange: (given) => ({ kubeconfig: [given.home.write('empty', ''), file(given, 'a', { current: 'a' })] }),
  },
  {
    title: 'a file that is no YAML between the files: kubectl reads nothing, Tranche the others',
    ends: 'viewer',
    contexts: ['a'],
    kubectl: readsNothing,
    arrange: (given) => ({
      kubeconfig: [file(given, 'a', { current: 'a' }), given.home.write('bad', 'contexts: [')],
    }),
  },
]
