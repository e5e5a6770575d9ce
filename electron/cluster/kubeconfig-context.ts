import { createHash } from 'node:crypto'
import { ok, failed, type Reply } from '../../shared/fault.ts'
import { connectionId } from '../../shared/ids.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import {
  clientCertificate,
  impersonation,
  proxyUrl,
  serverAddress,
  tlsSpec,
  userSpec,
  withClusterConfig,
  type Defined,
} from './kubeconfig-entries.ts'
import type { KubeconfigFile } from './kubeconfig-file.ts'
import { userSchema, type ClusterEntry, type ContextEntry, type UserEntry } from './kubeconfig-schema.ts'

/** Where a context's cluster and user are looked for, first hit wins. */
export type Lookup = {
  readonly name: string
  readonly context: Defined<ContextEntry>
  readonly files: readonly KubeconfigFile[]
  /** Makes the id: the same context of the same file keeps its id over restarts. */
  readonly identity: string
  readonly warnings: readonly string[]
}

type Parts = { readonly cluster: Defined<ClusterEntry>; readonly user: Defined<UserEntry> }

export function findParts({ name, context, files }: Lookup): Reply<Parts> {
  const { cluster: clusterName, user: userName } = context.entry
  const missing = (what: string): Reply<Parts> =>
    failed('kubeconfig', `Context "${name}": its ${what} is not defined in ${context.file}.`)
  const cluster = files.map((file) => file.clusters.get(clusterName)).find((found) => found !== undefined)
  if (cluster === undefined) return missing(`cluster "${clusterName}"`)
  const nobody = { entry: userSchema.parse({}), file: context.file, folder: context.folder }
  const user =
    userName === ''
      ? nobody
      : files.map((file) => file.users.get(userName)).find((found) => found !== undefined)
  return user === undefined ? missing(`user "${userName}"`) : ok({ cluster, user })
}

/** Everything needed to connect. What kubectl would refuse, or we can't do, is told and refused when connecting. */
export function toConnection(lookup: Lookup, { cluster, user }: Parts): ConnectionSpec {
  const { name, context } = lookup
  const refusals: string[] = []
  const { tls, warnings } = tlsSpec(cluster, refusals)
  const certificate = clientCertificate(user, refusals)
  const hasTls = tls.insecure || tls.ca !== undefined || certificate !== undefined
  const server = serverAddress(cluster.entry, hasTls, refusals)
  const proxy = proxyUrl(cluster.entry, refusals)
  const acting = impersonation(user.entry, refusals)
  const signedInAs = withClusterConfig(userSpec(user, refusals), cluster.entry)
  const [refusal] = refusals
  return {
    id: connectionId(createHash('sha256').update(lookup.identity).digest('hex').slice(0, 16)),
    name,
    file: context.file,
    namespace: context.entry.namespace || 'default',
    server,
    user: signedInAs,
    tls,
    warnings: [...refusals, ...warnings, ...lookup.warnings],
    current: false,
    ...(certificate !== undefined && { clientCertificate: certificate }),
    ...(proxy !== undefined && { proxyUrl: proxy }),
    ...(cluster.entry['disable-compression'] && { disableCompression: true }),
    ...(acting !== undefined && { impersonate: acting }),
    ...(refusal !== undefined && { unusable: { code: 'kubeconfig', message: refusal } as const }),
  }
}
