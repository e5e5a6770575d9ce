import type { Release, ReleaseBatch } from './release.ts'

/** Whether the release has, or may have, written to this batch. */
export function isTouched(own: ReleaseBatch): boolean {
  switch (own.phase.kind) {
    case 'waiting':
    case 'returned':
      return false
    default:
      return true
  }
}

/** Index of the first batch that is not done: it is in progress, or its gate is waited for. -1 when all are done. */
export function currentIndex(release: Release): number {
  return release.batches.findIndex((own) => own.phase.kind !== 'done')
}

/** The plan step at whose approval gate the release waits now, or undefined. */
export function waitingStep(release: Release): number | undefined {
  if (release.resize !== undefined && release.resize.phase !== 'done') return undefined
  if (release.change.kind === 'none') return undefined
  const index = currentIndex(release)
  const own = release.batches[index]
  if (own === undefined || index === 0 || own.phase.kind !== 'waiting') return undefined
  const step = index - 1
  const asks = release.plan.steps[step]?.gates.approval === true
  return asks && !release.approved.includes(step) ? step : undefined
}

export function isResizing(release: Release): boolean {
  return release.resize !== undefined && release.resize.phase !== 'done'
}

export function numbersOf(batches: readonly ReleaseBatch[]): readonly number[] {
  return batches.map((own) => own.number)
}
