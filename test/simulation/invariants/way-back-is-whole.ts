import { templateDigest } from '../../../shared/k8s/template-digest.ts'
import type { Violation } from '../facts.ts'
import { names, type World } from '../world.ts'

/** Of what was stopped, every batch that has something of it, or of the one whose place it took, can be taken back. */
export function wayBackIsWhole(world: World): readonly Violation[] {
  const { facts, cluster } = world
  if (facts.writes.some((write) => write.from === 'kubectl')) return []
  if (facts.moves.some((move) => move.kind === 'lease' || move.kind === 'webhook')) return []
  return names.flatMap((name, who) => {
    const view = world
      .operator(who as 0 | 1 | 2)
      ?.shown('web')
      .at(-1)
    const journal = cluster.journals().find((one) => one.release.id === view?.release?.id)?.release
    if (view?.release?.state !== 'ended' || journal?.state.kind !== 'ended') return []
    if (
      journal.state.outcome !== 'stopped' ||
      journal.change.kind === 'restore' ||
      journal.change.kind === 'none'
    )
      return []
    const offered = view.release.rollBack?.batches.map((one) => one.uid) ?? []
    const missing = journal.batches.filter((own) => {
      const now = cluster.deployment(own.name)
      return (
        now?.uid === own.uid &&
        !offered.includes(own.uid) &&
        !own.baseline.templateDigest.startsWith('unknown') &&
        templateDigest(now.template) !== own.baseline.templateDigest
      )
    })
    return missing.length === 0
      ? []
      : [
          {
            rule: 'the way back is whole',
            at: world.time.now(),
            what: `${name} is not offered ${missing.map((own) => `${own.name} (${own.phase.kind})`).join(', ')} of ${journal.id}`,
          },
        ]
  })
}
