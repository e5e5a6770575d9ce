import { useState } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useCommand } from '../stores/use-command.ts'
import { loadedPlan, planToSave, type PlanEdit } from './plan-edit.ts'
import { useTarget } from '../verbs/use-target.ts'

const longestName = 60

type SavedPlansProps = {
  readonly view: PipelineView
  readonly edit: PlanEdit
  readonly onLoad: (edit: PlanEdit) => void
}

/** Plans that are kept for this Service: taken up, kept under a name, removed. */
export function SavedPlans({ view, edit, onLoad }: SavedPlansProps) {
  const { plan: words } = useWords()
  const [chosen, setChosen] = useState('')
  const [told, setTold] = useState('')
  const load = (name: string) => {
    setChosen(name)
    const named = view.plans.find((one) => one.name === name)
    if (named === undefined) return
    const { edit: next, missing, added } = loadedPlan(named.plan, view.batches)
    onLoad(next)
    setTold(
      [
        words.loaded(name),
        ...(missing.length > 0 ? [words.missing(words.listOf(missing))] : []),
        ...(added.length > 0 ? [words.added(words.listOf(added))] : []),
      ].join(' '),
    )
  }
  const isThere = view.plans.some((one) => one.name === chosen)
  return (
    <section className="saved-plans" aria-label={words.saved}>
      <div className="saved-row">
        <label className="picker">
          <span className="picker-label">{words.saved}</span>
          <select value={isThere ? chosen : ''} onChange={(event) => load(event.target.value)}>
            <option value="">{view.plans.length === 0 ? words.noneSaved : words.choose}</option>
            {view.plans.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="down" />
        </label>
        {isThere ? (
          <RemovePlan
            name={chosen}
            onDone={() => {
              setChosen('')
              setTold(words.removed(chosen))
            }}
          />
        ) : null}
        <SavePlan
          key={chosen}
          view={view}
          edit={edit}
          name={chosen}
          onDone={(name) => {
            setChosen(name)
            setTold(words.savedAs(name))
          }}
        />
      </div>
      <p className="saved-told" role="status">
        {told}
      </p>
    </section>
  )
}

type RemovePlanProps = { readonly name: string; readonly onDone: () => void }

function RemovePlan({ name, onDone }: RemovePlanProps) {
  const { plan: words } = useWords()
  const target = useTarget()
  const command = useCommand('plan/remove')
  const remove = async () => {
    if (target === undefined) return
    const reply = await command.call({ target, name })
    if (reply?.ok === true) onDone()
  }
  return (
    <>
      <button type="button" className="btn" aria-busy={command.busy} onClick={() => void remove()}>
        {words.remove}
      </button>
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </>
  )
}

type SavePlanProps = {
  readonly view: PipelineView
  readonly edit: PlanEdit
  readonly name: string
  readonly onDone: (name: string) => void
}

/** A name that is taken is asked about before what it had is replaced. */
function SavePlan({ view, edit, name: before, onDone }: SavePlanProps) {
  const { plan: words } = useWords()
  const target = useTarget()
  const command = useCommand('plan/save')
  const [typed, setName] = useState(before)
  const [asking, setAsking] = useState(false)
  const name = typed.trim()
  const save = async () => {
    if (target === undefined || name === '') return
    setAsking(false)
    const reply = await command.call({ target, name, plan: planToSave(edit, view.batches) })
    if (reply?.ok === true) onDone(name)
  }
  const taken = view.plans.some((one) => one.name === name)
  return (
    <form
      className="save-plan"
      onSubmit={(event) => {
        event.preventDefault()
        if (taken && !asking) setAsking(true)
        else void save()
      }}
    >
      <input
        className="text-field"
        value={typed}
        maxLength={longestName}
        placeholder={words.name}
        aria-label={words.name}
        onChange={(event) => {
          setName(event.target.value)
          setAsking(false)
        }}
      />
      {asking ? (
        <span className="save-asks" role="alert">
          {words.replaceQuestion(name)}
          <button type="submit" className="btn">
            {words.replace}
          </button>
          <button type="button" className="btn" onClick={() => setAsking(false)}>
            {words.keep}
          </button>
        </span>
      ) : (
        <button type="submit" className="btn" aria-disabled={name === ''} aria-busy={command.busy}>
          {words.save}
        </button>
      )}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </form>
  )
}
