import type { Draft } from '../../../shared/contract.ts'
import type { Reply } from '../../../shared/fault.ts'
import { fine, touched, blocker, info, warning, type Planned } from '../../../shared/preflight/planned.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import type { AccessQuestion } from '../../cluster/requests/review-calls.ts'
import { leaseName } from '../../release/journal.ts'
import { found, type Findings } from './findings.ts'
import { patchQuestion, type Reads } from './reads.ts'

type Asked = Omit<AccessQuestion, 'namespace'>

/** Every write that the plan makes, asked before the first: a batch that may not be patched is known at the start. */
export async function permissionChecks(draft: Draft, planned: Planned, reads: Reads): Promise<Findings> {
  const { namespace, service } = draft.target
  const batches = touched(planned)
  const lease = { group: 'coordination.k8s.io', resource: 'leases', name: leaseName(service) }
  const leases: readonly Asked[] = [
    { ...lease, verb: 'get' },
    // The name of what is created is not known to an authorizer.
    { group: lease.group, resource: lease.resource, verb: 'create' },
    { ...lease, verb: 'update' },
  ]
  const maps: readonly Asked[] = ['get', 'create', 'update'].map((verb) => ({
    verb,
    group: '',
    resource: 'configmaps',
  }))
  const logs: Asked = { verb: 'get', group: '', resource: 'pods', subresource: 'log' }

  const ask = (question: Asked) => answerOf(reads.may({ ...question, namespace }))
  const [mayPatch, mayLease, mayMap, mayLog] = await Promise.all([
    Promise.all(batches.map(({ name }) => answerOf(reads.may(patchQuestion(namespace, name))))),
    Promise.all(leases.map(ask)),
    Promise.all(maps.map(ask)),
    ask(logs),
  ])

  const denied = batches.filter((_, index) => mayPatch[index] === false)
  const verbs = leases.filter((_, index) => mayLease[index] === false).map((one) => one.verb)
  const checks: readonly Check[] = [
    ...denied.map(({ name, number }) =>
      blocker({ kind: 'permission', verb: 'patch', resource: 'deployments', name, batch: number }),
    ),
    ...leaseChecks(verbs, draft),
    ...(mayMap.includes(false) ? [warning({ kind: 'no-history-right' })] : []),
    ...(mayLog === false ? [info({ kind: 'no-log-right' })] : []),
    ...(mayPatch.every((one) => one === true) && verbs.length === 0
      ? [fine({ kind: 'permissions-ok', batches: batches.length })]
      : []),
  ]
  const known = [...mayPatch, ...mayLease, ...mayMap, mayLog].every((one) => one !== undefined)
  return found(checks, known ? [] : ['permissions'])
}

async function answerOf(answer: Promise<Reply<boolean>>): Promise<boolean | undefined> {
  const reply = await answer
  return reply.ok ? reply.value : undefined
}

/** Without Leases a release is possible, but alone and without a memory in the cluster: a person has to say yes. */
function leaseChecks(verbs: readonly string[], draft: Draft): readonly Check[] {
  if (verbs.length === 0) return []
  return draft.withoutLock === true
    ? [warning({ kind: 'without-lock' })]
    : [blocker({ kind: 'no-lease-right', verbs })]
}
