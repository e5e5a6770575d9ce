import type { TemplateDiff } from '../../shared/model/template-preview.ts'

export type DiffGroup = Pick<TemplateDiff, 'added' | 'removed' | 'hunks'> & {
  readonly batches: readonly number[]
}

/** Batches that change alike are shown once. Where the lines stand may differ, and their surroundings too. */
export function groupDiffs(diffs: readonly TemplateDiff[]): readonly DiffGroup[] {
  const groups = new Map<string, DiffGroup>()
  for (const { number, added, removed, hunks } of diffs) {
    const key = JSON.stringify(hunks.map(({ lines }) => lines.filter((line) => !line.startsWith(' '))))
    const group = groups.get(key)
    groups.set(
      key,
      group === undefined
        ? { batches: [number], added, removed, hunks }
        : { ...group, batches: [...group.batches, number] },
    )
  }
  return [...groups.values()]
}
