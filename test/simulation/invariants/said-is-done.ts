import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

/** What was answered ok happens: a release that was stopped has ended, batches that were to go back went back. */
export function saidIsDone({ facts }: World): readonly Violation[] {
  return facts.asked.flatMap(({ move, at, release, view, reply, from }) => {
    if (move.kind !== 'press' || reply?.ok !== true || release === undefined) return []
    const last = facts.journaled.findLast((one) => one.entry.release.id === release)?.entry.release
    if (last === undefined) return []
    // Its journal was deleted or spoiled by somebody's hand: nothing can be held against it.
    if (facts.moves.some((one) => one.kind === 'lease')) return []
    const later = facts.asked.some((one) => one.at > at && one.release === release && one.reply?.ok === true)
    if (later || facts.journaled.some((one) => one.at > at && one.entry.release.id !== release)) return []
    const rule = `what is answered ok happens: ${move.verb}`
    const state = last.state.kind
    if (move.verb === 'stop' && state !== 'ended')
      return [{ rule, at, what: `${from}: ${release} is ${state} at the end` }]
    if (move.verb !== 'roll-back') return []
    const wanted = view?.release?.rollBack?.batches.map((one) => one.uid) ?? []
    const open = last.batches.filter(
      (own) => wanted.includes(own.uid) && own.phase.kind !== 'returned' && own.phase.kind !== 'stuck',
    )
    const strange = facts.writes.some((write) => write.from === 'kubectl' && write.at > at)
    if (open.length > 0 && !strange)
      return [
        {
          rule,
          at,
          what: `${from}: ${open.map((own) => `${own.name} is ${own.phase.kind}`).join(', ')} (${state})`,
        },
      ]
    const stuck = last.batches.filter(
      ({ uid, phase }) => wanted.includes(uid) && phase.kind === 'stuck' && phase.why.kind !== 'given-up',
    )
    const everStrange =
      facts.writes.some((write) => write.from === 'kubectl') ||
      facts.moves.some((one) => one.kind === 'webhook')
    return stuck.length > 0 && !everStrange
      ? [
          {
            rule: `${rule}, and is not stuck`,
            at,
            what: JSON.stringify(stuck.map((own) => [own.name, own.phase])),
          },
        ]
      : []
  })
}
