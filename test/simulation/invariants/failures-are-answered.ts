import { isFrozen } from '../../../shared/release/standing.ts'
import { leaseSeconds } from '../../../electron/release/lease-body.ts'
import type { Facts, Violation } from '../facts.ts'
import type { World } from '../world.ts'

const noticedMs = 30_000

/** The plan's answer to a failure is given, whatever else the release is held for. */
export function failuresAreAnswered(world: World): readonly Violation[] {
  return [...masked(world), ...withoutEnd(world)]
}

function masked({ facts, cluster }: World): readonly Violation[] {
  const judged = new Set<string>()
  return facts.renewed.flatMap(({ at, entry: { release } }, index) => {
    const { state, plan } = release
    if (state.kind !== 'held' || state.hold.kind !== 'regressed' || plan.onFailure === 'pause') return []
    // What a person keeps still midway gets nowhere because of that: no time limit runs there.
    const own = release.batches.find(
      (one) => one.phase.kind === 'rolling' && one.uid !== (state.hold.batch as string) && !isFrozen(one),
    )
    if (own?.phase.kind !== 'rolling' || own.phase.forgives !== undefined || judged.has(release.id)) return []
    const now = facts.moments.findLast((one) => one.uid === own.uid && one.at <= at)
    const late = cluster.epoch + at - Math.max(own.phase.progressAt, own.phase.since)
    if (late < plan.batchLimitSeconds * 1_000 + noticedMs || now === undefined || now.fresh >= now.desired)
      return []
    if (at - drivenSince(facts, index) < noticedMs) return []
    judged.add(release.id)
    return [
      {
        rule: "a failure has the plan's answer",
        at,
        what: `${release.id} is held for ${state.hold.kind}, and ${own.name} has got nowhere for ${late} ms: ${plan.onFailure}`,
      },
    ]
  })
}

/**
 * Since when whoever has written an entry has driven its release without a gap. What the first entry after a kill, a
 * sleep or the loss of the record tells is how the release was left: nobody could answer anything meanwhile.
 */
function drivenSince({ renewed }: Facts, index: number): number {
  const entry = renewed[index]?.entry
  const own = renewed.slice(0, index + 1).filter((one) => one.entry.release.id === entry?.release.id)
  const first = own.findLastIndex(
    (one, place) =>
      one.entry.holder !== own[place - 1]?.entry.holder ||
      one.at - (own[place - 1]?.at ?? 0) > leaseSeconds * 1_000,
  )
  return own[first]?.at ?? 0
}

/** A way back whose pods do not come is held for it, as a way forward is: it does not wait for ever. */
function withoutEnd({ facts, cluster }: World): readonly Violation[] {
  const judged = new Set<string>()
  return facts.renewed.flatMap(({ at, entry: { release } }, index) => {
    const { state, plan, log } = release
    if (state.kind !== 'rolling-back' || judged.has(release.id)) return []
    if (at - drivenSince(facts, index) < noticedMs) return []
    // What was told before it is why the plan takes back, and not what keeps it from coming back.
    const since = log.slice(log.findLastIndex(({ what }) => what === 'roll-back') + 1)
    if (since.some(({ what }) => what === 'held')) return []
    const longest = plan.batchLimitSeconds * 1_000 + 2 * noticedMs
    const own = release.batches.find(({ uid, phase }) => {
      const moment = facts.moments.findLast((one) => one.uid === uid && one.at <= at)
      return (
        phase.kind === 'rolling-back' &&
        cluster.epoch + at - phase.since > longest &&
        moment !== undefined &&
        moment.fresh < moment.desired &&
        at - moment.at > longest
      )
    })
    const slept = facts.moves.some(
      (move) => move.kind === 'sleep' || move.kind === 'kill' || move.kind === 'jump',
    )
    if (own === undefined || slept) return []
    judged.add(release.id)
    return [
      {
        rule: 'a way back without end is told',
        at,
        what: `${own.name} of ${release.id} has got nowhere for more than ${longest} ms, and is not held`,
      },
    ]
  })
}
