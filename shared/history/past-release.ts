import { assertNever } from '../assert-never.ts'
import type { BatchTemplate, PastRelease } from './history-view.ts'
import { homeOf } from '../release/change/change.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { isEarlier, remainsOf } from '../release/remains.ts'
import { standstillOf } from '../view/headline.ts'
import { logSentence } from '../release/log-sentence.ts'

/** One line of the list of releases, with its own record. */
export function pastRelease(release: Release): PastRelease {
  const { state, change } = release
  const ending = state.kind === 'ended' ? standstillOf(release) : undefined
  return {
    id: release.id,
    startedAt: release.startedAt,
    startedBy: release.startedBy,
    ...(state.kind === 'ended' && { endedAt: state.at, outcome: state.outcome }),
    ...(ending !== undefined && { ending }),
    change: change.kind,
    images: imagesOf(release),
    batches: batchesOf(release),
    before: templates(release, (own) => own.startsFrom),
    after: state.kind === 'ended' ? templates(release, (own) => endDigest(release, own)) : [],
    log: release.log.map((event) => ({ at: event.at, sentence: logSentence(release, event) })),
  }
}

/** Those that it is for; once it has ended, only those that it has touched. */
function batchesOf(release: Release): readonly number[] {
  const meant = release.batches
    .filter((own) => own.phase.kind !== 'skipped' || own.phase.touched)
    .map((own) => own.number)
  if (release.state.kind !== 'ended') return meant
  const { old: _, earlier: __, unscaled: ___, ...touched } = remainsOf(release)
  const numbers = Object.values(touched).flat()
  return release.batches.map((own) => own.number).filter((number) => numbers.includes(number))
}

function templates(
  release: Release,
  digestOf: (own: ReleaseBatch) => string | undefined,
): readonly BatchTemplate[] {
  return release.batches.flatMap((own) => {
    const digest = digestOf(own)
    return digest === undefined ? [] : [{ batch: own.uid, name: own.name, digest }]
  })
}

/** What a batch ran when its release had ended; nothing where a write was under way or somebody else's was left. */
function endDigest(release: Release, own: ReleaseBatch): string | undefined {
  const { phase } = own
  switch (phase.kind) {
    case 'waiting':
      return own.startsFrom
    case 'skipped':
      return phase.touched ? undefined : own.startsFrom
    case 'rolling':
    case 'baking':
    case 'done':
      return phase.digest
    case 'rolling-back':
    case 'returned':
      return phase.digest ?? homeOf(release, own).digest
    case 'patching':
    case 'returning':
      return undefined
    case 'stuck':
      return phase.why.kind === 'unready' ? homeOf(release, own).digest : undefined
    default:
      return assertNever(phase)
  }
}

/** Each container with what it was to run: one line where it is the same for all batches. */
function imagesOf(release: Release): PastRelease['images'] {
  const all = release.batches
    .filter((own) => !isEarlier(release, own) && (own.phase.kind !== 'skipped' || own.phase.touched))
    .flatMap((own) => own.images ?? [])
  return all.filter(
    (one, index) =>
      all.findIndex((other) => other.container === one.container && other.image === one.image) === index,
  )
}
