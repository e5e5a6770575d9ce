import type { CommandInput } from '../../shared/contract.ts'
import type { Uid } from '../../shared/ids.ts'
import type { EditedBatch, TemplateConflict } from '../../shared/model/template-preview.ts'

export type Taken = 'own' | 'edited'
export type Answers = NonNullable<CommandInput<'template/preview'>['answers']>

/** One question for all batches that have the same at a place. */
export type ConflictGroup = Pick<TemplateConflict, 'path' | 'base' | 'own' | 'edited'> & {
  readonly key: string
  readonly batches: readonly { readonly batch: Uid; readonly number: number; readonly seen: string }[]
}

export function groupConflicts(batches: readonly EditedBatch[]): readonly ConflictGroup[] {
  const groups = new Map<string, ConflictGroup>()
  for (const { batch, number, digest, conflicts } of batches) {
    for (const { open: _open, ...conflict } of conflicts) {
      const { path, base, own, edited } = conflict
      const key = JSON.stringify([path, base, own, edited].map((one) => one ?? null))
      const group = groups.get(key) ?? { ...conflict, key, batches: [] }
      groups.set(key, { ...group, batches: [...group.batches, { batch, number, seen: digest }] })
    }
  }
  return [...groups.values()]
}

export function answerOf(answers: Answers, { path, batches }: ConflictGroup): Taken | undefined {
  const takes = batches.map(
    ({ batch, seen }) =>
      answers.find((one) => one.batch === batch && one.path === path && one.seen === seen)?.take,
  )
  return takes.every((take) => take === takes[0]) ? takes[0] : undefined
}

/** What is answered stays, but for these places. */
export function withAnswers(answers: Answers, groups: readonly ConflictGroup[], take: Taken): Answers {
  const fresh = groups.flatMap(({ path, batches }) =>
    batches.map(({ batch, seen }) => ({ batch, path, take, seen })),
  )
  const isFresh = (one: Answers[number]) =>
    fresh.some(({ batch, path }) => batch === one.batch && path === one.path)
  return [...answers.filter((one) => !isFresh(one)), ...fresh]
}
