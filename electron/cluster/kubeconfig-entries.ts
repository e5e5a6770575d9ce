import { dirname, resolve } from 'node:path'
import type { ConnectionSpec, Material, UserSpec } from './connection-spec.ts'
import type { ClusterEntry, UserEntry } from './kubeconfig-schema.ts'

export function tlsSpec(
  file: string,
  cluster: ClusterEntry,
): { readonly tls: ConnectionSpec['tls']; readonly warnings: readonly string[] } {
  const insecure = cluster['insecure-skip-tls-verify']
  const ca = material(file, cluster['certificate-authority-data'], cluster['certificate-authority'])
  const serverName = cluster['tls-server-name']
  return {
    tls: { insecure, ...(ca !== undefined && { ca }), ...(serverName !== '' && { serverName }) },
    warnings: [
      ...(insecure ? ['The server certificate is not checked (insecure-skip-tls-verify).'] : []),
      ...(insecure && ca !== undefined
        ? ['It names a CA and switches checking off: kubectl refuses that.']
        : []),
      ...(cluster.server.startsWith('http://') ? ['The connection is not encrypted (http).'] : []),
    ],
  }
}

/** Which of a user's fields counts. What would change who we are, and can't be done, is refused, never dropped. */
export function userSpec(file: string, user: UserEntry): UserSpec {
  const extra = Object.keys(user['as-user-extra'] ?? {}).length
  if ((user['as-groups'] ?? []).length > 0 || extra > 0) {
    return { kind: 'unsupported', why: 'Impersonation with groups or extra fields is not supported yet.' }
  }
  if (user.exec !== null && user.exec !== undefined) {
    const { exec } = user
    return {
      kind: 'exec',
      exec: {
        apiVersion: exec.apiVersion || 'client.authentication.k8s.io/v1',
        command: exec.command.includes('/') ? resolve(dirname(file), exec.command) : exec.command,
        args: exec.args ?? [],
        env: exec.env ?? [],
        installHint: exec.installHint,
        interactiveMode: exec.interactiveMode,
        provideClusterInfo: exec.provideClusterInfo,
        file,
      },
    }
  }
  const provider = user['auth-provider']?.name
  if (provider !== undefined) {
    return {
      kind: 'unsupported',
      why: `The auth provider "${provider}" is not supported: use an exec plugin for it.`,
    }
  }
  const certificate = material(file, user['client-certificate-data'], user['client-certificate'])
  const key = material(file, user['client-key-data'], user['client-key'])
  if (certificate !== undefined && key !== undefined) return { kind: 'certificate', certificate, key }
  if (certificate !== undefined || key !== undefined) {
    return { kind: 'unsupported', why: 'A client certificate needs both the certificate and its key.' }
  }
  if (user.tokenFile !== '') return { kind: 'token-file', path: resolve(dirname(file), user.tokenFile) }
  if (user.token !== '') return { kind: 'token', token: user.token }
  if (user.username !== '') return { kind: 'basic', username: user.username, password: user.password }
  return { kind: 'none' }
}

export function impersonation(user: UserEntry): ConnectionSpec['impersonate'] {
  const { as } = user
  const groups = user['as-groups'] ?? []
  const extra = user['as-user-extra'] ?? {}
  const uid = user['as-uid']
  if (as === '' && groups.length === 0 && uid === '' && Object.keys(extra).length === 0) return undefined
  return { user: as, groups, uid, extra }
}

/** Inline data wins over a file, as in kubectl; paths start at the folder of the file that names them. */
function material(file: string, data: string, path: string): Material | undefined {
  if (data !== '') return { kind: 'text', pem: Buffer.from(data, 'base64').toString('utf8') }
  return path === '' ? undefined : { kind: 'file', path: resolve(dirname(file), path) }
}
