import type { VerbName } from '../../../shared/release/verbs.ts'
import type { Asked, Facts, Violation } from '../facts.ts'
import type { World } from '../world.ts'
import { wordsOf } from '../../support/spoken.ts'

/** Faults that the world is to blame for, or that ask the person once more. */
const theWorlds: readonly string[] = [
  'unreachable',
  'timeout',
  'server-error',
  'too-many-requests',
  'stale',
  'busy',
  'closed',
  'read-only',
  'expired',
  'sizes-moved',
]

/** These are obeyed whatever else is under way. */
const brakes: readonly VerbName[] = ['pause', 'freeze', 'stop', 'roll-back']

/** The same person has asked for something that takes the place of this very release, and waits for the answer. */
function isBeingReplaced({ asked }: Facts, { at, from, release }: Asked): boolean {
  return asked.some(
    (other) =>
      (other.move.kind === 'start' || other.move.kind === 'go-back') &&
      other.from === from &&
      other.release === release &&
      other.at <= at &&
      (other.repliedAt ?? at) >= at,
  )
}

/** A verb that the newest picture offers is accepted, unless the world moved on in the same moment. */
export function offeredIsAccepted({ facts }: World): readonly Violation[] {
  return facts.asked.flatMap((one) => {
    const { reply, move } = one
    if (!one.offered || one.stale > 0 || reply === undefined || reply.ok || move.kind !== 'press') return []
    if (move.times > 1 || theWorlds.includes(reply.fault.code)) return []
    if (wordsOf(reply.fault).startsWith('simulated answer')) return []
    // It waited for a journal that could not be written, and the release went on meanwhile.
    if ((one.repliedAt ?? one.at) - one.at > 2_000) return []
    if (!brakes.includes(move.verb) && isBeingReplaced(facts, one)) return []
    if (facts.asked.some((other) => other !== one && Math.abs(other.at - one.at) < 2_000)) return []
    if (facts.writes.some((write) => Math.abs(write.at - one.at) < 2_000)) return []
    if (facts.journaled.some((entry) => Math.abs(entry.at - one.at) < 2_000)) return []
    return [
      {
        rule: 'what is offered is accepted',
        at: one.at,
        what: `${one.from} ${move.verb} in ${one.view?.release?.state ?? ''} (${one.view?.headline.kind ?? ''}): ${reply.fault.code} ${wordsOf(reply.fault)}`,
      },
    ]
  })
}
