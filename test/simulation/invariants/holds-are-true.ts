import type { Release } from '../../../shared/release/release.ts'
import type { Violation } from '../facts.ts'
import { isForgottenPause, pausing } from '../forgotten-pause.ts'
import type { World } from '../world.ts'

/** A hold names what has happened: somebody else's write, a Deployment that is gone, a refusal of the server. */
export function holdsAreTrue(world: World): readonly Violation[] {
  const { facts } = world
  const judged = new Set<string>()
  return facts.journaled.flatMap(({ at, entry: { release } }) => {
    const hold = release.state.kind === 'held' ? release.state.hold : undefined
    const key = `${release.id}/${JSON.stringify(hold)}`
    if (hold === undefined || judged.has(key)) return []
    judged.add(key)
    const own = release.batches.find((one) => one.uid === hold.batch)
    if (own === undefined) return []
    const strange = facts.writes.some(
      (write) => write.name === own.name && write.from === 'kubectl' && write.at <= at,
    )
    const wrong =
      (hold.kind === 'foreign' &&
        !strange &&
        !isReleasedByAnother(world, release.id, own.name) &&
        !isDrivenOnElsewhere(world, release, own.name)) ||
      (hold.kind === 'gone' && !strange && world.cluster.deployment(own.name)?.uid === own.uid) ||
      (hold.kind === 'batch-paused' && !strange && !isForgotten(world, own.name, at))
    return wrong
      ? [
          {
            rule: `a hold is true: ${hold.kind}`,
            at,
            what: `${own.name} of ${release.id}: ${JSON.stringify(hold)}`,
          },
        ]
      : []
  })
}

/** Paused by a release that nobody knows of any more. */
function isForgotten(world: World, name: string, at: number): boolean {
  const write = pausing(world, name, at)
  return write !== undefined && isForgottenPause(world, write, at)
}

/** While it was there: what was written before, it has found. Another release may be driven beside it meanwhile. */
function isReleasedByAnother({ facts }: World, release: string, name: string): boolean {
  const began = facts.journaled.find((one) => one.entry.release.id === release)?.at ?? 0
  return facts.writes.some((write) => {
    if (write.name !== name || write.at <= began || write.from === 'kubectl') return false
    const others = write.journals.filter((one) => one.release.id !== release)
    const isAlone = others.length > 0 && others.length === write.journals.length
    return isAlone || others.some((one) => means(one.release, name))
  })
}

/**
 * Its record was deleted, and an installation goes on from its own copy, which knows nothing of what another one has
 * done for the same release since: what that one wrote is foreign to the copy.
 */
function isDrivenOnElsewhere({ facts }: World, release: Release, name: string): boolean {
  const known = new Set(release.log.map((line) => JSON.stringify(line)))
  return facts.writes.some(
    (write) =>
      write.name === name &&
      write.from !== 'kubectl' &&
      write.journals.some(
        (one) =>
          one.release.id === release.id && one.release.log.some((line) => !known.has(JSON.stringify(line))),
      ),
  )
}

/** Whether its next write to this batch is due, or under way. */
function means({ batches }: Release, name: string): boolean {
  const kind = batches.find((own) => own.name === name)?.phase.kind
  return kind === 'patching' || kind === 'returning'
}
