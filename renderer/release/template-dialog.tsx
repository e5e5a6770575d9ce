import { useState } from 'react'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import type { TemplatePreview } from '../../shared/model/template-preview.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { answerOf, groupConflicts, type Answers } from './group-conflicts.ts'
import { TemplateConflicts } from './template-conflicts.tsx'
import { TemplateDiffs } from './template-diff.tsx'
import { TemplateText } from './template-text.tsx'
import { useTarget } from './use-target.ts'
import { useTemplateEdit } from './use-template-edit.ts'

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
  const [preview, setPreview] = useState<TemplatePreview>()
  const [answers, setAnswers] = useState<Answers>([])
  const compare = async (given: Answers) => {
    if (target === undefined || batch === undefined || text === undefined) return
    setAnswers(given)
    const reply = await command.call({
      target,
      batch,
      text,
      answers: [...given],
      ...(base !== undefined && { base }),
    })
    if (reply?.ok === true) setPreview(reply.value)
  }
  const use = () => {
    if (preview?.kind !== 'changes' || batch === undefined || text === undefined) return
    const added = Math.max(...preview.batches.map((one) => one.added))
    const removed = Math.max(...preview.batches.map((one) => one.removed))
    draft.getState().setTemplate({ batch, text, base, answers, added, removed })
    close()
  }
  const changes = preview?.kind === 'changes' ? preview : undefined
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
            setPreview(undefined)
          }}
          onDone={() => void compare([])}
        />
      ) : (
        <div className="diffs">
          <TemplateConflicts groups={groups} answers={answers} onAnswer={(given) => void compare(given)} />
          <TemplateDiffs changes={changes} />
        </div>
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
          <button type="button" className="btn" onClick={() => setPreview(undefined)}>
            <Icon name="pencil" />
            {words.template.editAgain}
          </button>
        )}
        <button
          type="button"
          className="btn strong"
          disabled={changes === undefined ? text === undefined : !differs || isOpen}
          aria-busy={command.busy}
          onClick={changes === undefined ? () => void compare([]) : use}
        >
          {changes !== undefined
            ? words.template.use
            : command.busy
              ? words.template.comparing
              : words.template.compare}
        </button>
      </footer>
    </Modal>
  )
}
