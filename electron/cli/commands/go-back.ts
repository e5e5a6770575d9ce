import { backTo } from '../arguments/options.ts'
import type { Command } from './command.ts'
import {
  goBackRows,
  versionText,
  type Choices,
  type GoBackRow,
} from '../../../shared/history/go-back-rows.ts'
import { lastIncident } from '../../../shared/history/last-incident.ts'
import { beforeIncident, timesAllowed } from '../arguments/options.ts'
import { parseTime } from '../../../shared/history/time-text.ts'
import { isVersion } from '../../../shared/k8s/image.ts'
import type { HistoryView, Revision } from '../../../shared/history/history-view.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { confirm } from '../prompts/confirm.ts'
import { chosenBatches } from '../arguments/chosen-batches.ts'
import { drive } from '../driving/drive.ts'
import { endingAs, exit, fault, usage, type Ending, type OrEnding, refused } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'
import { takeOverIfOurs } from './take-over.ts'
import { isUnfinished, refuseUnfinished } from '../driving/unfinished.ts'

const backToWhat = {
  en: 'Say where to go back to: --tag, --revision, --at, --before or --after. See: tranche history',
  zh: '请说明回到哪里：--tag、--revision、--at、--before 或 --after。参见：tranche history',
}

export const goBackCommand: Command = {
  name: 'go-back',
  takes: ['[SERVICE]'],
  options: [
    'tag',
    'revision',
    'at',
    'before',
    'after',
    'batch',
    'batch-by-batch',
    'take-over',
    'without-lock',
  ],
  problem: ({ given }) =>
    backTo.some((name) => given.has(name)) ? undefined : { kind: 'of-command', text: backToWhat },
  what: {
    en: 'Takes batches back to what they ran in the past, whoever changed them since: all at once. What is not known is left out, and then it ends with 3.',
    zh: '让批次回到过去运行的内容，无论之后由谁修改：同时进行。不清楚的批次会略过，并以 3 退出。',
  },
  run: goBack,
}

/** Takes batches back to what they ran in the past, whoever has changed them since. Asks once at most. */
async function goBack(context: CommandContext): Promise<Ending> {
  const opened = await openService(context)
  if (!opened.ok) return opened.ending
  const at = opened.value
  const picture = await pictureOf(at)
  if (!picture.ok) return picture.ending
  const view = picture.value
  const list = await at.client.call('history/list', { target: at.target })
  if (!list.ok) return fault(list.fault)
  const incident = at.options.back.at === beforeIncident ? lastIncident(list.value) : undefined
  if (at.options.back.at === beforeIncident && incident === undefined)
    return refused('not-found', at.words.noIncident)
  const typed = incident === undefined ? at.options.back.at : undefined
  const parsed = typed === undefined ? undefined : parseTime(typed, view.now)
  // Only now is it known what day it is there.
  if (typed !== undefined && parsed !== undefined && parsed.kind !== 'time')
    return usage({ kind: 'bad-value', option: '--at', value: typed, allowed: timesAllowed(parsed) })
  const time = incident?.at ?? (parsed?.kind === 'time' ? parsed.at : undefined)
  if (incident !== undefined && incident.within.length > 0)
    at.out.remark(at.words.alsoTakenBack(incident.within.join(', ')))
  const found = rowsOf(at, list.value, { view, time })
  if (!found.ok) return found.ending
  const going = found.value.flatMap(({ batch, to, from, pods }) =>
    to === undefined ? [] : [{ batch, to, from, pods }],
  )
  const unknown = found.value.filter(({ stays }) => stays !== undefined && stays !== 'same')
  putLeftOut(at, unknown)
  if (going.length === 0) return refused('not-found', at.words.nothingToGoBack(unknown.length))
  const running = isUnfinished(view) ? view.release : undefined
  // A question names it; where none is put, it has to have been said.
  if (running !== undefined && !at.options.takeOver && (at.options.yes || at.io.ask === undefined))
    return refuseUnfinished(at, view, '--take-over')
  const agreed = await confirm(at, {
    what: [
      ...going.map(({ batch, from, to, pods }) => {
        const line = { from: versionText(from), to: versionText(to), pods }
        return [at.words.batch(batch.number), at.words.rollBackLine(line)] as const
      }),
      ...(running === undefined ? [] : [[at.words.change, at.words.supersedes(running.id)] as const]),
    ],
    question: at.words.questions.rollback,
    way: 'brake',
  })
  if (!agreed.ok) return agreed.ending
  const guard = at.io.interrupts.guard()
  if (running !== undefined) {
    const taken = await takeOverIfOurs(at, view, 'brake')
    if (!taken.ok) {
      guard.dispose()
      return taken.ending
    }
  }
  const reply = await at.client.call('release/go-back', {
    request: at.newRequest(),
    target: at.target,
    mode: at.options.batchByBatch ? 'batch-by-batch' : 'at-once',
    revisions: going.map(({ batch, to }) => ({ batch: batch.batch, digest: to.digest })),
    from: going.map(({ batch }) => ({ batch: batch.batch, digest: batch.digest })),
    ...(time !== undefined && { at: time }),
    ...(running !== undefined && { supersedes: running.id }),
    ...(at.options.withoutLock && { withoutLock: true }),
  })
  if (!reply.ok) {
    guard.dispose()
    return fault(reply.fault)
  }
  const ending = await drive(at, { id: reply.value.release, goal: 'rolled-back', guard })
  const done = ending.kind === 'exit' && ending.exit === exitCodes.done
  // A script must not take a part for the whole.
  return done && unknown.length > 0 ? exit(exitCodes.held) : ending
}

