import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

const noticedMs = 3_000

/** No batch is done whose new pods have restarted more often than its plan forgives, whatever has become of them since. */
export function restartsAreSeen({ facts }: World): readonly Violation[] {
  const judged = new Set<string>()
  return facts.journaled.flatMap(({ at, entry: { release } }, index) =>
    release.batches.flatMap((own) => {
      const key = `${release.id}/${own.uid}`
      const gates = release.plan.steps.find((one) => one.batch === own.uid)?.gates
      if (own.phase.kind !== 'done' || gates === undefined || judged.has(key)) return []
      judged.add(key)
      if (gates.tolerance > 0 || own.phase.pods === 0) return []
      // Whoever tries again forgives what was.
      if (
        release.log.some((event) =>
          ['retried', 'resumed', 'adopted', 'taken-over', 'plan-changed'].includes(event.what),
        )
      )
        return []
      const mine = facts.journaled.slice(0, index).filter((one) => one.entry.release.id === release.id)
      const rolling = mine.find((one) =>
        one.entry.release.batches.some((two) => two.uid === own.uid && two.phase.kind === 'rolling'),
      )
      if (rolling === undefined) return []
      const were = facts.restarts.filter(
        (one) => one.batch === own.uid && one.isNew && one.at > rolling.at && one.at < at - noticedMs,
      ).length
      return were <= gates.restartsAllowed
        ? []
        : [
            {
              rule: 'restarts are seen',
              at,
              what: `${own.name} of ${release.id} is done, and its new pods have restarted ${were} times`,
            },
          ]
    }),
  )
}
