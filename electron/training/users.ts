import type { StatusError } from './status-error.ts'

export type Access = {
  readonly verb: string
  readonly group: string
  readonly plural: string
  readonly subresource: string
  readonly namespace: string
  readonly name: string
}

export type User = {
  readonly name: string
  readonly token: string
  readonly groups: readonly string[]
  readonly may: (access: Access) => boolean
}

const everyone = 'system:authenticated'
const reading = ['get', 'list', 'watch']

/** The people of the training cluster. The token is no secret: the cluster is reachable from this machine only. */
export const users: readonly User[] = [
  {
    name: 'training',
    token: 'training-token',
    groups: ['system:masters', everyone],
    may: () => true,
  },
  {
    name: 'viewer',
    token: 'viewer-token',
    groups: [everyone],
    may: ({ verb, namespace, plural }) =>
      reading.includes(verb) && namespace === 'demo' && plural !== 'leases',
  },
  {
    name: 'partial',
    token: 'partial-token',
    groups: [everyone],
    may: ({ verb, plural, name }) =>
      !(verb === 'patch' && plural === 'deployments' && name === 'demo-aone-4'),
  },
]

/** Without a token it is `training`: kubectl and client-go send none over plain http. A wrong one is nobody. */
export function findUser(authorization: string | undefined): User | undefined {
  if (authorization === undefined) return users[0]
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1]
  return users.find((user) => user.token === token)
}

/** Reviews about oneself are open to every authenticated user, as by the role system:basic-user. */
export function isAllowed(user: User, access: Access): boolean {
  if (access.group === 'authorization.k8s.io' || access.group === 'authentication.k8s.io') return true
  return user.may(access)
}

export function forbidden(user: User, access: Access): StatusError {
  const { verb, group, plural, subresource, namespace, name } = access
  const resource = subresource === '' ? plural : `${plural}/${subresource}`
  const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
  const what = group === '' ? plural : `${plural}.${group}`
  const quoted = name === '' ? '' : ` "${name}"`
  return {
    code: 403,
    reason: 'Forbidden',
    message: `${what}${quoted} is forbidden: User "${user.name}" cannot ${verb} resource "${resource}" in API group "${group}" ${where}`,
    details: { ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind: plural },
  }
}
