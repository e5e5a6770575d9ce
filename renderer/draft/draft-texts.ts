import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { sayCheck } from '../../shared/preflight/check-words.ts'
import type { Words } from '../i18n/words.ts'
import { movedTemplates } from '../release/moved-templates.ts'
import { asksContainer, draftKind } from './draft-input.ts'
import type { DraftInput, DraftParts } from './draft-input.ts'
import { begunSizes } from '../release/running-sizes.ts'
import { tagsOf } from '../../shared/view/image-text.ts'
import type { CheckState } from './use-check.ts'

type SomeWords = Pick<Words, 'release' | 'change' | 'check' | 'plan'>

/** Why a draft cannot be sent yet; `undefined` when it can. */
export function whyNot(
  view: PipelineView,
  check: CheckState,
  { input, parts, words }: NoteParts & { readonly parts: DraftParts },
): string | undefined {
  const { release } = words
  if (view.freshness.kind !== 'live') return release.staleDraft
  if (asksContainer(view, parts)) return release.chooseContainer
  // What takes the place of a release brings a change: sizes alone are set within the one that runs.
  const empty = input.supersedes !== undefined && input.change.kind === 'none'
  if (empty || draftKind(input) === 'nothing')
    return parts.kind === 'template' ? words.change.template.missing : release.nothingToDo
  const moved =
    input.change.kind === 'template' ? movedTemplates(partIn(view, input), input.change.seen ?? []) : []
  if (moved.length > 0) return words.change.template.moved(ranges(moved), moved.length)
  if (input.change.kind !== 'none' && partsOf(input).length === 0) return words.plan.allLeftOut
  // Half of what was moved would change the total unasked.
  const begun = begunSizes(view.batches, parts.sizes)
  if (begun.length > 0) return words.plan.sizesBegun(ranges(begun))
  switch (check.kind) {
    case 'nothing':
    case 'checking':
      return release.checksRunning
    case 'fault':
      return release.checksNotDone
    case 'report': {
      const blocker = check.report.checks.find((one) => one.level === 'blocker')
      if (blocker?.what.kind === 'no-lease-right') return words.change.lock.needed
      return blocker === undefined ? undefined : release.blockedBy(sayCheck(words.check, blocker.what))
    }
  }
}

/** The steps of the batches that take part. */
function partsOf({ steps }: DraftInput): DraftInput['steps'] {
  return steps.filter((step) => !step.leftOut)
}

function partIn({ batches }: PipelineView, input: DraftInput): Pick<PipelineView, 'batches'> {
  const part = partsOf(input).map((step) => step.batch)
  return { batches: batches.filter(({ uid }) => part.includes(uid)) }
}

function firstBatch(view: PipelineView, input: DraftInput): BatchView | undefined {
  const first = partsOf(input)[0]?.batch ?? input.steps[0]?.batch
  return view.batches.find((batch) => batch.uid === first)
}

/** The primary button is named by what it does first. */
export function primaryText(view: PipelineView, input: DraftInput, words: SomeWords): string {
  const first = firstBatch(view, input)
  const number = first?.number ?? 1
  if (input.supersedes !== undefined) return words.change.over.primary
  switch (draftKind(input)) {
    case 'both':
      return words.release.resizeThenStart(number)
    case 'sizes':
      return words.release.saveSizes
    case 'change':
    case 'nothing':
      return input.change.kind === 'restart'
        ? words.change.restartBatch(number, first?.desired ?? 0)
        : words.release.startBatch(number, first?.desired ?? 0)
  }
}

type NoteParts = { readonly input: DraftInput; readonly words: SomeWords }

/** Exactly what will be sent, in one line. */
export function draftNote(view: PipelineView, { input, words }: NoteParts): string {
  const sizes = sizesText(view, input)
  const first = firstBatch(view, input)
  const start = first === undefined ? '' : startNote(first, { input, words })
  if (input.supersedes !== undefined)
    return draftKind(input) === 'both'
      ? words.release.resizeFirst(sizes, words.change.over.stays)
      : words.change.over.stays
  switch (draftKind(input)) {
    case 'both':
      return words.release.resizeFirst(sizes, start)
    case 'sizes':
      return words.release.sizesNote(sizes)
    case 'change':
    case 'nothing':
      return start
  }
}

/** All sizes as they will be, in the order of the release. */
export function sizesText(view: PipelineView, input: DraftInput): string {
  return input.steps.map(({ batch }) => sizeIn(view, input, batch)).join(' / ')
}

function sizeIn(view: PipelineView, { sizes }: DraftInput, batch: string): number {
  const to = sizes.find((size) => size.batch === batch)?.to
  return to ?? view.batches.find((one) => one.uid === batch)?.desired ?? 0
}

function startNote(first: BatchView, { input, words }: NoteParts): string {
  const parts = partsOf(input)
  const then = parts.length < 2 ? 'end' : parts[0]?.gates.approval === true ? 'approval' : 'goes-on'
  switch (input.change.kind) {
    case 'restart':
      return words.change.restartStart(first.name, then)
    case 'template':
      return words.change.templateStart(first.name, then)
    case 'image':
    case 'none':
      return words.release.startNote(draftedTag(input), first.name, then)
  }
}

/** Of the batches that take part. */
export function draftedTag({ change, steps }: DraftInput): string {
  if (change.kind !== 'image') return ''
  const part = steps.filter((step) => !step.leftOut).map((step) => step.batch)
  return tagsOf(change.images.filter((one) => part.includes(one.batch)).map((one) => one.image))
}

/** What a draft brings to a batch, as a few words within a sentence: a version, a restart, another template. */
export function draftWhat(input: DraftInput, words: Words['change']): string {
  switch (input.change.kind) {
    case 'restart':
      return words.what.restart
    case 'template':
      return words.what.template
    case 'image':
    case 'none':
      return draftedTag(input)
  }
}
