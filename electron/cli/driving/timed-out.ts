import type { Ending } from '../session/ending.ts'
import { endingWordsIn } from '../words/ending-words.ts'
import type { Desk } from '../session/command-context.ts'
import { whatIsKnown } from './what-is-known.ts'

/** The end by `--timeout`, with what is known by then. */
export async function timedOut(desk: Desk): Promise<Ending> {
  const { language, timeoutSeconds = 0 } = desk.options
  const text = [endingWordsIn(language).timedOut(timeoutSeconds), ...(await whatIsKnown(desk))].join(' ')
  return { kind: 'timed-out', text }
}
