import { base64, readsNothing, textFor, type Given, type KubeconfigCase } from './kubeconfig-case.ts'

type Expected = Pick<KubeconfigCase, 'ends' | 'contexts' | 'kubectl'>

/** The same kubeconfig of one context, written in another way. */
function written(
  title: string,
  text: (given: Given) => string | Buffer,
  expected: Expected = { ends: 'viewer' },
): KubeconfigCase {
  return {
    title,
    ...expected,
    arrange: (given) => ({ kubeconfig: [given.home.write('config', text(given))] }),
  }
}

/** Where kubectl refuses the whole file for one word in it. */
const onlyTranche = (context = 'x', ends = 'viewer'): Expected => ({
  ends,
  contexts: [context],
  kubectl: readsNothing,
})

const cluster = ({ plane }: Given): string =>
  `{server: "${plane.server}", certificate-authority-data: ${base64(plane.ca)}}`
const user = ({ plane }: Given): string => `{token: ${plane.tokens.viewer}}`

/** All in few lines, so that a case can say what is other about it. */
function short(given: Given): string {
  return `current-context: x
contexts: [{name: x, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: ${cluster(given)}}]
users: [{name: u, user: ${user(given)}}]
`
}

function json({ plane }: Given, indent?: string): string {
  const cluster = { server: plane.server, 'certificate-authority-data': base64(plane.ca) }
  const config = {
    kind: 'Config',
    apiVersion: 'v1',
    'current-context': 'x',
    clusters: [{ name: 'c', cluster }],
    users: [{ name: 'u', user: { token: plane.tokens.viewer } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
  }
  return JSON.stringify(config, null, indent)
}

export const textCases: readonly KubeconfigCase[] = [
  written('JSON in one line', (given) => json(given)),
  written('JSON with tabs', (given) => json(given, '\t')),
  written(
    'YAML with anchors and aliases',
    (given) => `current-context: two
contexts:
- {name: one, context: &here {cluster: c, user: &who u}}
- {name: two, context: *here}
clusters: [{name: c, cluster: ${cluster(given)}}]
users: [{name: *who, user: ${user(given)}}]
`,
  ),
  written(
    'YAML with merge keys',
    (given) => `common: &common {certificate-authority-data: ${base64(given.plane.ca)}}
${short(given).replace(cluster(given), `{<<: *common, server: "${given.plane.server}"}`)}`,
  ),
  written('a flag in the words of YAML 1.1', (given) =>
    short(given).replace(cluster(given), `{server: "${given.plane.server}", insecure-skip-tls-verify: yes}`),
  ),
  written(
    'a name that is a number: kubectl refuses the file',
    (given) => short(given).replace('name: x', 'name: 7').replace('current-context: x', 'current-context: 7'),
    onlyTranche('7'),
  ),
  written(
    'a name that YAML 1.1 takes for a flag: kubectl refuses the file',
    (given) =>
      short(given).replace('name: x', 'name: on').replace('current-context: x', 'current-context: on'),
    onlyTranche('on'),
  ),
  written(
    'a token that is a number: kubectl refuses the file, the server the token',
    (given) => short(given).replace(user(given), '{token: 123456}'),
    onlyTranche('x', 'unauthorized'),
  ),
  written('a byte order mark', (given) => `\uFEFF${short(given)}`),
  written('UTF-16, as PowerShell writes it', (given) => Buffer.from(`\uFEFF${short(given)}`, 'utf16le')),
  written('line ends of Windows', (given) => short(given).replaceAll('\n', '\r\n')),
  written('marks at the start and the end of the document', (given) => `---\n${short(given)}...\n`),
  written('a second document', (given) => `${short(given)}---\ncurrent-context: other\n`),
  written('a key that stands there twice', (given) =>
    short(given).replace(user(given), `{token: wrong, token: ${given.plane.tokens.viewer}}`),
  ),
  written('fields that nobody knows, and one in other letters', (given) =>
    short(given).replace('token:', 'Token: wrong, any: [1], token:'),
  ),
  written('an authority over several lines', (given) => {
    const lines = base64(given.plane.ca).match(/.{1,64}/g) ?? []
    const folded = `|\n${lines.map((line) => `        ${line}`).join('\n')}`
    return textFor(given, { cluster: { 'certificate-authority-data': 'folded' } }).replace('folded', folded)
  }),
  written(
    'an authority that is no base64: kubectl refuses the file, Tranche the entry',
    (given) => short(given).replace(base64(given.plane.ca), '"***"'),
    onlyTranche('x', 'kubeconfig'),
  ),
  written(
    'an entry of the wrong shape: kubectl refuses the file, Tranche the entry',
    (given) => short(given).replace('users: [', 'users: [{name: odd, user: [1, 2]}, '),
    onlyTranche(),
  ),
  written(
    'a context that is defined twice: kubectl refuses the file, Tranche takes the first',
    (given) =>
      short(given).replace('}}]\nclusters', '}}, {name: x, context: {cluster: gone, user: gone}}]\nclusters'),
    onlyTranche(),
  ),
  written(
    'another version than v1',
    (given) => `apiVersion: v2\nkind: Config\n${short(given)}`,
    readsNothing,
  ),
  written(
    'a Secret that holds a kubeconfig',
    (given) => `apiVersion: v1\nkind: Secret\ndata: {value: ${base64(short(given))}}\n`,
    readsNothing,
  ),
]
