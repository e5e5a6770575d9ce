import type { JsonObject } from '../../electron/training/objects/json.ts'
import { users } from '../../electron/training/api/users.ts'

/** The users of the training cluster, so that the same test means the same person on both. */
export const tokens = {
  admin: tokenOf('training'),
  viewer: tokenOf('viewer'),
  partial: tokenOf('partial'),
} as const

function tokenOf(name: string): string {
  return users.find((user) => user.name === name)?.token ?? ''
}

/** What `--token-auth-file` reads: token, name, uid, groups. The server adds system:authenticated itself. */
export function tokenFile(): string {
  return users
    .map(({ name, token, groups }) => {
      const own = groups.filter((group) => group !== 'system:authenticated')
      return `${token},${name},${name}${own.length === 0 ? '' : `,"${own.join(',')}"`}\n`
    })
    .join('')
}

const rbac = 'rbac.authorization.k8s.io'

/** Roles and bindings that give the users what they may do on the training cluster; the admin needs none. */
export function userRights(): readonly JsonObject[] {
  return users
    .filter(({ groups }) => !groups.includes('system:masters'))
    .flatMap(({ name, namespace, rules }) => {
      const kind = namespace === undefined ? 'ClusterRole' : 'Role'
      const metadata = { name, ...(namespace === undefined ? {} : { namespace }) }
      const role = { apiVersion: `${rbac}/v1`, kind, metadata, rules: rules.map((rule) => ({ ...rule })) }
      const binding = {
        apiVersion: `${rbac}/v1`,
        kind: `${kind}Binding`,
        metadata,
        roleRef: { apiGroup: rbac, kind, name },
        subjects: [{ kind: 'User', apiGroup: rbac, name }],
      }
      return [role, binding]
    })
}
