import { isOver } from '../../../shared/release/standing.ts'
import type { Violation } from '../facts.ts'
import { isForgottenPause, pausing } from '../forgotten-pause.ts'
import { batchNames } from '../simulated-scenario.ts'
import type { World } from '../world.ts'

/** `spec.paused` that a release has set is cleared by the time it is over. */
export function nothingLeftPaused(world: World): readonly Violation[] {
  const { cluster, facts, time } = world
  // A record that somebody has spoiled while nobody drove it is set aside, with all that it knew.
  if (facts.moves.some((move) => move.kind === 'lease' && move.act === 'corrupt')) return []
  if (!cluster.journals().every((one) => isOver(one.release))) return []
  return batchNames.flatMap((name) => {
    if (cluster.deployment(name)?.paused !== true) return []
    const by = pausing(world, name, time.now())
    return by === undefined || by.from === 'kubectl' || isForgottenPause(world, by, time.now())
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
