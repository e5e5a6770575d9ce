import type { Ending } from '../session/ending.ts'
import { endingWordsIn } from '../words/ending-words.ts'
import type { CommandContext } from '../session/command-context.ts'
import { whatIsKnown } from './what-is-known.ts'

/** The end by `--timeout`, with what is known by then. */
export async function timedOut(context: CommandContext): Promise<Ending> {
  const { language, timeoutSeconds = 0 } = context.options
  const text = [endingWordsIn(language).timedOut(timeoutSeconds), ...(await whatIsKnown(context))].join(' ')
  return { kind: 'timed-out', text }
}
