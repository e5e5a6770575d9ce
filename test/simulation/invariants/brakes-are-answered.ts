import type { VerbName } from '../../../shared/release/verbs.ts'
import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

const brakes: readonly VerbName[] = ['pause', 'freeze', 'stop', 'roll-back']
const patienceMs = 20_000

/** Whoever brakes is answered soon, whatever write is being waited for. */
export function brakesAreAnswered({ facts, time }: World): readonly Violation[] {
  const troubled = facts.moves.some(
    (move) =>
      move.kind === 'kill' ||
      move.kind === 'sleep' ||
      move.kind === 'lease' ||
      (move.kind === 'trouble' && move.matching !== 'write' && move.matching !== 'watch'),
  )
  if (troubled) return []
  return facts.asked.flatMap(({ move, at, from, repliedAt }) => {
    const took = (repliedAt ?? time.now()) - at
    return move.kind !== 'press' || !brakes.includes(move.verb) || took <= patienceMs
      ? []
      : [
          {
            rule: 'a brake is answered at once',
            at,
            what: `${from} pressed ${move.verb}, answered after ${took} ms`,
          },
        ]
  })
}
