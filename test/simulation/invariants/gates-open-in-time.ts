import type { Release, ReleaseBatch } from '../../../shared/release/release.ts'
import type { Facts, Violation } from '../facts.ts'
import { epoch } from '../simulated-cluster.ts'
import type { World } from '../world.ts'

/** The cluster's clock is told in whole seconds. */
const slackMs = 1_500
/** On the way to whoever watches, and from there into the journal: what was so before that was seen. */
const seenWithinMs = 500

/** From a person's word until the lock is taken. */
const takenWithinMs = 2_000

/** A bake lasts as long as the plan says, whole: never shorter, and it begins anew only where pods were missing. */
export function gatesOpenInTime({ facts }: World): readonly Violation[] {
  return facts.journaled.flatMap(({ at, entry }, index) => {
    const before = facts.journaled
      .slice(0, index)
      .findLast((one) => one.entry.service === entry.service && one.entry.release.id === entry.release.id)
    if (before === undefined) return []
    return entry.release.batches.flatMap((own) => {
      const was = before.entry.release.batches.find((one) => one.uid === own.uid)
      const what =
        was === undefined
          ? undefined
          : (early(facts, { at, release: entry.release }, [was, own]) ??
            (isGoneOnWith(before.entry.release, entry.release) || isTakenOver(entry.release, before.at)
              ? undefined
              : anew(facts, [before.at, at], [was, own])))
      return what === undefined
        ? []
        : [
            {
              rule: 'a bake lasts as long as the plan says',
              at,
              what: `${own.name} of ${entry.release.id}: ${what}`,
            },
          ]
    })
  })
}

/** A person has said that it goes on: what they have seen counts from then on, and a bake begins with it. */
function isGoneOnWith({ log: past }: Release, { log }: Release): boolean {
  return log.slice(past.length).some(({ what }) => what === 'resumed' || what === 'retried')
}

/**
 * Whoever takes it over counts the bake by a clock of their own, from their first moment: once. Their lock is taken with
 * an entry of its own, so the bake begins with the one after it.
 */
function isTakenOver({ log }: Release, before: number): boolean {
  const last = log.findLast(({ what }) => what === 'taken-over')
  return last !== undefined && last.at - epoch > before - takenWithinMs
}

function early(
  facts: Facts,
  { at, release: { plan, log } }: { readonly at: number; readonly release: Release },
  [was, own]: readonly [ReleaseBatch, ReleaseBatch],
): string | undefined {
  const gates = plan.steps.find((one) => one.batch === own.uid)?.gates
  if (!isComing(was) || own.phase.kind !== 'done' || gates === undefined || own.phase.pods === 0)
    return undefined
  if (log.some((event) => event.what === 'adopted' || event.what === 'plan-changed')) return undefined
  const least = gates.bakeSeconds * 1_000 - slackMs
  // It came to the journal later than it was so: pods may be missing again by then.
  if (least <= 0 || facts.moves.some((move) => move.kind === 'trouble' || move.kind === 'sleep'))
    return undefined
  const window = { from: at - least, until: at - seenWithinMs, tolerance: gates.tolerance }
  const missing = missingIn(facts, own.uid, window)
  return missing === undefined
    ? undefined
    : `done, and ${missing}: ${gates.bakeSeconds} s were to be waited with them`
}

function anew(
  facts: Facts,
  [from, to]: readonly [number, number],
  [was, own]: readonly [ReleaseBatch, ReleaseBatch],
): string | undefined {
  if (was.phase.kind !== 'baking') return undefined
  const isBack =
    own.phase.kind === 'rolling' ||
    (own.phase.kind === 'baking' && own.phase.since > was.phase.since + slackMs)
  if (!isBack || facts.moves.some((move) => move.kind === 'skew' || move.kind === 'jump')) return undefined
  const troubled = facts.moves.some(
    (move) =>
      move.kind === 'trouble' ||
      move.kind === 'sleep' ||
      move.kind === 'kill' ||
      move.kind === 'cut-watches' ||
      move.kind === 'forget-history' ||
      // Pods that the Service does not reach are missing as well.
      (move.kind === 'strange' && ['selector', 'service-delete', 'service-recreate'].includes(move.act)),
  )
  if (troubled) return undefined
  // Also shortly before: it may have been seen only now.
  const missed = facts.moments.some(
    (one) => one.uid === own.uid && one.at > from - 2_000 && one.at <= to && one.fresh < one.desired,
  )
  const moment = facts.moments.findLast((one) => one.uid === own.uid && one.at <= to)
  return missed || moment === undefined || moment.fresh < moment.desired
    ? undefined
    : `its bake began anew (${own.phase.kind}), and no pod was missing`
}

/**
 * As many pods as the batch was to have all the time have to be the same ones, and ready, all the time. Pods that
 * somebody, or an autoscaler that does so again and again, has added meanwhile are waited for and bake no time of their
 * own: the change has been proved by those that were there before.
 */
function missingIn(
  { moments }: Facts,
  uid: string,
  { from, until, tolerance }: { readonly from: number; readonly until: number; readonly tolerance: number },
): string | undefined {
  const own = moments.filter((one) => one.uid === uid && one.at <= until)
  const first = own.findLastIndex((one) => one.at <= from)
  const seen = own.slice(Math.max(0, first))
  const last = seen.at(-1)
  if (first < 0 || last === undefined) return 'it was not there all the time'
  const wanted = (desired: number): number => Math.max(1, desired - tolerance)
  if (last.fresh < wanted(last.desired)) return `${last.fresh} of ${last.desired} pods were ready`
  const steady = last.ready.filter((pod) => seen.every((one) => one.ready.includes(pod))).length
  // To the clock's slack it may have begun before somebody added pods.
  const begun = Math.max(
    0,
    own.findLastIndex((one) => one.at <= from - 2 * slackMs),
  )
  const least = Math.min(...own.slice(begun).map((one) => wanted(one.desired)))
  return steady < least ? `${steady} of ${least} pods were ready all the time` : undefined
}

function isComing({ phase }: ReleaseBatch): boolean {
  return phase.kind === 'rolling' || phase.kind === 'baking'
}
