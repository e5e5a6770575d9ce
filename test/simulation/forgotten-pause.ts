import { parseHolder } from '../../electron/release/holder.ts'
import type { Journaled, Write } from './facts.ts'
import type { World } from './world.ts'

/** The write that has paused a Deployment as it is, or was at some time. */
export function pausing({ facts }: World, name: string, until: number): Write | undefined {
  const last = facts.writes.findLast(
    (write) => write.name === name && write.at <= until && write.after?.paused !== write.before?.paused,
  )
  return last?.after?.paused === true ? last : undefined
}

/**
 * Whether all that knew of a pause is gone: somebody has deleted the record of the release that set it, neither that
 * release nor one that took its place was written down since, and another installation, which has no copy of it, has
 * begun a release there. That one knows no more than that somebody has paused it, and whoever kept it still may have
 * had a reason: a person is asked, and it stays as it was found.
 */
export function isForgottenPause({ facts }: World, write: Write, until: number): boolean {
  const by = write.journals.filter(({ release }) =>
    release.batches.some((own) => own.name === write.name && own.freeze?.wish === 'freeze'),
  )
  return by.length > 0 && by.every((one) => deletions(one).some((at) => isForgotten(one, at)))

  function deletions({ service }: Journaled): readonly number[] {
    return facts.moves.flatMap((move) =>
      move.kind === 'lease' &&
      move.act === 'delete' &&
      move.service === service &&
      move.at >= write.at &&
      move.at <= until
        ? [move.at]
        : [],
    )
  }

  function isForgotten({ holder, release: { id } }: Journaled, from: number): boolean {
    const since = facts.journaled.filter(({ at }) => at > from && at <= until)
    const knows = since.some(({ entry: { release } }) => release.id === id || release.supersedes === id)
    const begun = since.find(({ entry }) => entry.release.batches.some((own) => own.name === write.name))
    return !knows && begun !== undefined && installOf(begun.entry.holder) !== installOf(holder)
  }
}

function installOf(holder: string): string | undefined {
  return parseHolder(holder)?.install
}
