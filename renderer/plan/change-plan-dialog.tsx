import { useState } from 'react'
import { ranges } from '../../shared/words/sentence-words.ts'
import { seenRelease } from '../../shared/view/seen-release.ts'
import type { PipelineView, ReleaseView } from '../../shared/view/pipeline.ts'
import type { PlanView } from '../../shared/view/plan-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { planDifferences } from '../release/plan-differences.ts'
import { planChange, type PlanEdit } from './plan-edit.ts'
import { PlanEditor } from './plan-editor.tsx'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { useRunningPlan } from '../release/use-running-plan.ts'
import { useTarget } from '../verbs/use-target.ts'

/** The plan of the release that runs: what has not begun may still be changed. */
export function ChangePlanDialog() {
  const view = usePipeline((one) => one)
  const release = view?.release
  const plan = release?.plan
  // An edit of the plan of one release is none of the next one's.
  const [about] = useState(release?.id)
  const isAnother = release?.id !== about
  useCloseWhen(plan === undefined || plan.off !== undefined || isAnother)
  if (view === undefined || release === undefined || plan === undefined || isAnother) return null
  return <Editor view={view} release={release} plan={plan} />
}

type EditorProps = {
  readonly view: PipelineView
  readonly release: ReleaseView
  readonly plan: PlanView
}

function Editor({ view, release, plan }: EditorProps) {
  const { plan: words, release: releaseWords } = useWords()
  const { ports } = useStores()
  const close = useCloseDialog()
  const target = useTarget()
  const command = useCommand('release/change-plan')
  const running = useRunningPlan(release, plan)
  const { edit, begun, elsewhere } = running
  const changed = running.changed && elsewhere === undefined
  const numbers = view.batches.filter((batch) => begun.includes(batch.uid)).map((batch) => batch.number)
  const send = async () => {
    if (target === undefined || !changed) return
    const seen = seenRelease({ id: release.id, version: running.version })
    const about = { request: ports.requestId(), target, ...seen }
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
        onChange={running.write}
      />
      {elsewhere === undefined ? null : <Elsewhere plan={running} {...elsewhere} batches={view.batches} />}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
      <footer>
        <span className="dim">{running.changed ? '' : words.nothingChanged}</span>
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

type ElsewhereProps = {
  readonly plan: Pick<ReturnType<typeof useRunningPlan>, 'takeTheirs' | 'keepMine'>
  readonly before: PlanEdit
  readonly now: PlanEdit
  readonly batches: readonly BatchView[]
}

/** Another window has changed the plan: what is other, and which of the two holds. */
function Elsewhere({ plan, before, now, batches }: ElsewhereProps) {
  const { plan: words } = useWords()
  return (
    <div className="dialog-warning plan-elsewhere" role="alert">
      <Icon name="warn" />
      <div>
        <p>{words.changedElsewhere}</p>
        <ul>
          {planDifferences(before, now, { words, batches }).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <div className="button-row">
          <button type="button" className="btn small" onClick={plan.takeTheirs}>
            {words.takeTheirs}
          </button>
          <button type="button" className="btn small" onClick={plan.keepMine}>
            {words.keepMine}
          </button>
        </div>
      </div>
    </div>
  )
}
