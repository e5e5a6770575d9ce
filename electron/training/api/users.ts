import type { JsonObject } from '../objects/json.ts'
import type { StatusError } from '../objects/status-error.ts'

export type Access = {
  readonly verb: string
  readonly group: string
  readonly plural: string
  readonly subresource: string
  readonly namespace: string
  readonly name: string
}

/** As in a Role: everything is closed that no rule opens. */
type Rule = {
  readonly apiGroups: readonly string[]
  /** `deployments`, `deployments/scale`, or `*` for all with their subresources. */
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  /** Only these objects. */
  readonly resourceNames?: readonly string[]
}

export type User = {
  readonly name: string
  readonly token: string
  readonly groups: readonly string[]
  /** The namespace in which the rules hold; undefined: all, and the cluster. */
  readonly namespace?: string
  readonly rules: readonly Rule[]
}

const everyone = 'system:authenticated'
const reading = ['get', 'list', 'watch']
const groups = ['', 'apps', 'autoscaling', 'batch', 'discovery.k8s.io', 'events.k8s.io', 'policy']
const patchedByPartial = ['demo-aone-1', 'demo-aone-2', 'demo-aone-3', 'hello', 'shop-1', 'shop-2', 'shop-3']

/** The people of the training cluster. The token is no secret: the cluster is reachable from this machine only. */
export const users: readonly User[] = [
  {
    name: 'training',
    token: 'training-token',
    groups: ['system:masters', everyone],
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  },
  {
    name: 'viewer',
    token: 'viewer-token',
    groups: [everyone],
    namespace: 'demo',
    rules: [{ apiGroups: groups, resources: ['*'], verbs: reading }],
  },
  // May release, but has no right to anything about the lock.
  {
    name: 'no-lock',
    token: 'no-lock-token',
    groups: [everyone],
    rules: [{ apiGroups: groups, resources: ['*'], verbs: ['*'] }],
  },
  {
    name: 'partial',
    token: 'partial-token',
    groups: [everyone],
    rules: [
      { apiGroups: groups.filter((group) => group !== 'apps'), resources: ['*'], verbs: ['*'] },
      { apiGroups: ['coordination.k8s.io'], resources: ['*'], verbs: ['*'] },
      {
        apiGroups: ['apps'],
        resources: ['replicasets', 'statefulsets', 'daemonsets', 'deployments/status', 'deployments/scale'],
        verbs: ['*'],
      },
      {
        apiGroups: ['apps'],
        resources: ['deployments'],
        verbs: [...reading, 'create', 'update', 'delete', 'deletecollection'],
      },
      // Rights can only be given: whoever may patch all but one is given the others by name.
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['patch'], resourceNames: patchedByPartial },
    ],
  },
]

/**
 * By the token; kubectl and client-go send none over plain http, and are whoever the address names, else `training`. A
 * wrong token, a wrong name, and the token of one at the address of another are nobody.
 */
export function findUser(authorization: string | undefined, person: string | undefined): User | undefined {
  if (authorization === undefined)
    return person === undefined ? users[0] : users.find((user) => user.name === person)
  const token = /^Bearer (.+)$/i.exec(authorization)?.[1]
  return users.find((user) => user.token === token && (person === undefined || user.name === person))
}

/** What every authenticated user may do, as by the role system:basic-user. */
const reviews: readonly Rule[] = [
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
  { apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'], verbs: ['create'] },
]

function has(list: readonly string[], value: string): boolean {
  return list.includes('*') || list.includes(value)
}

function opens(rule: Rule, access: Access): boolean {
  const { plural, subresource } = access
  const resource = subresource === '' ? plural : `${plural}/${subresource}`
  return (
    has(rule.verbs, access.verb) &&
    has(rule.apiGroups, access.group) &&
    has(rule.resources, resource) &&
    (rule.resourceNames === undefined || rule.resourceNames.includes(access.name))
  )
}

function rulesIn(user: User, namespace: string): readonly Rule[] {
  return user.namespace === undefined || user.namespace === namespace ? [...user.rules, ...reviews] : reviews
}

export function isAllowed(user: User, access: Access): boolean {
  return rulesIn(user, access.namespace).some((rule) => opens(rule, access))
}

/** What a SelfSubjectRulesReview tells of a user in a namespace. */
export function rulesOf(user: User, namespace: string): JsonObject {
  const resourceRules = rulesIn(user, namespace).map((rule) => ({ ...rule }))
  return {
    resourceRules,
    nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version'] }],
  }
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
