import { endingAs, exit, type OrEnding } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import type { AtService } from '../session/command-context.ts'
import { padEnd, widthOf } from '../output/text-table.ts'
import { isYes } from '../session/yes-or-no.ts'

/** Forward steps are not done by pressing Enter; what brakes or takes back is. */
type Way = 'forward' | 'brake'

/**
 * Names what will be done, where, and asks once: on a terminal and without `--yes`. A script has said what it wants by
 * calling us.
 */
export async function confirm(
  at: AtService,
  {
    what,
    question,
    way,
  }: { readonly what: readonly (readonly [string, string])[]; readonly question: string; readonly way: Way },
): Promise<OrEnding<null>> {
  const { cluster, io, namespace, options, out, target, words } = at
  const rows = [
    [words.cluster, `${cluster.name} (${cluster.server})`],
    [words.namespace, namespace],
    [words.service, target.service],
    ...what,
  ] as const
  const width = Math.max(...rows.map(([head]) => widthOf(head)))
  out.aside(rows.map(([head, text]) => `${padEnd(head, width)}  ${text}`))
  if (options.yes || io.ask === undefined) return { ok: true, value: null }
  const byDefault = way === 'brake' ? 'yes' : 'no'
  const choice = way === 'brake' ? '[Y/n]' : '[y/N]'
  const answer = await io.ask(`${question} ${choice} `, new AbortController().signal)
  if (isYes(answer, byDefault)) return { ok: true, value: null }
  out.remark(words.nothingDone)
  return endingAs(exit(exitCodes.interrupted))
}
