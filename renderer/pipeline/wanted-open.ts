import type { BatchView } from '../../shared/view/batch-view.ts'

/** The batches that deserve an open card: those that were clicked, the one in progress and the next, its neighbours. */
export function wantedOpen(
  batches: readonly Pick<BatchView, 'uid' | 'look'>[],
  current: number | undefined,
  clicked: readonly string[],
): readonly number[] {
  const chosen = clicked.map((uid) => batches.findIndex((batch) => batch.uid === uid))
  const from = Math.min(current ?? 0, Math.max(0, batches.length - 2))
  const failing = batches.flatMap((batch, index) => (batch.look === 'failing' ? [index] : []))
  const after = Array.from({ length: batches.length - from }, (_, step) => from + step)
  const before = Array.from({ length: from }, (_, step) => from - 1 - step)
  return [...chosen, ...failing, ...after, ...before].filter((index) => index >= 0)
}
