import type { Draft } from '../../../shared/contract.ts'
import type { Fault, Reply } from '../../../shared/fault.ts'
import { sentenceOf } from '../../../shared/fault.ts'
import { blocker, warning } from '../../../shared/preflight/planned.ts'
import type { Release } from '../../../shared/release/release.ts'
import { journalBytes, startLimit, tooLarge } from '../../release/journal-codec.ts'
import { found, type Findings } from './findings.ts'
import type { Reads } from './reads.ts'

export type JournalParts = {
  readonly draft: Draft
  readonly reads: Reads
  /** Of exactly what a start would take and write, with dryRun=All. */
  readonly rehearse: (draft: Draft, release: Release) => Promise<Reply<null>>
  readonly rehearseKeeping: (release: Release) => Promise<Reply<null>>
}

/** The ids and times of the real start are others than those of its rehearsal: as many bytes may lie between them. */
const margin = 512

/** Whether the record of the release would be taken: its size, and the admission of its Lease and its ConfigMap. */
export async function journalChecks(release: Release, parts: JournalParts): Promise<Findings> {
  const { draft, reads } = parts
  if (tooLarge(release, startLimit - margin) !== undefined) {
    const kib = Math.ceil(journalBytes(release) / 1024)
    return found([blocker({ kind: 'journal-size', kib, may: Math.floor(startLimit / 1024) })])
  }
  const { namespace, service } = draft.target
  const about = JSON.stringify([namespace, service, draft.supersedes, draft.withoutLock])
  const [lock, history] = await Promise.all([
    reads.rehearsed(`lock ${about}`, () => parts.rehearse(draft, release)),
    reads.rehearsed(`history ${about}`, () => parts.rehearseKeeping(release)),
  ])
  const silent = [lock, history].flatMap((one) =>
    !one.ok && one.fault.status === undefined ? [one.fault] : [],
  )
  const noAnswer = silent.find((fault) => fault.code === 'unreachable' || fault.code === 'timeout')
  if (noAnswer !== undefined) return { ...found([]), fault: noAnswer }
  const missing = await missesRight(draft, reads)
  const unknown = [lock, history].some((one) => !one.ok && isUnrehearsed(one.fault))
  return found(
    [
      ...(lock.ok || isUnrehearsed(lock.fault) || (missing.lease && lock.fault.code === 'forbidden')
        ? []
        : [
            blocker({
              kind: 'lock-refused',
              says: sentenceOf(lock.fault),
              forbidden: lock.fault.code === 'forbidden',
            }),
          ]),
      ...(history.ok || isUnrehearsed(history.fault) || (missing.map && history.fault.code === 'forbidden')
        ? []
        : [warning({ kind: 'history-refused', says: sentenceOf(history.fault) })]),
    ],
    unknown ? ['record'] : [],
  )
}

/** A webhook that does not take part in trial runs: it may let the write itself through. */
function isUnrehearsed({ message }: Fault): boolean {
  return message.includes('does not support dry run')
}

/** A missing right is told by the permission check, in better words. Webhooks answer 403 as well. */
async function missesRight(
  { target: { namespace } }: Draft,
  reads: Reads,
): Promise<{ readonly lease: boolean; readonly map: boolean }> {
  const denied = async (group: string, resource: string): Promise<boolean> => {
    const answers = await Promise.all(
      ['get', 'create', 'update'].map((verb) => reads.may({ group, resource, verb, namespace })),
    )
    return answers.some((one) => one.ok && !one.value)
  }
  const [lease, map] = await Promise.all([denied('coordination.k8s.io', 'leases'), denied('', 'configmaps')])
  return { lease, map }
}
