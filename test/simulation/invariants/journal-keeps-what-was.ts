import type { ReleaseEvent } from '../../../shared/release/release.ts'
import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

/** Without its time: who has lost the answer to what it wrote writes the same again, later. */
function keyOf({ what, batch, by }: ReleaseEvent): string {
  return JSON.stringify([what, batch, by])
}

/** Whoever writes the journal has read what stands in it: nothing of a release's record is written over. */
export function journalKeepsWhatWas({ facts }: World): readonly Violation[] {
  if (facts.moves.some((move) => move.kind === 'lease')) return []
  const isTroubled = facts.moves.some((move) => move.kind === 'trouble' || move.kind === 'sleep')
  return facts.journaled.flatMap(({ at, entry }, index) => {
    const before = facts.journaled.slice(0, index).findLast((one) => one.entry.service === entry.service)
    if (before?.entry.release.id !== entry.release.id) return []
    // Who has lost the answer to what it wrote does not know that it stands there; at an end it has let go of the lock.
    const holders = new Set([before.entry.holder, entry.holder].filter((holder) => holder !== ''))
    if (holders.size <= 1 && isTroubled) return []
    const now = new Set(entry.release.log.map(keyOf))
    const lost = before.entry.release.log.filter((event) => !now.has(keyOf(event)))
    return lost.length === 0
      ? []
      : [
          {
            rule: 'a journal keeps what was',
            at,
            what: `${entry.holder} wrote over ${lost.map((event) => event.what).join(', ')} of ${before.entry.holder} in ${entry.release.id}`,
          },
        ]
  })
}
