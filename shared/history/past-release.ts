import type { PastRelease } from '../model/history.ts'
import type { Release } from '../release/release.ts'
import { logSentence } from '../view/log-sentence.ts'

/** One line of the list of releases, with its own record. */
export function pastRelease(release: Release): PastRelease {
  const { state, change } = release
  return {
    id: release.id,
    startedAt: release.startedAt,
    startedBy: release.startedBy,
    ...(state.kind === 'ended' && { endedAt: state.at, outcome: state.outcome }),
    change: change.kind,
    images: change.kind === 'image' ? change.images : {},
    batches: release.batches
      .filter((own) => own.phase.kind !== 'skipped' || own.phase.touched)
      .map((own) => own.number),
    before: release.batches.map(({ uid, name, baseline }) => ({
      batch: uid,
      name,
      digest: baseline.templateDigest,
    })),
    log: release.log.map((event) => ({ at: event.at, sentence: logSentence(release, event) })),
  }
}
