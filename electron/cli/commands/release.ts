import { gateOptions } from '../arguments/gate-options.ts'
import { draftOptions } from '../arguments/option-table.ts'
import { saysNothing } from './says-nothing.ts'
import type { Command } from './command.ts'
import { versionOf } from '../../../shared/k8s/image.ts'
import { firstVersion } from '../../../shared/release/moved-on.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { ranges } from '../../../shared/words/sentence-words.ts'
import { imageSteps, stepGroups } from '../../../shared/view/image-steps.ts'
import { confirm } from '../prompts/confirm.ts'
import { draftOf, type DraftInput } from './draft-of.ts'
import { drive } from '../driving/drive.ts'
import { exit, fault, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { isBlocker, putChecks } from './plan.ts'
import { openService, pictureOf } from '../session/session.ts'
import { type AtService } from '../session/command-context.ts'
import { type CommandContext } from '../session/command-context.ts'
import { takeOverIfOurs } from './take-over.ts'
import { isUnfinished, refuseUnfinished } from '../driving/unfinished.ts'
import { withChangesOn } from '../prompts/with-changes-on.ts'

const noDetach = {
  en: "A release needs somebody who drives it, so it can't be detached: use --until approval, or a window.",
  zh: '发布需要有人驱动，不能脱离终端：请用 --until approval，或使用窗口。',
}

export const releaseCommand: Command = {
  name: 'release',
  takes: ['[SERVICE]'],
  options: [...draftOptions, 'approve-all', 'supersede', 'without-lock', 'until', 'production', 'detach'],
  ownOptions: gateOptions,
  problem: (line) => (line.given.has('detach') ? { kind: 'of-command', text: noDetach } : saysNothing(line)),
  what: {
    en: 'Starts a release and drives it until it ends, is held, or waits for you.',
    zh: '开始发布并驱动它，直到结束、停住或等待你。',
  },
  run: release,
}

/** What the checks say of the release whose place is taken. */
const aboutRelease: readonly Check['what']['kind'][] = [
  'other-release',
  'release-running',
  'lock-expired',
  'abandoned-release',
  'supersede-gone',
]

/** Starts a release and stays with it: there is nobody else to drive it. */
async function release(context: CommandContext): Promise<Ending> {
  const at = await openService(context)
  if (!at.ok) return at.ending
  const view = await pictureOf(at.value)
  if (!view.ok) return view.ending
  const draft = draftOf(view.value, context.options, context.io)
  if (!draft.ok) return draft.ending
  const { supersede } = context.options
  if (supersede === undefined && isUnfinished(view.value))
    return refuseUnfinished(at.value, view.value, '--supersede canary|rest')
  const checked = await at.value.client.call('release/check', draft.value)
  if (!checked.ok) return fault(checked.fault)
  // The release whose place is taken is no obstacle: taking it over says whether its holder still lives.
  const found = checked.value.checks.filter(
    ({ level, what }) => level !== 'ok' && (supersede === undefined || !aboutRelease.includes(what.kind)),
  )
  putChecks(at.value, found)
  if (found.some(isBlocker)) return exit(exitCodes.preflight)
  const agreed = await confirm(at.value, {
    what: whatOf(at.value, view.value, draft.value),
    question: at.value.words.questions.release,
    way: 'forward',
  })
  return agreed.ok ? begin(at.value, draft.value, view.value) : agreed.ending
}

async function begin(at: AtService, draft: DraftInput, view: PipelineView): Promise<Ending> {
  const guard = at.io.interrupts.guard()
  if (draft.supersedes !== undefined) {
    const taken = await takeOverIfOurs(at, view, 'forward')
    if (!taken.ok) return taken.ending
  }
  const started = await withChangesOn(at, () =>
    at.client.call('release/start', { request: at.newRequest(), draft }),
  )
  if (!started.ok) return fault(started.fault)
  const id = started.value.release
  if (at.options.approveAll) {
    const opened = await withChangesOn(at, () =>
      at.client.call('release/push-all', {
        request: at.newRequest(),
        target: at.target,
        release: id,
        version: firstVersion,
      }),
    )
    // With a single batch there is no gate to be opened.
    if (!opened.ok && draft.steps.filter((step) => !step.leftOut).length > 1)
      at.out.remark(at.words.fault(opened.fault))
  }
  return drive(at, { id, goal: 'done', guard })
}

/** What will change, for the question: from, to, which batches, how many pods. */
function whatOf(
  { words }: AtService,
  view: PipelineView,
  { change, steps }: DraftInput,
): readonly (readonly [string, string])[] {
  const batches = view.batches.filter((batch) =>
    steps.some((step) => step.batch === batch.uid && !step.leftOut),
  )
  const pods = batches.reduce((sum, batch) => sum + batch.desired, 0)
  const numbers = ranges(batches.map((batch) => batch.number))
  const rows = ((): readonly (readonly [string, string])[] => {
    switch (change.kind) {
      case 'image':
        return stepGroups(imageSteps(batches, change.images)).map(
          ({ container, from, to, numbers: some }) => [
            words.change,
            words.imageStep({ container, from: versionOf(from), to, batches: ranges(some) }),
          ],
        )
      case 'restart':
        return [[words.change, words.restart]]
      case 'template':
        return [[words.change, words.template]]
      case 'none':
        return []
    }
  })()
  return [...rows, [words.batches, words.batchesAndPods(numbers, pods)]]
}
