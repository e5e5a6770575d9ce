import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

/** A command that is taken acts on the release that its person saw, never on its successor. */
export function commandsHitTheirRelease({ facts }: World): readonly Violation[] {
  return facts.asked.flatMap(({ move, at, release, view, reply, from }) => {
    if (move.kind !== 'press' || reply?.ok !== true || release === undefined) return []
    const service = view?.service.name
    const last = facts.journaled.findLast((one) => one.entry.service === service && one.at <= at)
    // Of a record that was deleted nobody who did not see it while it stood can know.
    const isDeleted = facts.moves.some(
      (one) =>
        one.kind === 'lease' &&
        one.act === 'delete' &&
        one.service === service &&
        one.at >= (last?.at ?? 0) &&
        one.at <= at,
    )
    const stood = isDeleted ? undefined : last?.entry.release
    return stood === undefined || stood.id === release
      ? []
      : [
          {
            rule: 'a command hits the release that was seen',
            at,
            what: `${from} pressed ${move.verb} for ${release}; ${stood.id} stood there and took it`,
          },
        ]
  })
}
