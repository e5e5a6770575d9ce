import { gateOptions } from '../arguments/gate-options.ts'
import { draftOptions } from '../arguments/option-table.ts'
import { saysNothing } from './says-nothing.ts'
import type { Command } from './command.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { forecast } from '../../../shared/view/sizes.ts'
import { imageSteps } from '../../../shared/view/image-steps.ts'
import { updateSeconds } from '../../../shared/view/expected.ts'
import { draftOf, type DraftInput } from './draft-of.ts'
import { exit, fault, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { textTable } from '../output/text-table.ts'
import { spanText } from '../output/time-text.ts'
import { percent } from '../../../shared/words/sentence-words.ts'
import type { CommandContext } from '../session/command-context.ts'

export const planCommand: Command = {
  name: 'plan',
  takes: ['[SERVICE]'],
  options: draftOptions,
  ownOptions: gateOptions,
  readsOnly: true,
  problem: saysNothing,
  what: {
    en: 'Shows what a release would bring and whether it could be done. Writes nothing.',
    zh: '显示发布会带来什么、能否进行。不写入任何内容。',
  },
  run: plan,
}

/** What a release would bring, batch by batch, and whether it could be done. Nothing is written. */
async function plan(context: CommandContext): Promise<Ending> {
  const at = await openService(context)
  if (!at.ok) return at.ending
  const view = await pictureOf(at.value)
  if (!view.ok) return view.ending
  const draft = draftOf(view.value, context.options, context.io)
  if (!draft.ok) return draft.ending
  putImages(at.value, view.value, draft.value)
  putForecast(at.value, view.value, draft.value)
  const checked = await at.value.client.call('release/check', draft.value)
  if (!checked.ok) return fault(checked.fault)
  at.value.out.text('')
  putChecks(at.value, checked.value.checks)
  return exit(checked.value.checks.some(isBlocker) ? exitCodes.preflight : exitCodes.done)
}

export function isBlocker(check: Check): boolean {
  return check.level === 'blocker'
}

/** `!` must be looked at, `x` keeps it from starting. */
const marks = { ok: '+', info: '-', warning: '!', blocker: 'x' } as const
const colours = { ok: 'green', info: 'dim', warning: 'yellow', blocker: 'red' } as const

export function putChecks({ out, words }: AtService, checks: readonly Check[]): void {
  for (const { level, what } of checks) {
    const text = words.check(what)
    out.put(
      { kind: 'check', level, check: what.kind, text },
      `${out.paint(colours[level], marks[level])} ${text}`,
    )
  }
}

/** Which container of each batch gets which image: what is sent is exactly this. */
function putImages({ out, words }: AtService, view: PipelineView, { change, steps }: DraftInput): void {
  if (change.kind !== 'image') return
  const part = steps.flatMap((step) =>
    step.leftOut ? [] : view.batches.filter((batch) => batch.uid === step.batch),
  )
  const rows = imageSteps(part, change.images)
  out.text([
    ...textTable([
      words.imageHeads,
      ...rows.map((row) => [`${row.number}`, row.name, row.container, row.from, row.to]),
    ]),
    '',
  ])
  for (const { number, ...row } of rows) out.put({ kind: 'image', batch: number, ...row }, [])
}

function putForecast({ out, words }: AtService, view: PipelineView, draft: DraftInput): void {
  const left = Object.fromEntries(draft.steps.filter((step) => step.leftOut).map((step) => [step.batch, 0]))
  const rows = forecast({ batches: view.batches, others: view.endpoints.others.ready }, {}, left).map(
    (row) => {
      const batch = view.batches.find((one) => one.number === row.afterBatch)
      const seconds = batch === undefined ? undefined : updateSeconds(view, batch, batch.desired)
      return { ...row, name: batch?.name ?? '', seconds }
    },
  )
  out.text(
    textTable([
      words.forecastHeads,
      ...rows.map((row) => [
        `${row.afterBatch}`,
        row.name,
        `${row.newPods}`,
        percent(row.share),
        `${row.peakPods}`,
        row.seconds === undefined ? '' : `~ ${spanText(row.seconds)}`,
      ]),
    ]),
  )
  for (const { name: _name, seconds, ...row } of rows)
    out.put({ kind: 'forecast', ...row, ...(seconds !== undefined && { seconds: Math.round(seconds) }) }, [])
}
