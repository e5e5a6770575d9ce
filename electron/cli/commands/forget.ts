import type { Command } from './command.ts'
import { confirm } from '../prompts/confirm.ts'
import { exit, fault, usage, type Ending, refused } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type CommandContext } from '../session/command-context.ts'

export const forgetCommand: Command = {
  name: 'forget',
  takes: ['[SERVICE]'],
  options: [],
  what: {
    en: 'Deletes a release record that can’t be read; its release can’t be resumed or rolled back afterwards.',
    zh: '删除无法读取的发布记录；那次发布将无法继续或回滚。',
  },
  run: forget,
}

/** Deletes a release record that can't be read, after a question: its release is lost. Nothing of it is guessed. */
async function forget(context: CommandContext): Promise<Ending> {
  const opened = await openService(context)
  if (!opened.ok) return opened.ending
  const at = opened.value
  const picture = await pictureOf(at)
  if (!picture.ok) return picture.ending
  const { unreadable } = picture.value
  if (unreadable === undefined) return refused('not-found', at.words.nothingToForget)
  // Deleting is not what a script does by the way.
  if (!at.options.yes && at.io.ask === undefined) return usage({ kind: 'needs-yes' })
  const agreed = await confirm(at, {
    what: [[at.words.journal, at.say(unreadable.sentence)]],
    question: at.words.forgetQuestion,
    way: 'forward',
  })
  if (!agreed.ok) return agreed.ending
  const reply = await at.client.call('release/forget', {
    request: at.newRequest(),
    target: at.target,
    version: unreadable.version,
  })
  return reply.ok ? exit(exitCodes.done) : fault(reply.fault)
}
