import { useState } from 'react'
import { ranges } from '../../shared/release/sentence-words.ts'
import { seenRelease } from '../../shared/view/seen-release.ts'
import type { PipelineView, PlanView } from '../../shared/model/pipeline.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { changeableEdit, isSamePlan, planChange, withoutBegun } from './plan-edit.ts'
import { PlanEditor } from './plan-editor.tsx'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { useTarget } from './use-target.ts'

/** The plan of the release that runs: what has not begun may still be changed. */
export function ChangePlanDialog() {
  const view = usePipeline((one) => one)
  const plan = view?.release?.plan
  useCloseWhen(plan === undefined || plan.off !== undefined)
  if (view === undefined || plan === undefined) return null
  return <Editor key={view.release?.id} view={view} plan={plan} />
}

function Editor({ view, plan }: { readonly view: PipelineView; readonly plan: PlanView }) {
  const { plan: words, release: releaseWords } = useWords()
  const { ports } = useStores()
  const close = useCloseDialog()
  const target = useTarget()
  const command = useCommand('release/change-plan')
  const [wanted, setWanted] = useState(() => changeableEdit(plan))
  // What begins while the dialog is open falls out of the edit and is said.
  const { edit, begun } = withoutBegun(wanted, plan)
  const changed = !isSamePlan(edit, changeableEdit(plan))
  const numbers = view.batches.filter((batch) => begun.includes(batch.uid)).map((batch) => batch.number)
  const send = async () => {
    if (target === undefined || view.release === undefined || !changed) return
    const about = { request: ports.requestId(), target, ...seenRelease(view.release) }
    const reply = await command.call({ ...about, change: planChange(edit) })
    if (reply?.ok === true) close()
  }
  const done = plan.steps.filter((step) => step.begun).map((step) => step.batch)
  return (
    <Modal labelledBy="change-plan-title" className="plan-dialog" onClose={close}>
      <header>
        <Icon name="list" />
        <h2 id="change-plan-title">{words.changeTitle(view.service.name)}</h2>
      </header>
      {numbers.length === 0 ? null : (
        <p className="dialog-warning" role="alert">
          <Icon name="warn" />
          {words.begunMeanwhile(ranges(numbers), numbers.length)}
        </p>
      )}
      <PlanEditor
        edit={edit}
        batches={view.batches}
        begun={view.batches.filter((batch) => done.includes(batch.uid))}
        onChange={setWanted}
      />
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      <footer>
        <span className="dim">{changed ? '' : words.nothingChanged}</span>
        <button type="button" className="btn" onClick={close}>
          {releaseWords.cancel}
          <kbd aria-hidden="true">Esc</kbd>
        </button>
        <button
          type="button"
          className="btn strong"
          data-first-focus
          aria-disabled={!changed}
          aria-busy={command.busy}
          onClick={() => void send()}
        >
          {command.busy ? releaseWords.sending : words.send}
        </button>
      </footer>
    </Modal>
  )
}
