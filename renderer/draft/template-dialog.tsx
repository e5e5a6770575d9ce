import { useState } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { TemplatePreview } from '../../shared/model/template-preview.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import type { DraftTemplate } from '../stores/draft-data.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { answerOf, groupConflicts, type Answers } from '../release/group-conflicts.ts'
import { movedTemplates } from '../release/moved-templates.ts'
import { TemplateConflicts } from '../release/template-conflicts.tsx'
import { TemplateDiffs } from './template-diff.tsx'
import { TemplateText } from './template-text.tsx'
import { useTarget } from '../verbs/use-target.ts'
import { useTemplateEdit } from './use-template-edit.ts'

/** What was compared, word for word: that is used, not what stands in the field by now. */
type Compared = {
  readonly edit: Pick<DraftTemplate, 'batch' | 'text' | 'base' | 'answers'>
  readonly preview: TemplatePreview
}

type Changes = Extract<TemplatePreview, { readonly kind: 'changes' }>

function seenIn({ batches }: Changes): DraftTemplate['seen'] {
  return batches.map(({ batch, digest }) => ({ batch, digest }))
}

/** The pod template of a batch as text, and then what the edit changes on each batch: only what was seen is used. */
export function TemplateDialog() {
  const view = usePipeline((one) => one)
  return view === undefined ? null : <Editor view={view} />
}

function Editor({ view }: { readonly view: PipelineView }) {
  const { change: words, release } = useWords()
  const { draft } = useStores()
  const close = useCloseDialog()
  const target = useTarget()
  const { batch, text, base, setText, choose, fault } = useTemplateEdit(view)
  const command = useCommand('template/preview')
  const [compared, setCompared] = useState<Compared>()
  const [answers, setAnswers] = useState<Answers>([])
  const compare = async (given: Answers) => {
    if (target === undefined || batch === undefined || text === undefined) return
    setAnswers(given)
    const about = draft.getState().templateEdit
    const reply = await command.call({
      target,
      batch,
      text,
      answers: [...given],
      ...(base !== undefined && { base }),
    })
    // A text that was edited meanwhile has not been compared.
    if (reply?.ok !== true || draft.getState().templateEdit !== about) return
    setCompared({ edit: { batch, text, base, answers: given }, preview: reply.value })
  }
  const preview = compared?.preview
  const changes = preview?.kind === 'changes' ? preview : undefined
  const use = () => {
    if (compared === undefined || changes === undefined) return
    const added = Math.max(...changes.batches.map((one) => one.added))
    const removed = Math.max(...changes.batches.map((one) => one.removed))
    draft.getState().setTemplate({ ...compared.edit, seen: seenIn(changes), added, removed })
    close()
  }
  const moved = changes === undefined ? [] : movedTemplates(view, seenIn(changes))
  // What was shown is not what would be done any more.
  const again = changes === undefined || moved.length > 0
  const groups = groupConflicts(changes?.batches ?? [])
  const isOpen = groups.some((group) => answerOf(answers, group) === undefined)
  const differs = changes?.batches.some((one) => one.hunks.length > 0) === true
  return (
    <Modal labelledBy="template-title" describedBy="template-about" className="template" onClose={close}>
      <header>
        <Icon name="file" />
        <h2 id="template-title">{words.template.title(view.service.name)}</h2>
      </header>
      <p id="template-about" className="dialog-text">
        {changes === undefined
          ? words.template.about
          : differs
            ? words.template.seen
            : words.template.nothing}
      </p>
      {changes === undefined ? (
        <TemplateText
          view={view}
          batch={batch}
          text={text}
          problem={preview?.kind === 'problem' ? preview.problem : undefined}
          onChoose={choose}
          onText={(next) => {
            setText(next)
            setCompared(undefined)
          }}
          onDone={() => void compare([])}
        />
      ) : (
        <div className="diffs">
          <TemplateConflicts groups={groups} answers={answers} onAnswer={(given) => void compare(given)} />
          <TemplateDiffs changes={changes} />
        </div>
      )}
      {moved.length === 0 ? null : (
        <p className="dialog-warning" role="alert">
          <Icon name="warn" />
          <span>{words.template.moved(ranges(moved), moved.length)}</span>
        </p>
      )}
      {fault === undefined ? null : <FaultLine fault={fault} />}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      <footer>
        {changes === undefined ? (
          <button type="button" className="btn" onClick={close}>
            {release.cancel}
            <kbd aria-hidden="true">Esc</kbd>
          </button>
        ) : (
          <button type="button" className="btn" onClick={() => setCompared(undefined)}>
            <Icon name="pencil" />
            {words.template.editAgain}
          </button>
        )}
        <button
          type="button"
          className="btn strong"
          disabled={again ? text === undefined : !differs || isOpen || command.busy}
          aria-busy={command.busy}
          onClick={again ? () => void compare(answers) : use}
        >
          {!again ? words.template.use : command.busy ? words.template.comparing : words.template.compare}
        </button>
      </footer>
    </Modal>
  )
}
