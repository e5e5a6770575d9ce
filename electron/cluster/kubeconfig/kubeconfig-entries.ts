import { isAbsolute, resolve } from 'node:path'
import type { KubeconfigSentence } from '../../../shared/fault-sentences/kubeconfig-sentence.ts'
import type { ConnectionSpec, ExecSpec, Material, OidcSpec, UserSpec } from '../dial/connection-spec.ts'
import { decoded, withoutUserInfo } from '../dial/redact.ts'
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts'

/** An entry and the file that defines it: relative paths start at that file's folder. */
export type Defined<T> = {
  readonly entry: T
  readonly file: string
  /** Text that was pasted has no folder: relative paths in it mean nothing. */
  readonly folder: string | undefined
}

/** A sentence for each thing in which an entry can't be used; the first one is told when connecting. */
export type Refusals = KubeconfigSentence[]

const clusterConfigName = 'client.authentication.k8s.io/exec'

export function tlsSpec(
  { entry, folder }: Defined<ClusterEntry>,
  refusals: Refusals,
): { readonly tls: ConnectionSpec['tls']; readonly warnings: readonly KubeconfigSentence[] } {
  const insecure = entry['insecure-skip-tls-verify']
  const names = ['certificate-authority-data', 'certificate-authority'] as const
  const ca = material(names, { data: entry[names[0]], path: entry[names[1]], folder }, refusals)
  const serverName = entry['tls-server-name']
  if (insecure && ca !== undefined) refusals.push({ kind: 'ca-and-insecure' })
  return {
    tls: { insecure, ...(ca !== undefined && { ca }), ...(serverName !== '' && { serverName }) },
    // Over plain http there is no certificate.
    warnings: insecure && !/^http:/i.test(entry.server.trim()) ? [{ kind: 'insecure' }] : [],
  }
}

