import type { Command } from './command.ts'
import { seenRelease } from '../../../shared/view/seen-release.ts'
import { confirm } from '../prompts/confirm.ts'
import { chosenBatches } from '../arguments/chosen-batches.ts'
import { drive } from '../driving/drive.ts'
import { fault, type Ending, refused } from '../session/ending.ts'
import { nextCommand } from '../driving/next-command.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type CommandContext } from '../session/command-context.ts'
import { onceCertain } from './take-over.ts'

export const rollBackCommand: Command = {
  name: 'rollback',
  takes: ['[SERVICE]'],
  options: ['batch', 'batch-by-batch'],
  what: {
    en: 'Takes batches back to what each of them ran before, all at once.',
    zh: '让各批次同时回到各自之前运行的内容。',
  },
  run: rollBack,
}

/** Takes batches back to what each of them ran before: all at once unless told otherwise. Asks once at most. */
async function rollBack(context: CommandContext): Promise<Ending> {
  const opened = await openService(context)
  if (!opened.ok) return opened.ending
  const at = opened.value
  const picture = await pictureOf(at)
  if (!picture.ok) return picture.ending
  const view = picture.value
  const chosen = chosenBatches(view, at.options.batches)
  if (!chosen.ok) return chosen.ending
  const { release } = view
  const offered = release?.rollBack?.batches ?? []
  const batches = offered.filter(
    (one) => at.options.batches.length === 0 || chosen.value.some((batch) => batch.uid === one.uid),
  )
  if (release === undefined || batches.length === 0) return refused('not-found', at.words.nothingToRollBack)
  const agreed = await confirm(at, {
    what: batches.map((one) => [
      at.words.batch(one.number),
      at.words.rollBackLine({ ...one, from: one.from || '?', to: one.to || '?' }),
    ]),
    question: at.words.questions.rollback,
    way: 'brake',
  })
  if (!agreed.ok) return agreed.ending
  const guard = at.io.interrupts.guard()
  const reply = await onceCertain(at, view.lock, () =>
    at.client.call('release/roll-back', {
      request: at.newRequest(),
      target: at.target,
      ...seenRelease(release),
      mode: at.options.batchByBatch ? 'batch-by-batch' : 'at-once',
      batches: batches.map((one) => one.uid),
    }),
  )
  if (!reply.ok) {
    guard.dispose()
    if (view.lock.kind === 'other' && !view.lock.expired) nextCommand(at, 'ask', ['stop'])
    return fault(reply.fault)
  }
  return drive(at, { id: release.id, goal: 'rolled-back', guard, since: view })
}
