import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { draftedPlan, isSamePlan, toDraft, usualEdit, type PlanEdit } from './plan-edit.ts'
import { PlanEditor } from './plan-editor.tsx'
import { SavedPlans } from './saved-plans.tsx'
import { useCloseWhen } from '../stores/use-close-when.ts'

/** The plan of the release that is drafted. Every change is in the draft at once; nothing is sent. */
export function PlanDialog() {
  const view = usePipeline((one) => one)
  useCloseWhen(view?.batches.length === 0)
  return view === undefined ? null : <Editor view={view} />
}

function Editor({ view }: { readonly view: PipelineView }) {
  const { plan: words } = useWords()
  const { draft } = useStores()
  const close = useCloseDialog()
  const plan = useDraft((state) => state.plan)
  const gates = useDraft((state) => state.gates)
  const edit = draftedPlan(view.batches, { plan, gates })
  const usual = usualEdit(view.batches)
  const change = (next: PlanEdit) => draft.getState().setPlan(toDraft(next, view.batches))
  return (
    <Modal labelledBy="plan-title" className="plan-dialog" onClose={close}>
      <header>
        <Icon name="list" />
        <h2 id="plan-title">{words.editorTitle(view.service.name)}</h2>
      </header>
      <SavedPlans view={view} edit={edit} onLoad={change} />
      <PlanEditor edit={edit} batches={view.batches} onChange={change} />
      <footer>
        <button
          type="button"
          className="btn"
          disabled={isSamePlan(edit, usual)}
          onClick={() => change(usual)}
        >
          {words.usual}
        </button>
        <span className="dim" />
        <button type="button" className="btn strong" data-first-focus onClick={close}>
          {words.done}
        </button>
      </footer>
    </Modal>
  )
}
