import type { CommandInput } from '../../shared/contract.ts'
import type { BatchView } from '../../shared/model/pipeline.ts'
import { undragged, type Sizes } from '../../shared/model/sizes.ts'

type RunningSizes = {
  readonly wanted: CommandInput<'release/change-plan'>['change']['sizes']
  /** Numbers of batches that were dragged and have begun since: what was taken from them can't be given. */
  readonly begun: readonly number[]
}

/** What was dragged while a release runs. */
export function runningSizes(batches: readonly BatchView[], sizes: Sizes): RunningSizes {
  const dragged = batches.filter((batch) => (sizes[batch.uid] ?? undragged(batch)) !== undragged(batch))
  return {
    wanted: dragged
      .filter((batch) => batch.size.kind === 'free')
      .map(({ uid, desired }) => ({ batch: uid, from: desired, to: sizes[uid] ?? desired })),
    begun: dragged.filter((batch) => batch.size.kind === 'fixed').map((batch) => batch.number),
  }
}
