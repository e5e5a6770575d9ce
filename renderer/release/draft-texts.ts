import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import { sayCheck } from '../../shared/view/check-words.ts'
import type { Words } from '../i18n/words.ts'
import { draftKind, draftSizes, gatesOf } from './draft-input.ts'
import type { DraftInput, DraftKind, DraftParts } from './draft-input.ts'
import { versionOf } from './image-reference.ts'
import type { CheckState } from './use-check.ts'

type SomeWords = Pick<Words, 'release' | 'change' | 'check'>

/** Why a draft cannot be sent yet; `undefined` when it can. */
export function whyNot(
  view: PipelineView,
  check: CheckState,
  { kind, parts, words }: { readonly kind: DraftKind; readonly parts: DraftParts; readonly words: SomeWords },
): string | undefined {
  const { release } = words
  if (view.freshness.kind !== 'live') return release.staleDraft
  if (kind === 'nothing')
    return parts.kind === 'template' ? words.change.template.missing : release.nothingToDo
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

/** The primary button is named by what it does first. */
export function primaryText(view: PipelineView, input: DraftInput, words: SomeWords): string {
  const first = view.batches[0]
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

type NoteParts = { readonly input: DraftInput; readonly parts: DraftParts; readonly words: SomeWords }

/** Exactly what will be sent, in one line. */
export function draftNote(view: PipelineView, { input, parts, words }: NoteParts): string {
  const changed = new Map(draftSizes(view, parts).map((one) => [one.batch, one.to]))
  const sizes = view.batches.map((batch) => changed.get(batch.uid) ?? batch.desired).join(' / ')
  const first = view.batches[0]
  const start = first === undefined ? '' : startNote(view, first, { input, parts, words })
  if (input.supersedes !== undefined) return words.change.over.stays
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

function startNote(view: PipelineView, first: BatchView, { input, parts, words }: NoteParts): string {
  const stops = view.batches.length > 1 && gatesOf(parts, first).approval
  switch (input.change.kind) {
    case 'restart':
      return words.change.restartStart(first.name, stops)
    case 'template':
      return words.change.templateStart(first.name, stops)
    case 'image':
    case 'none':
      return words.release.startNote(draftedTag(input), first.name, stops)
  }
}

function draftedTag({ change }: DraftInput): string {
  if (change.kind !== 'image') return ''
  return [...new Set(Object.values(change.images).map(versionOf))].join(', ')
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
