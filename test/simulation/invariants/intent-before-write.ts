import { equalJson } from '../../../electron/training/objects/json.ts'
import type { Facts, Journaled, Violation, Write } from '../facts.ts'
import type { World } from '../world.ts'

const unnoticedMs = 45_000

/** No write of ours lands at a Deployment without its intent in a journal that stands in the cluster at that moment. */
export function intentBeforeWrite({ facts }: World): readonly Violation[] {
  const { moves } = facts
  return facts.writes.flatMap((write) => {
    if (write.from === 'kubectl' || !changes(write)) return []
    // Until it is renewed its driver can't know that somebody has deleted or spoiled it.
    const spoiled = moves.some(
      ({ kind, at }) => kind === 'lease' && at <= write.at && write.at - at < unnoticedMs,
    )
    if (spoiled) return []
    return write.journals.some((one) => isMeant(one, write)) || wasMeant(facts, write)
      ? []
      : [
          {
            rule: 'no write without its intent',
            at: write.at,
            what: `${write.from} wrote ${write.name}: ${write.before?.image ?? ''} -> ${write.after?.image ?? ''}, replicas ${write.before?.replicas ?? ''} -> ${write.after?.replicas ?? ''}, paused ${String(write.before?.paused)} -> ${String(write.after?.paused)}; journals: ${write.journals
              .map(
                (one) =>
                  `${one.service} ${one.release.id} ${one.release.state.kind} ${one.release.batches.map((own) => own.phase.kind).join(',')}`,
              )
              .join(' | ')}`,
          },
        ]
  })
}

/**
 * It was on its way when somebody took its journal away. Nothing can call it back, and nobody has gone on since: where
 * another journal stands, whoever wrote that one had to see this write out.
 */
function wasMeant({ journaled, moves }: Facts, write: Write): boolean {
  return moves.some((move) => {
    if (move.kind !== 'lease' || move.at < write.sentAt || move.at > write.at) return false
    const own = journaled.filter(({ at, entry }) => entry.service === move.service && at <= write.at)
    const last = own.at(-1)
    return last !== undefined && last.at <= move.at && isMeant(last.entry, write)
  })
}

/** A fence only touches an annotation. */
function changes({ before, after }: Write): boolean {
  return (
    before === undefined ||
    after === undefined ||
    before.paused !== after.paused ||
    before.replicas !== after.replicas ||
    !equalJson(before.template, after.template)
  )
}

function isMeant({ release, holder }: Journaled, write: Write): boolean {
  const own = release.batches.find((one) => one.uid === write.before?.uid)
  if (own === undefined || !holder.startsWith(`${write.from}@`)) return false
  const template = !equalJson(write.before?.template, write.after?.template)
  const size = write.before?.replicas !== write.after?.replicas
  const paused = write.before?.paused !== write.after?.paused
  const writes = own.phase.kind === 'patching' || own.phase.kind === 'returning'
  if (template) return writes
  if (size) return release.resize?.targets.some((one) => one.batch === own.uid) === true
  return !paused || own.freeze !== undefined || own.phase.kind === 'returning'
}
