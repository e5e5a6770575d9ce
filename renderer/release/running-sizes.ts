import type { CommandInput } from '../../shared/contract.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { sizeOf, undragged, type Sizes } from '../../shared/view/sizes.ts'

/** Numbers of batches that were dragged and have begun since: what was taken from them can't be given. */
export function begunSizes(batches: readonly BatchView[], sizes: Sizes): readonly number[] {
  return dragged(batches, sizes)
    .filter((batch) => batch.size.kind === 'fixed')
    .map((batch) => batch.number)
}

/** What was dragged while a release runs. */
export function runningSizes(
  batches: readonly BatchView[],
  sizes: Sizes,
): CommandInput<'release/change-plan'>['change']['sizes'] {
  return dragged(batches, sizes)
    .filter((batch) => batch.size.kind === 'free')
    .map((batch) => ({ batch: batch.uid, from: batch.desired, to: sizeOf(batch, sizes) }))
}

function dragged(batches: readonly BatchView[], sizes: Sizes): readonly BatchView[] {
  return batches.filter((batch) => (sizes[batch.uid] ?? undragged(batch)) !== undragged(batch))
}
