import { useState } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useWords } from '../i18n/use-words.ts'
import { ConfirmButton } from '../parts/confirm-button.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { draftInput, draftKind, type DraftInput } from '../draft/draft-input.ts'
import { draftWhat, sizesText } from '../draft/draft-texts.ts'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { WhereRows } from '../verbs/where-rows.tsx'

type From = NonNullable<DraftInput['supersedes']>['from']

/** One question before a running release is replaced: which batches the next change reaches. */
export function SupersedeDialog() {
  const view = usePipeline((one) => one)
  const draft = useDraft((state) => state)
  const input = view === undefined ? undefined : draftInput(view, draft)
  if (view === undefined || input === undefined) return null
  return <Question view={view} input={input} />
}

function Question({ view, input }: { readonly view: PipelineView; readonly input: DraftInput }) {
  const { change: words, release } = useWords()
  const { ports, draft } = useStores()
  const close = useCloseDialog()
  const command = useCommand('release/start')
  useCloseWhen(input.supersedes === undefined, command.busy)
  const done = view.batches.filter((batch) => batch.look === 'done')
  const hasRest = done.length > 0 && done.length < view.batches.length
  const [chosen, setFrom] = useState<From>('canary')
  // What was not done when the question was opened may be by now.
  const from = hasRest ? chosen : 'canary'
  const send = async () => {
    const { supersedes } = input
    if (supersedes === undefined) return
    const sent = draft.getState()
    const wish = { ...input, supersedes: { ...supersedes, from } }
    const reply = await command.call({ request: ports.requestId(), draft: wish })
    if (reply?.ok !== true) return
    close()
    draft.getState().settle(sent)
  }
  return (
    <Modal
      alert
      labelledBy="supersede-title"
      describedBy="supersede-ends"
      className="supersede"
      onClose={close}
    >
      <header>
        <Icon name="play" />
        <h2 id="supersede-title">{words.over.question(view.service.name)}</h2>
      </header>
      <dl className="facts">
        <WhereRows />
      </dl>
      <FromChoice view={view} what={draftWhat(input, words)} from={from} onChange={setFrom} />
      {draftKind(input) === 'both' ? (
        <p className="dialog-text">{release.resizeFirst(sizesText(view, input), '')}</p>
      ) : null}
      <p id="supersede-ends" className="dialog-text">
        {words.over.ends}
      </p>
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      <footer>
        <button type="button" className="btn" onClick={close}>
          {release.cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <ConfirmButton
          asks={JSON.stringify([input, done.map((batch) => batch.uid)])}
          busy={command.busy}
          onConfirm={() => void send()}
        >
          {command.busy ? release.sending : words.over.send[from]}
        </ConfirmButton>
      </footer>
    </Modal>
  )
}

type FromChoiceProps = {
  readonly view: PipelineView
  readonly what: string
  readonly from: From
  readonly onChange: (from: From) => void
}

/** Each way says which batches get what. */
function FromChoice({ view, what, from, onChange }: FromChoiceProps) {
  const { change: words } = useWords()
  const left = useDraft((state) => state.plan.leftOut)
  const numbers = (isDone?: boolean) =>
    ranges(
      view.batches
        .filter((batch) => !left.includes(batch.uid))
        .filter((batch) => isDone === undefined || (batch.look === 'done') === isDone)
        .map((batch) => batch.number),
    )
  const notes = {
    canary: words.over.canaryNote(numbers(), what),
    rest: words.over.restNote(numbers(false), what, numbers(true)),
  }
  const hasRest = numbers(true) !== '' && numbers(false) !== ''
  return (
    <fieldset className="modes">
      <legend className="sr">{words.over.how}</legend>
      {(['canary', 'rest'] as const).map((one) => (
        <label key={one} className={one === from ? 'chosen' : ''}>
          <input
            type="radio"
            name="from"
            checked={one === from}
            disabled={one === 'rest' && !hasRest}
            onChange={() => onChange(one)}
          />
          <span>
            <b>{words.over[one]}</b>
            <span>{one === 'rest' && !hasRest ? words.over.noRest : notes[one]}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
