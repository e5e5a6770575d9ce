import { memo } from 'react'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import { sayCheck } from '../../shared/view/check-words.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ActionRow, PrimaryButton } from './action-buttons.tsx'
import { draftInput, draftKind, draftSizes, gatesOf } from './draft-input.ts'
import type { DraftInput, DraftParts } from './draft-input.ts'
import { useDraftPlan } from './draft-plan.tsx'
import { versionOf } from './image-reference.ts'
import { otherVerbs } from './stage.ts'
import type { CheckState } from './use-check.ts'
import { VerbRow } from './verb-row.tsx'

/** Start what is drafted: one button named by what it does, one line saying exactly what will be sent. */
export const DraftActions = memo(function DraftActions() {
  const { release: words, check: checkWords } = useWords()
  const { ports, draft } = useStores()
  const view = usePipeline((one) => one)
  const parts = useDraft((state) => state)
  const { input, check } = useDraftPlan()
  const start = useCommand('release/start')
  if (view === undefined || input === undefined) return null
  const kind = draftKind(input)
  const why = whyNot(view, check, { kind, words, checkWords })
  const send = async (what: DraftInput) => {
    const reply = await start.call({ request: ports.requestId(), draft: what })
    if (reply?.ok === true) draft.getState().discard()
  }
  return (
    <>
      <PrimaryButton
        icon={kind === 'sizes' ? 'check' : 'play'}
        text={start.busy ? words.sending : primaryText(view, kind, words)}
        enabled={why === undefined && !start.busy}
        busy={start.busy}
        describedBy="draft-note"
        onPress={() => void send(input)}
      />
      <p id="draft-note" className="action-note">
        {why ?? note(view, { input, parts, words })}
      </p>
      {start.fault === undefined ? null : <FaultLine fault={start.fault} />}
      <div className="action-rows">
        {kind === 'both' ? (
          <ActionRow
            icon="check"
            title={words.saveSizes}
            note={words.saveSizesNote}
            enabled={view.freshness.kind === 'live' && !start.busy}
            onPress={() => void send(draftInput(view, parts, true))}
          />
        ) : null}
        {kind === 'nothing' ? null : (
          <ActionRow
            icon="close"
            title={words.discard}
            note={words.discardNote}
            enabled={!start.busy}
            onPress={() => draft.getState().discard()}
          />
        )}
        {view.release === undefined
          ? null
          : otherVerbs(view.release).map((verb) => <VerbRow key={verb.verb} verb={verb} />)}
      </div>
    </>
  )
})

type WhyWords = {
  readonly kind: ReturnType<typeof draftKind>
  readonly words: Words['release']
  readonly checkWords: Words['check']
}

/** Why it cannot start yet; `undefined` when it can. */
function whyNot(
  view: PipelineView,
  check: CheckState,
  { kind, words, checkWords }: WhyWords,
): string | undefined {
  if (view.freshness.kind !== 'live') return words.staleDraft
  if (kind === 'nothing') return words.nothingToDo
  switch (check.kind) {
    case 'nothing':
    case 'checking':
      return words.checksRunning
    case 'fault':
      return words.checksNotDone
    case 'report': {
      const blocker = check.report.checks.find((one) => one.level === 'blocker')
      return blocker === undefined ? undefined : words.blockedBy(sayCheck(checkWords, blocker.what))
    }
  }
}

function primaryText(view: PipelineView, kind: WhyWords['kind'], words: Words['release']): string {
  const first = view.batches[0]
  const number = first?.number ?? 1
  switch (kind) {
    case 'both':
      return words.resizeThenStart(number)
    case 'sizes':
      return words.saveSizes
    case 'images':
    case 'nothing':
      return words.startBatch(number, first?.desired ?? 0)
  }
}

type NoteParts = { readonly input: DraftInput; readonly parts: DraftParts; readonly words: Words['release'] }

function note(view: PipelineView, { input, parts, words }: NoteParts): string {
  const changed = new Map(draftSizes(view, parts).map((one) => [one.batch, one.to]))
  const sizes = view.batches.map((batch) => changed.get(batch.uid) ?? batch.desired).join(' / ')
  const tag =
    input.change.kind === 'image' ? Object.values(input.change.images).map(versionOf).join(', ') : ''
  const first = view.batches[0]
  const stops = first !== undefined && view.batches.length > 1 && gatesOf(parts, first).approval
  switch (draftKind(input)) {
    case 'both':
      return words.resizeFirst(sizes, words.startNote(tag, first?.name ?? '', stops))
    case 'sizes':
      return words.sizesNote(sizes)
    case 'images':
    case 'nothing':
      return words.startNote(tag, first?.name ?? '', stops)
  }
}
