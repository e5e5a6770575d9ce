import type { Hold } from '../../../shared/release/hold.ts'
import type { Facts, Violation } from '../facts.ts'
import type { World } from '../world.ts'

const atOnceMs = 45_000
const noticedMs = 1_500
/** What the cluster says anew each time it is asked. */
const itsAnswers: readonly Hold['kind'][] = ['refused', 'given-up']

/** What a person goes on with is not held again at once for the very same, while nothing has become of it. */
export function goingOnGoesOn({ facts }: World): readonly Violation[] {
  return facts.asked.flatMap(({ move, at, from, release, reply, repliedAt = 0 }) => {
    if (move.kind !== 'press' || (move.verb !== 'resume' && move.verb !== 'retry') || reply?.ok !== true)
      return []
    const stood = facts.journaled.findLast((one) => one.at <= at && one.entry.release.id === release)
    const hold = holdOf(stood)
    if (hold === undefined || itsAnswers.includes(hold.kind)) return []
    // After so long without progress it is held by its plan.
    const limitMs = (stood?.entry.release.plan.batchLimitSeconds ?? 0) * 1_000 - noticedMs
    const patience = Math.min(atOnceMs, limitMs)
    const again = facts.journaled.find((one) => {
      const next = holdOf(one)
      return (
        one.at > at &&
        one.at - repliedAt < patience &&
        one.entry.release.id === release &&
        one !== stood &&
        next !== undefined &&
        isSame(hold, next)
      )
    })
    if (again === undefined || again.entry.release.state === stood?.entry.release.state) return []
    const since = again.entry.release.state.kind === 'held' ? again.entry.release.state : undefined
    const before = stood?.entry.release.state
    if (before?.kind === 'held' && before.since === since?.since) return []
    return hasBecome(facts, hold, [at, again.at])
      ? []
      : [
          {
            rule: `what a person goes on with is not held at once: ${hold.kind}`,
            at: again.at,
            what: `${from} pressed ${move.verb} at ${at}: ${JSON.stringify(hold)}`,
          },
        ]
  })
}

/**
 * By their kind, whatever their words: a reason may change with each look. But a pod that was not allowed to be made has
 * shown nothing yet: what is wrong with it once it is made is another failure.
 */
function isSame(one: Hold, other: Hold): boolean {
  return (
    one.kind === other.kind &&
    one.batch === other.batch &&
    (one.kind !== 'pods' || other.kind !== 'pods' || (one.pod === undefined) === (other.pod === undefined))
  )
}

function holdOf(one: Facts['journaled'][number] | undefined): Hold | undefined {
  const state = one?.entry.release.state
  return state?.kind === 'held' ? state.hold : undefined
}

function hasBecome(facts: Facts, { batch }: Hold, [from, to]: readonly [number, number]): boolean {
  const within = ({ at }: { readonly at: number }): boolean => at >= from - 2_000 && at <= to
  return (
    facts.moments.some((one) => one.uid === batch && within(one)) ||
    facts.restarts.some((one) => one.batch === batch && within(one)) ||
    facts.moves.some((one) => one.kind !== 'press' && within(one)) ||
    facts.asked.some((one) => one.at > from && within(one) && one.reply?.ok === true) ||
    facts.writes.some((write) => within(write))
  )
}
