import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch } from '../model/batch-set.ts'
import { baselineOf } from './start/baseline-of.ts'
import { homeOf } from './change/change.ts'
import { hasOneOf } from './change/mark.ts'
import type { BatchPhase, Release, ReleaseBatch } from './release.ts'

/**
 * A batch that has been taken back and may be changed once more. What it was taken back to is what it has until then:
 * with what it began from it would find its own template and call it somebody else's.
 */
export function waitingAgain(
  release: Pick<Release, 'change'>,
  own: ReleaseBatch,
): { readonly phase: BatchPhase; readonly startsFrom: string } {
  const digest = own.phase.kind === 'returned' ? own.phase.digest : undefined
  return { phase: { kind: 'waiting' }, startsFrom: digest ?? homeOf(release, own).digest }
}

/** Journals of earlier builds have no more than the digest of what a batch began from: it is there until its turn. */
export function withKnownStart(own: ReleaseBatch, batch: Batch | undefined): ReleaseBatch {
  const { kind } = own.phase
  if (batch === undefined || (kind !== 'waiting' && kind !== 'patching')) return own
  // A late write of a release before has landed: that is what it had when this one began.
  if (!hasTemplate(batch, own.startsFrom) && hasOneOf(batch, own.late)) return begunFrom(own, batch)
  if (own.start !== undefined) return own
  if (own.startsFrom === own.baseline.templateDigest || !hasTemplate(batch, own.startsFrom)) return own
  return { ...own, start: baselineOf(batch) }
}

function begunFrom({ start: _, late: __, ...own }: ReleaseBatch, batch: Batch): ReleaseBatch {
  const isHome = hasTemplate(batch, own.baseline.templateDigest)
  return { ...own, ...(!isHome && { start: baselineOf(batch) }), startsFrom: batch.templateDigest }
}
