import type { ReleaseBatch } from '../../../shared/release/release.ts'
import { templateDigest } from '../../../shared/k8s/template-digest.ts'
import type { Violation, Write } from '../facts.ts'
import type { World } from '../world.ts'

/** A rollback that says done has every template equal to its baseline, and that stays so until somebody else writes. */
export function returnedStays(world: World): readonly Violation[] {
  const { facts, cluster } = world
  // What somebody writes to a batch that is back, before the others are, is news as well.
  const returnedAt = ({ phase }: ReleaseBatch): number =>
    phase.kind === 'returned' ? phase.at - cluster.epoch : 0
  const ended = new Map<string, (typeof facts.journaled)[number]>()
  for (const one of facts.journaled) {
    const { state } = one.entry.release
    if (state.kind === 'ended' && state.outcome === 'rolled-back' && !ended.has(one.entry.release.id))
      ended.set(one.entry.release.id, one)
  }
  return [...ended.values()].flatMap(({ at, entry }) =>
    entry.release.batches
      .filter((own) => own.phase.kind === 'returned')
      .flatMap((own) => {
        const others = facts.writes.filter(
          (write) =>
            write.name === own.name && write.at > returnedAt(own) && !isOurs(write, entry.release.id),
        )
        if (others.length > 0) return []
        const now = cluster.deployment(own.name)
        if (now?.uid !== own.uid) return []
        const home = own.phase.kind === 'returned' ? own.phase.digest : undefined
        const wanted = [home, own.baseline.templateDigest, own.target?.digest].filter(
          (one) => one !== undefined,
        )
        return wanted.includes(templateDigest(now.template))
          ? []
          : [
              {
                rule: 'a rollback that says done stays done',
                at,
                what: `${own.name} of ${entry.release.id} runs ${now.image}, not its baseline ${JSON.stringify(own.baseline.images)}`,
              },
            ]
      }),
  )
}

/** A later write that no other release means is what the rule is about; one for another release is news. */
function isOurs(write: Write, release: string): boolean {
  if (write.from === 'kubectl') return false
  return !write.journals.some((one) => {
    const own = one.release.batches.find((batch) => batch.uid === write.before?.uid)
    return one.release.id !== release && (own?.phase.kind === 'patching' || own?.phase.kind === 'returning')
  })
}
