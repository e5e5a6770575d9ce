import type { Command } from './command.ts'
import { lastIncident } from '../../../shared/history/last-incident.ts'
import type { HistoryView } from '../../../shared/history/history-view.ts'
import { ranges } from '../../../shared/words/sentence-words.ts'
import { tagsOf } from '../../../shared/view/image-text.ts'
import { exit, fault, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { openService } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'
import { textTable } from '../output/text-table.ts'
import { dayText } from '../../../shared/history/time-text.ts'

export const historyCommand: Command = {
  name: 'history',
  takes: ['[SERVICE]'],
  options: [],
  readsOnly: true,
  what: {
    en: 'Shows past releases, and what each batch ran since when.',
    zh: '显示以往的发布，以及各批次自何时起运行什么。',
  },
  run: history,
}

/** What ran in the batches of a Service, and the releases that are known of it. */
async function history(context: CommandContext): Promise<Ending> {
  const opened = await openService(context)
  if (!opened.ok) return opened.ending
  const at = opened.value
  const reply = await at.client.call('history/list', { target: at.target })
  if (!reply.ok) return fault(reply.fault)
  putReleases(at, reply.value)
  at.out.text([''])
  putRevisions(at, reply.value)
  putIncident(at, reply.value)
  for (const sentence of reply.value.missing) at.out.remark(at.say(sentence))
  return exit(exitCodes.done)
}

function putReleases(at: AtService, { releases }: HistoryView): void {
  const { out, words } = at
  if (releases.length === 0) out.text([words.noReleases])
  else
    out.text(
      textTable([
        words.releaseHeads,
        ...releases.map((one) => [
          one.id,
          dayText(one.startedAt),
          one.change === 'image' ? tagsOf(one.images.map(({ image }) => image)) : words.changes[one.change],
          one.ending === undefined ? words.notEnded : at.say(one.ending),
          ranges(one.batches),
          one.startedBy,
        ]),
      ]),
    )
  for (const { log: _log, before: _before, after: _after, ending, ...one } of releases)
    out.put(
      {
        kind: 'release',
        ...one,
        ...(ending !== undefined && { ending: at.say(ending) }),
        images: byContainer(one.images),
      },
      [],
    )
}

/** container -> references; of a container that got different ones, all of them. */
function byContainer(images: HistoryView['releases'][number]['images']): Readonly<Record<string, string>> {
  const found = new Map<string, string>()
  for (const { container, image } of images)
    found.set(container, [found.get(container), image].filter((one) => one !== undefined).join(', '))
  return Object.fromEntries(found)
}

/** What `go-back --at incident` would go back to. */
function putIncident({ out, words }: AtService, view: HistoryView): void {
  const incident = lastIncident(view)
  if (incident === undefined) return
  const { at, from, to, batches, release } = incident
  const text = words.incident(ranges(batches), [dayText(from), dayText(to)], release)
  out.put({ kind: 'incident', at, from, to, of: [...batches], ...(release !== undefined && { release }) }, [
    '',
    text,
  ])
}

function putRevisions({ out, words }: AtService, { batches }: HistoryView): void {
  out.text(
    textTable([
      words.revisionHeads,
      ...batches.flatMap((batch) =>
        batch.revisions.map((one) => [
          `${batch.number}`,
          batch.name,
          `${one.revision === 0 ? '?' : one.revision}${one.current ? '*' : ''}`,
          tagsOf(one.images.map(({ image }) => image)),
          words.since(dayText(one.since), one.known),
          one.by ?? '',
          one.source.kind === 'replica-set' ? one.cause : words.onlyRecord,
        ]),
      ),
    ]),
  )
  for (const { number, name, revisions } of batches)
    for (const { source, digest: _digest, content: _content, ...one } of revisions)
      out.put({ kind: 'revision', batch: number, name, ...one, source: source.kind }, [])
}
