import type { PipelineView } from '../../shared/view/pipeline.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { usePipeline } from '../stores/store-context.tsx'
import { answerOf, groupConflicts, type ConflictGroup } from '../release/group-conflicts.ts'
import { TemplateConflicts } from '../release/template-conflicts.tsx'
import { TemplateDiffs } from './template-diff.tsx'
import { TemplateText } from './template-text.tsx'
import { useTemplateComparison, type TemplateComparison } from './use-template-comparison.ts'

/** The pod template of a batch as text, and then what the edit changes on each batch: only what was seen is used. */
export function TemplateDialog() {
  const view = usePipeline((one) => one)
  return view === undefined ? null : <Editor view={view} />
}

function Editor({ view }: { readonly view: PipelineView }) {
  const { change: words } = useWords()
  const close = useCloseDialog()
  const comparison = useTemplateComparison(view)
  const { edit, answers, compare, changes, moved, refused } = comparison
  const { batch, text, setText, choose, fault } = edit
  const groups = groupConflicts(changes?.batches ?? [])
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
          problem={comparison.problem}
          onChoose={choose}
          onText={(next) => {
            setText(next)
            comparison.forget()
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
      {refused === undefined ? null : <FaultLine fault={refused} />}
      <Actions comparison={comparison} groups={groups} differs={differs} />
    </Modal>
  )
}

type ActionsProps = {
  readonly comparison: TemplateComparison
  readonly groups: readonly ConflictGroup[]
  readonly differs: boolean
}

function Actions({ comparison, groups, differs }: ActionsProps) {
  const { change: words, release } = useWords()
  const close = useCloseDialog()
  const { edit, answers, compare, changes, moved, busy, take, forget } = comparison
  // What was shown is not what would be done any more.
  const again = changes === undefined || moved.length > 0
  const isOpen = groups.some((group) => answerOf(answers, group) === undefined)
  const finish = () => {
    take()
    close()
  }
  return (
    <footer>
      {changes === undefined ? (
        <button type="button" className="btn" onClick={close}>
          {release.cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
      ) : (
        <button type="button" className="btn" onClick={forget}>
          <Icon name="pencil" />
          {words.template.editAgain}
        </button>
      )}
      <button
        type="button"
        className="btn strong"
        disabled={again ? edit.text === undefined : !differs || isOpen || busy}
        aria-busy={busy}
        onClick={again ? () => void compare(answers) : finish}
      >
        {!again ? words.template.use : busy ? words.template.comparing : words.template.compare}
      </button>
    </footer>
  )
}