type Where = { readonly view: PipelineView; readonly time: number | undefined }

/** What each batch that is meant would go back to, or why it would not. */
function rowsOf(at: AtService, list: HistoryView, { view, time }: Where): OrEnding<readonly GoBackRow[]> {
  const chosen = chosenBatches(view, at.options.batches)
  if (!chosen.ok) return chosen
  const { before, after } = at.options.back
  const release = before ?? after
  if (release !== undefined && !list.releases.some((one) => one.id === release))
    return endingAs(refused('not-found', at.words.noSuchRelease(release)))
  const sizes = view.batches
  const rows =
    release !== undefined
      ? goBackRows(list, { kind: before === undefined ? 'after' : 'before', release }, { choices: {}, sizes })
      : time !== undefined
        ? goBackRows(list, { kind: 'time', at: time }, { choices: {}, sizes })
        : goBackRows(list, { kind: 'nothing' }, { choices: choicesOf(at, list, view), sizes })
  const meant = rows.filter(
    ({ batch }) => at.options.batches.length === 0 || chosen.value.some((one) => one.uid === batch.batch),
  )
  return { ok: true, value: meant }
}

/** By the number of the revision, or by the version of its application: the last one that fits. */
function choicesOf({ options }: AtService, { batches }: HistoryView, view: PipelineView): Choices {
  const { revision } = options.back
  const { tag } = options.draft
  const applicationOf = (uid: string) => view.batches.find((one) => one.uid === uid)?.application
  return Object.fromEntries(
    batches.flatMap(({ batch, revisions }) => {
      const found = revisions.find((one) =>
        revision === undefined
          ? tag !== undefined &&
            applicationImages(one, applicationOf(batch)).some((image) => isVersion(image, tag))
          : one.revision === revision,
      )
      return found === undefined ? [] : [[batch, found.digest] as const]
    }),
  )
}

/** A sidecar's tag is no version of the application. Where nothing tells which container that is, each of them counts. */
function applicationImages({ images }: Revision, application: string | undefined): readonly string[] {
  const own = images.filter((one) => one.container === application)
  return (own.length > 0 ? own : images).map((one) => one.image)
}

function putLeftOut({ out, words }: AtService, rows: readonly GoBackRow[]): void {
  for (const { batch, stays } of rows) {
    if (stays === undefined || stays === 'same') continue
    const text = words.leftOut(batch.name, stays)
    out.put({ kind: 'left-out', batch: batch.number, name: batch.name, why: stays, text }, [])
    if (!out.json) out.remark(text)
  }
}
