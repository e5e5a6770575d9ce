import type { Violation } from '../facts.ts'
import { names, type World } from '../world.ts'
import { wordsOf } from '../../support/spoken.ts'

/** Expected outcomes are values: an exception, or an answer that something went wrong inside, is a fault of ours. */
export function noExceptions(world: World): readonly Violation[] {
  const rule = 'no exceptions'
  const thrown = world.facts.faults.map((what) => ({ rule, at: world.time.now(), what }))
  const answered = world.facts.asked.flatMap(({ reply, at, move }) =>
    reply?.ok === false && reply.fault.code === 'internal' && !wordsOf(reply.fault).includes('journal')
      ? [{ rule, at, what: `${JSON.stringify(move)}: ${wordsOf(reply.fault)}` }]
      : [],
  )
  const logged = names.flatMap((_, who) =>
    (world.operator(who as 0 | 1 | 2)?.log ?? [])
      .filter((line) => /\b(Type|Range|Reference)?Error:/.test(line))
      .map((what) => ({ rule, at: world.time.now(), what })),
  )
  return [...thrown, ...answered, ...logged]
}