/** Without a scheme it is https if anything about TLS is given, else http; kubectl speaks http to both. */
export function serverAddress(cluster: ClusterEntry, hasTls: boolean, refusals: Refusals): string {
  const text = cluster.server.trim()
  if (text === '') {
    refusals.push({ kind: 'no-server' })
    return ''
  }
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${hasTls ? 'https' : 'http'}://${text}`
  const url = URL.parse(full)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    const shown = withoutUserInfo(text)
    refusals.push({ kind: 'server-not-http', server: shown })
    return shown
  }
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`
}

/** A name and a password in the address of a server, as kubectl uses them for a user who has nothing else to show. */
export function serverUser(cluster: ClusterEntry): Extract<UserSpec, { readonly kind: 'basic' }> | undefined {
  const text = cluster.server.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (url === null || url.username + url.password === '') return undefined
  return { kind: 'basic', username: decoded(url.username), password: decoded(url.password) }
}

export function proxyUrl(cluster: ClusterEntry, refusals: Refusals): string | undefined {
  const text = cluster['proxy-url'].trim()
  if (text === '') return undefined
  const known = ['http:', 'https:', 'socks5:', 'socks5h:']
  if (!known.includes(URL.parse(text)?.protocol ?? ''))
    // The address itself may hold a password.
    refusals.push({ kind: 'proxy-not-url' })
  return text
}

const replacements: Readonly<Record<string, string>> = {
  gcp: 'gke-gcloud-auth-plugin',
  azure: 'kubelogin',
}

/** Which of a user's fields counts, in kubectl's order. What can't be done is refused, never dropped. */
export function userSpec(user: Defined<UserEntry>, refusals: Refusals): UserSpec {
  const { entry } = user
  const methods = [
    ...(entry.token === '' ? [] : ['token']),
    ...(entry.username === '' && entry.password === '' ? [] : ['username and password']),
  ]
  if (methods.length > 1) refusals.push({ kind: 'token-and-password' })
  const provider = entry['auth-provider']?.name ?? ''
  if (provider !== '' && provider !== 'oidc') {
    const instead = replacements[provider]
    refusals.push({ kind: 'auth-provider', provider, ...(instead !== undefined && { instead }) })
  }
  if (entry.tokenFile !== '') {
    const path = fileAt(entry.tokenFile, { key: 'tokenFile', folder: user.folder }, refusals)
    return { kind: 'token-file', path, token: entry.token }
  }
  if (entry.token !== '') return { kind: 'token', token: entry.token }
  if (entry.username !== '') return { kind: 'basic', username: entry.username, password: entry.password }
  const exec = entry.exec ?? undefined
  if (exec !== undefined && provider !== '') refusals.push({ kind: 'plugin-and-provider' })
  if (exec !== undefined) return { kind: 'exec', exec: execSpec(exec, user, refusals) }
  return provider === 'oidc' ? { kind: 'oidc', oidc: oidcSpec(user, refusals) } : { kind: 'none' }
}

/** As block text of YAML leaves it, or a secret that was decoded with `echo`. */
export function tokenWarnings(user: UserSpec): readonly KubeconfigSentence[] {
  return user.kind === 'token' && /^[\r\n]|[\r\n]$/.test(user.token) ? [{ kind: 'token-line-end' }] : []
}

function oidcSpec({ entry, folder }: Defined<UserEntry>, refusals: Refusals): OidcSpec {
  const config = entry['auth-provider']?.config ?? {}
  const text = (key: string): string => config[key] ?? ''
  const names = ['idp-certificate-authority-data', 'idp-certificate-authority'] as const
  const ca = material(names, { data: text(names[0]), path: text(names[1]), folder }, refusals)
  const issuer = text('idp-issuer-url').replace(/\/+$/, '')
  // A refresh token is worth as much as a password.
  if (URL.parse(issuer)?.protocol !== 'https:') refusals.push({ kind: 'issuer-not-https', issuer })
  return {
    issuer,
    clientId: text('client-id'),
    clientSecret: text('client-secret'),
    idToken: text('id-token'),
    refreshToken: text('refresh-token'),
    ...(ca !== undefined && { ca }),
  }
}

const interactiveModes = ['Never', 'IfAvailable', 'Always']
const execVersions = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1']

function execSpec(
  exec: NonNullable<UserEntry['exec']>,
  user: Defined<UserEntry>,
  refusals: Refusals,
): ExecSpec {
  if (exec.command === '') refusals.push({ kind: 'plugin-nameless' })
  if (!execVersions.includes(exec.apiVersion))
    refusals.push({ kind: 'plugin-version', apiVersion: exec.apiVersion, known: execVersions })
  // The older form may leave it out.
  const mayBeUnsaid = exec.apiVersion !== execVersions[0]
  if (!interactiveModes.includes(exec.interactiveMode) && !(exec.interactiveMode === '' && mayBeUnsaid))
    refusals.push({ kind: 'plugin-mode', known: interactiveModes })
  const texts = [
    exec.command,
    ...(exec.args ?? []),
    ...(exec.env ?? []).flatMap((one) => [one.name, one.value]),
  ]
  // Another text than the one that was agreed to would arrive: cut off at the NUL, or with the half replaced.
  if (texts.some((text) => /[\0\p{Cs}]/u.test(text))) refusals.push({ kind: 'plugin-half-characters' })
  for (const { name } of exec.env ?? [])
    if (name === '' || name.includes('=')) refusals.push({ kind: 'plugin-variable', name })
  const isPath = /[/\\]/.test(exec.command)
  return {
    apiVersion: exec.apiVersion,
    command: isPath ? fileAt(exec.command, { key: 'command', folder: user.folder }, refusals) : exec.command,
    args: exec.args ?? [],
    env: exec.env ?? [],
    installHint: exec.installHint,
    interactiveMode: exec.interactiveMode,
    provideClusterInfo: exec.provideClusterInfo,
    file: user.file,
  }
}

/** What a plugin is told about the cluster beside its address. */
export function withClusterConfig(user: UserSpec, cluster: ClusterEntry): UserSpec {
  const found = (cluster.extensions ?? []).find((one) => one.name === clusterConfigName)?.extension
  return user.kind === 'exec' && found !== undefined
    ? { ...user, exec: { ...user.exec, clusterConfig: found } }
    : user
}

export function clientCertificate(
  { entry, folder }: Defined<UserEntry>,
  refusals: Refusals,
): ConnectionSpec['clientCertificate'] {
  const certificate = material(
    ['client-certificate-data', 'client-certificate'],
    { data: entry['client-certificate-data'], path: entry['client-certificate'], folder },
    refusals,
  )
  const key = material(
    ['client-key-data', 'client-key'],
    { data: entry['client-key-data'], path: entry['client-key'], folder },
    refusals,
  )
  if (certificate !== undefined && key !== undefined) return { certificate, key }
  if (certificate !== undefined || key !== undefined) refusals.push({ kind: 'certificate-without-key' })
  return undefined
}

export function impersonation(user: UserEntry, refusals: Refusals): ConnectionSpec['impersonate'] {
  const { as } = user
  const groups = user['as-groups'] ?? []
  const extra = user['as-user-extra'] ?? {}
  const uid = user['as-uid']
  if (as !== '') return { user: as, groups, uid, extra }
  if (groups.length > 0 || uid !== '' || Object.keys(extra).length > 0)
    refusals.push({ kind: 'acts-as-nobody' })
  return undefined
}

function material(
  [dataKey, pathKey]: readonly [data: string, path: string],
  from: { readonly data: string; readonly path: string; readonly folder: string | undefined },
  refusals: Refusals,
): Material | undefined {
  if (from.data !== '' && from.path !== '')
    refusals.push({ kind: 'given-twice', path: pathKey, data: dataKey })
  if (from.data !== '') {
    const pem = Buffer.from(from.data, 'base64').toString('utf8')
    if (!pem.includes('-----BEGIN')) refusals.push({ kind: 'not-pem', key: dataKey })
    return { kind: 'text', pem }
  }
  if (from.path === '') return undefined
  return { kind: 'file', path: fileAt(from.path, { key: pathKey, folder: from.folder }, refusals) }
}

/** Paths start at the folder of the file that names them. `~` and `$HOME` are plain names, as in kubectl. */
function fileAt(
  path: string,
  from: { readonly key: string; readonly folder: string | undefined },
  refusals: Refusals,
): string {
  if (isAbsolute(path)) return path
  if (/^(~|\$)/.test(path)) refusals.push({ kind: 'path-not-expanded', key: from.key, path })
  else if (from.folder === undefined) refusals.push({ kind: 'path-from-nowhere', key: from.key, path })
  return from.folder === undefined ? path : resolve(from.folder, path)
}
