import type { JsonObject } from '../../electron/training/json.ts'
import { users } from '../../electron/training/users.ts'

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
const reading = ['get', 'list', 'watch']
const groups = ['', 'apps', 'autoscaling', 'batch', 'discovery.k8s.io', 'events.k8s.io', 'policy']
const patchedByPartial = ['demo-aone-1', 'demo-aone-2', 'demo-aone-3', 'hello', 'shop-1', 'shop-2', 'shop-3']

function rule(
  apiGroups: readonly string[],
  resources: readonly string[],
  verbs: readonly string[],
): JsonObject {
  return { apiGroups, resources, verbs }
}

/** Rights as the training cluster gives them. RBAC can only grant: `partial` may patch all but demo-aone-4. */
export function userRights(): readonly JsonObject[] {
  const roles: readonly JsonObject[] = [
    {
      apiVersion: `${rbac}/v1`,
      kind: 'Role',
      metadata: { name: 'viewer', namespace: 'demo' },
      rules: [rule(groups, ['*'], reading)],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'ClusterRole',
      metadata: { name: 'partial' },
      rules: [
        rule(
          groups.filter((group) => group !== 'apps'),
          ['*'],
          ['*'],
        ),
        rule(['coordination.k8s.io'], ['*'], ['*']),
        rule(
          ['apps'],
          ['replicasets', 'statefulsets', 'daemonsets', 'deployments/status', 'deployments/scale'],
          ['*'],
        ),
        rule(['apps'], ['deployments'], [...reading, 'create', 'update', 'delete', 'deletecollection']),
        { ...rule(['apps'], ['deployments'], ['patch']), resourceNames: patchedByPartial },
      ],
    },
  ]
  const bindings: readonly JsonObject[] = roles.map((role) => {
    const metadata = role['metadata'] as { readonly name: string }
    return {
      apiVersion: `${rbac}/v1`,
      kind: `${role['kind'] === 'Role' ? '' : 'Cluster'}RoleBinding`,
      metadata,
      roleRef: { apiGroup: rbac, kind: role['kind'] ?? null, name: metadata.name },
      subjects: [{ kind: 'User', apiGroup: rbac, name: metadata.name }],
    }
  })
  return [...roles, ...bindings]
}
