import type { Target } from '../../../shared/contract.ts'
import type { Fault } from '../../../shared/fault.ts'
import type { Release } from '../../../shared/release/release.ts'
import type { UnreadableJournal } from '../../../shared/view/lock-view.ts'
import type { LockView } from '../../../shared/view/lock-view.ts'
import type { Runner } from '../../release/runner.ts'
import { isOver } from '../../../shared/release/standing.ts'
import { standstillOf } from '../../../shared/view/headline.ts'
import type { Notice } from '../../../shared/view/notice.ts'

/** What is known of a Service's release, and whether we drive it. */
export type Standing = {
  readonly release?: Release
  readonly driving: boolean
  readonly fault?: Fault
  /** How often the journal could not be written, and since when. */
  readonly unwritten?: { readonly tries: number; readonly since: number }
  readonly lock: LockView
  /** The journal is there and can't be read. */
  readonly unreadable?: UnreadableJournal
  /** Where the journal is: without the right to write Leases, in a file of this machine. */
  readonly where: Where
}
export type Where = 'lease' | 'file'
export type DrivenRelease = {
  readonly target: Target
  readonly runner: Runner
  readonly where: Where
  readonly leave: () => void
}
export function noticeOf({ target, runner }: DrivenRelease): readonly Notice[] {
  const release = runner.release()
  const about = { target, release: release.id }
  const fault = runner.fault()
  if (fault !== undefined && !runner.driving() && !isOver(release))
    return [{ ...about, why: { kind: 'lost', fault } }]
  const sentence = standstillOf(release)
  return sentence === undefined ? [] : [{ ...about, why: { kind: 'standstill', sentence } }]
}
