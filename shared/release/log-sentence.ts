import type { Release, ReleaseEvent } from './release.ts'
import type { Sentence } from './sentence.ts'

/** One line of a release's record, as it is said. */
export function logSentence(release: Release, event: ReleaseEvent): Sentence {
  const batch = release.batches.find((own) => own.uid === event.batch)?.number
  return {
    kind: 'log',
    what: event.what,
    ...(batch !== undefined && { batch }),
    ...(event.by !== undefined && { by: event.by }),
    ...(event.from !== undefined && { from: event.from }),
    ...(event.to !== undefined && { to: event.to }),
    ...(event.hold !== undefined && {
      hold: {
        kind: event.hold.kind,
        ...(event.hold.kind === 'pods' && { reason: event.hold.reason }),
      },
    }),
  }
}
