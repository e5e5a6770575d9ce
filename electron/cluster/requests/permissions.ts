import { ok, type Reply } from '../../../shared/fault.ts'
import { kindTable } from '../../../shared/k8s/kinds.ts'
import { roleSnippet, type Right } from '../../../shared/k8s/role-snippet.ts'
import type { Api } from './api.ts'

/**
 * What a right is needed for: to see the picture, to know who releases, to release, to
 * keep past releases, to read logs.
 */
type Purpose = 'see' | 'see-lock' | 'release' | 'history' | 'logs'
type RightReview = Right & { readonly for: Purpose; readonly allowed: boolean }
export type RightsReport = {
  readonly rights: readonly RightReview[]
  /** Role and RoleBinding with exactly what is missing, for an administrator; none if nothing is. */
  readonly role?: string
}

const reading = (kind: keyof typeof kindTable, purpose: Purpose): readonly (Right & { for: Purpose })[] =>
  ['list', 'watch'].map((verb) => ({
    for: purpose,
    verb,
    group: kindTable[kind].group,
    resource: kindTable[kind].plural,
  }))

/** Everything that Tranche does in a namespace, verb by verb. */
const needed: readonly (Right & { readonly for: Purpose })[] = [
  ...reading('Service', 'see'),
  ...reading('Deployment', 'see'),
  ...reading('ReplicaSet', 'see'),
  ...reading('Pod', 'see'),
  ...reading('EndpointSlice', 'see'),
  ...reading('Event', 'see'),
  ...reading('Lease', 'see-lock'),
  { for: 'release', verb: 'get', group: 'apps', resource: 'deployments' },
  // A revision that is gone back to is read once more, whole.
  { for: 'release', verb: 'get', group: 'apps', resource: 'replicasets' },
  { for: 'release', verb: 'patch', group: 'apps', resource: 'deployments' },
  { for: 'release', verb: 'get', group: 'coordination.k8s.io', resource: 'leases' },
  { for: 'release', verb: 'create', group: 'coordination.k8s.io', resource: 'leases' },
  { for: 'release', verb: 'update', group: 'coordination.k8s.io', resource: 'leases' },
  { for: 'history', verb: 'get', group: '', resource: 'configmaps' },
  { for: 'history', verb: 'create', group: '', resource: 'configmaps' },
  { for: 'history', verb: 'update', group: '', resource: 'configmaps' },
  { for: 'logs', verb: 'get', group: '', resource: 'pods', subresource: 'log' },
]

/**
 * Asks the server about each right by a SelfSubjectAccessReview, which every signed-in person may make and which is
 * the authorizer's own answer (a SelfSubjectRulesReview may be incomplete). A hint all the same: a 403 is told when it comes.
 */
export async function reviewRights(
  api: Pick<Api, 'accessReview' | 'whoAmI'>,
  namespace: string,
): Promise<Reply<RightsReport>> {
  const answers = await Promise.all(
    needed.map(({ for: _for, ...right }) => api.accessReview({ ...right, namespace })),
  )
  const rights: RightReview[] = []
  for (const [index, answer] of answers.entries()) {
    if (!answer.ok) return answer
    const right = needed[index]
    if (right !== undefined) rights.push({ ...right, allowed: answer.value.allowed })
  }
  const missing = rights.filter((one) => !one.allowed)
  if (missing.length === 0) return ok({ rights })
  const who = await api.whoAmI()
  // Servers before 1.28 do not say who we are: the administrator has to fill it in.
  const person = who.ok && who.value !== '' ? who.value : 'REPLACE-WITH-THE-USER'
  return ok({ rights, role: roleSnippet(missing, { namespace, person }) })
}
