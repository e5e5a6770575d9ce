import type { UnreadableJournal } from '../../../shared/view/lock-view.ts'
import type { LockView } from '../../../shared/view/lock-view.ts'
import type { Release } from '../../../shared/release/release.ts'
import { isOver } from '../../../shared/release/standing.ts'
import type { FileEntry } from '../../release/file-journal.ts'
import { leaseSeconds } from '../../release/lease-body.ts'
import { parseHolder } from '../../release/holder.ts'
import type { JournalEntry } from '../watching/namespace-models.ts'

/** The version by which a journal on this machine is named when it can't be read. */
export const localVersion = 'local'

/** The record of a Service's release that counts: in the Lease, or in the file of this machine. */
export type KnownJournal = {
  readonly where: 'lease' | 'file'
  readonly release?: Release
  readonly lock: LockView
  readonly unreadable?: UnreadableJournal
}

export function knownJournal(found: {
  readonly lease: JournalEntry | undefined
  /** As the Lease tells it. */
  readonly lock: LockView
  readonly file: FileEntry | undefined
  /** What this machine remembers of a release whose Lease is gone. */
  readonly copy: Release | undefined
  /** Whether a holder is this very process, or our own past. */
  readonly isOurs: (holder: string) => boolean
  /** Whether a holder may be our own past, and can't be proved gone. */
  readonly isInDoubt: (holder: string) => boolean
  /** Whether the file has stood unrenewed for the whole duration of a lock. */
  readonly isExpired: (file: FileEntry) => boolean
}): KnownJournal {
  const { lease, lock, file } = found
  if (lease?.fault !== undefined) {
    const newer = lease.fault.code === 'not-supported'
    return { where: 'lease', lock, unreadable: unreadable(lease.lease.meta.resourceVersion, newer) }
  }
  if (file?.fault !== undefined) {
    const newer = file.fault.code === 'not-supported'
    return { where: 'file', lock, unreadable: unreadable(localVersion, newer) }
  }
  const local = file?.release
  if (file !== undefined && local !== undefined && counts(local, lease?.release)) {
    return { where: 'file', release: local, lock: isOver(local) ? lock : lockOf(file, found) }
  }
  const release = lease === undefined ? found.copy : lease.release
  return { where: 'lease', lock, ...(release !== undefined && { release }) }
}

function unreadable(version: string, newer: boolean): UnreadableJournal {
  return { version, newer, sentence: { kind: newer ? 'journal-newer' : 'journal-unreadable' } }
}

/** What runs counts; of two that have ended, the later one. */
function counts(local: Release, leased: Release | undefined): boolean {
  if (leased === undefined || !isOver(local)) return true
  return isOver(leased) && local.startedAt > leased.startedAt
}

function lockOf(
  file: FileEntry,
  {
    isOurs,
    isInDoubt,
    isExpired,
  }: Pick<Parameters<typeof knownJournal>[0], 'isOurs' | 'isInDoubt' | 'isExpired'>,
): LockView {
  const { holder } = file
  if (holder === '' || isOurs(holder)) return { kind: 'local' }
  return {
    kind: 'other',
    holder: parseHolder(holder)?.person ?? holder,
    expired: isExpired(file),
    seconds: leaseSeconds,
    ...(isInDoubt(holder) && { inDoubt: true }),
  }
}
