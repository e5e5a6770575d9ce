import { isOver } from '../../../shared/release/standing.ts'
import type { Violation } from '../facts.ts'
import { batchNames } from '../simulated-scenario.ts'
import type { World } from '../world.ts'

/** `spec.paused` that a release has set is cleared by the time it is over. */
export function nothingLeftPaused({ cluster, facts, time }: World): readonly Violation[] {
  // A record that somebody has spoiled while nobody drove it is set aside, with all that it knew.
  if (facts.moves.some((move) => move.kind === 'lease' && move.act === 'corrupt')) return []
  if (!cluster.journals().every((one) => isOver(one.release))) return []
  return batchNames.flatMap((name) => {
    if (cluster.deployment(name)?.paused !== true) return []
    const by = facts.writes.findLast(
      (write) => write.name === name && write.after?.paused !== write.before?.paused,
    )
    return by === undefined || by.from === 'kubectl'
      ? []
      : [
          {
            rule: 'nothing is left paused',
            at: time.now(),
            what: `${name}, paused by ${by.from} at ${by.at}`,
          },
        ]
  })
}
