import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

/** A release is held for restarts that there have been since its batch began, and only for so many. */
export function restartsAreCounted({ facts }: World): readonly Violation[] {
  const judged = new Set<string>()
  return facts.journaled.flatMap(({ at, entry: { release } }) => {
    const hold = release.state.kind === 'held' ? release.state.hold : undefined
    if (hold?.kind !== 'restarts' || judged.has(`${release.id}/${hold.batch}`)) return []
    judged.add(`${release.id}/${hold.batch}`)
    const began = facts.journaled.find(
      (one) =>
        one.entry.release.id === release.id &&
        one.entry.release.batches.some((own) => own.uid === hold.batch && own.phase.kind === 'patching'),
    )
    if (began === undefined) return []
    const were = facts.restarts.filter(
      (one) => one.batch === hold.batch && one.at > began.at - 2_000 && one.at <= at,
    ).length
    return hold.restarts <= were
      ? []
      : [
          {
            rule: 'restarts are new ones',
            at,
            what: `${release.id} is held for ${hold.restarts} restarts, and there were ${were} since its batch began`,
          },
        ]
  })
}
