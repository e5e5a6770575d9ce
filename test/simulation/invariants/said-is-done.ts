import type { Uid } from '../../../shared/ids.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { BatchPhase, Refusal, ReleaseBatch } from '../../../shared/release/release.ts'
import type { Facts, Violation } from '../facts.ts'
import type { Move } from '../move.ts'
import { answeredWith } from '../simulated-network.ts'
import type { World } from '../world.ts'

/** The server itself said no, or nothing for as long as the limit lasts: that is told, and no fault of ours. */
function isOfServer(why: Refusal): boolean {
  return why.kind === 'given-up' || (why.kind === 'refused' && why.message === answeredWith(422))
}

/** What was answered ok happens: a release that was stopped has ended, batches that were to go back went back. */
export function saidIsDone({ facts }: World): readonly Violation[] {
  return facts.asked.flatMap(({ move, at, release, view, reply, repliedAt, from }) => {
    if ((move.kind !== 'press' && move.kind !== 'send') || reply?.ok !== true || release === undefined)
      return []
    const last = facts.journaled.findLast((one) => one.entry.release.id === release)?.entry.release
    if (last === undefined) return []
    // Its journal was deleted or spoiled by somebody's hand: nothing can be held against it.
    if (facts.moves.some((one) => one.kind === 'lease')) return []
    const forgotten = notTaken(facts, { release, until: repliedAt ?? at, wanted: wantedBy(move, view) })
    if (move.verb === 'roll-back' && forgotten !== undefined)
      return [{ rule: 'what is answered ok happens: roll-back', at, what: `${from}: ${forgotten}` }]
    const later = facts.asked.some((one) => one.at > at && one.release === release && one.reply?.ok === true)
    if (later || facts.journaled.some((one) => one.at > at && one.entry.release.id !== release)) return []
    const rule = `what is answered ok happens: ${move.verb}`
    const state = last.state.kind
    if (move.verb === 'stop' && state !== 'ended')
      return [{ rule, at, what: `${from}: ${release} is ${state} at the end` }]
    if (move.verb !== 'roll-back') return []
    const wanted = wantedBy(move, view)
    const open = last.batches.filter((own) => wanted.includes(own.uid) && !isBack(own, move.kind))
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
      ({ uid, phase }) => wanted.includes(uid) && phase.kind === 'stuck' && !isOfServer(phase.why),
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

/** Also one that was never begun, and was named by somebody who was not offered it. */
function isBack({ phase }: ReleaseBatch, move: Move['kind']): boolean {
  if (move === 'send' && (phase.kind === 'waiting' || phase.kind === 'skipped')) return true
  return phase.kind === 'returned' || phase.kind === 'stuck'
}

function wantedBy(move: Move, view: PipelineView | undefined): readonly Uid[] {
  return move.kind === 'send'
    ? (view?.batches.slice(0, move.batch + 1).map((one) => one.uid) ?? [])
    : (view?.release?.rollBack?.batches.map((one) => one.uid) ?? [])
}

/** A way back that was asked for while another one is under way: the journal has it by the time it is answered. */
function notTaken(
  { journaled }: Facts,
  asked: { readonly release: string; readonly until: number; readonly wanted: readonly Uid[] },
): string | undefined {
  const stood = journaled.findLast((one) => one.entry.release.id === asked.release && one.at <= asked.until)
  const release = stood?.entry.release
  const state = release?.state
  if (release === undefined || state?.kind !== 'rolling-back') return undefined
  const left = release.batches.filter(
    ({ uid, phase }) =>
      asked.wanted.includes(uid) && !state.batches.includes(uid) && changed.includes(phase.kind),
  )
  return left.length === 0
    ? undefined
    : `${left.map((own) => own.name).join(', ')} was asked for, and is not in it`
}

const changed: readonly BatchPhase['kind'][] = ['rolling', 'baking', 'done']
