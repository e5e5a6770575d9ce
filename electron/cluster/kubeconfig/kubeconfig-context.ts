import { createHash } from 'node:crypto'
import type { KubeconfigSentence } from '../../../shared/fault-sentences/kubeconfig-sentence.ts'
import { ok, failed, faultOf, type Reply } from '../../../shared/fault.ts'
import { connectionId, type ConnectionId } from '../../../shared/ids.ts'
import type { ConnectionSpec, UserSpec } from '../dial/connection-spec.ts'
import {
  clientCertificate,
  type Defined,
  impersonation,
  proxyUrl,
  serverAddress,
  serverUser,
  tlsSpec,
  tokenWarnings,
  userSpec,
  withClusterConfig,
} from './kubeconfig-entries.ts'
import type { KubeconfigFile } from './kubeconfig-file.ts'
import { isLoopback } from '../dial/proxy.ts'
import { userSchema, type ClusterEntry, type ContextEntry, type UserEntry } from './kubeconfig-schema.ts'

/** Where a context's cluster and user are looked for, first hit wins. */
export type Lookup = {
  readonly name: string
  readonly context: Defined<ContextEntry>
  readonly files: readonly KubeconfigFile[]
  /** Makes the id: the same context of the same file keeps its id over restarts. */
  readonly identity: string
  readonly warnings: readonly KubeconfigSentence[]
}

type Parts = { readonly cluster: Defined<ClusterEntry>; readonly user: Defined<UserEntry> }

export function findParts({ name, context, files }: Lookup): Reply<Parts> {
  const { cluster: clusterName, user: userName } = context.entry
  const missing = (which: 'cluster' | 'user', named: string): Reply<Parts> =>
    failed('kubeconfig', {
      kind: 'context-leads-nowhere',
      context: name,
      which,
      name: named,
      file: context.file,
    })
  const cluster = files.map((file) => file.clusters.get(clusterName)).find((found) => found !== undefined)
  if (cluster === undefined) return missing('cluster', clusterName)
  const nobody = { entry: userSchema.parse({}), file: context.file, folder: context.folder }
  const user =
    userName === ''
      ? nobody
      : files.map((file) => file.users.get(userName)).find((found) => found !== undefined)
  return user === undefined ? missing('user', userName) : ok({ cluster, user })
}

/** Of ours, and never the name: that may be anything. */
export function contextId(identity: string): ConnectionId {
  return connectionId(createHash('sha256').update(identity).digest('hex').slice(0, 16))
}

/** Everything needed to connect. What kubectl would refuse, or we can't do, is told and refused when connecting. */
export function toConnection(lookup: Lookup, { cluster, user }: Parts): ConnectionSpec {
  const { name, context } = lookup
  const refusals: KubeconfigSentence[] = []
  const { tls, warnings } = tlsSpec(cluster, refusals)
  const certificate = clientCertificate(user, refusals)
  const hasTls = tls.insecure || tls.ca !== undefined || certificate !== undefined
  const server = serverAddress(cluster.entry, hasTls, refusals)
  const {
    user: signedInAs,
    clientCertificate: shown,
    openly,
  } = asSent(server, {
    user: orOfServer(withClusterConfig(userSpec(user, refusals), cluster.entry), cluster.entry),
    clientCertificate: certificate,
  })
  const proxy = proxyUrl(cluster.entry, refusals)
  const acting = impersonation(user.entry, refusals)
  const [refusal] = refusals
  return {
    id: contextId(lookup.identity),
    name,
    file: context.file,
    namespace: context.entry.namespace || 'default',
    server,
    user: signedInAs,
    tls,
    warnings: [...refusals, ...warnings, ...openly, ...tokenWarnings(signedInAs), ...lookup.warnings],
    current: false,
    ...(shown !== undefined && { clientCertificate: shown }),
    ...(proxy !== undefined && { proxyUrl: proxy }),
    ...(cluster.entry['disable-compression'] && { disableCompression: true }),
    ...(acting !== undefined && { impersonate: acting }),
    ...(refusal !== undefined && { unusable: faultOf('kubeconfig', refusal) }),
  }
}

function orOfServer(user: UserSpec, cluster: ClusterEntry): UserSpec {
  return user.kind === 'none' ? (serverUser(cluster) ?? user) : user
}

type SignIn = {
  readonly user: ConnectionSpec['user']
  readonly clientCertificate: ConnectionSpec['clientCertificate']
}

/**
 * What goes over an unencrypted line: nothing, as with kubectl, where others could listen. On this machine it does:
 * the training cluster knows its people by it.
 */
function asSent(server: string, signIn: SignIn): SignIn & { readonly openly: readonly KubeconfigSentence[] } {
  const url = URL.parse(server)
  const isOpen = url?.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, ''))
  if (!isOpen) return { ...signIn, openly: [] }
  return { user: { kind: 'none' }, clientCertificate: undefined, openly: [{ kind: 'sent-openly' }] }
}
