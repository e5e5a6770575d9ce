import { ranges } from '../../shared/words/sentence-words.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { usePipeline, useStores } from '../stores/store-context.tsx'

/** The way to the plan of the release that runs, with what of it may still be changed. */
export function ChangePlanLink() {
  const { plan: words } = useWords()
  const say = useSay()
  const { ui } = useStores()
  const plan = usePipeline((view) => view?.release?.plan)
  const batches = usePipeline((view) => view?.batches)
  if (plan === undefined || batches === undefined) return null
  const open = plan.steps.filter((step) => !step.begun).map((step) => step.batch)
  const numbers = batches.filter((batch) => open.includes(batch.uid)).map((batch) => batch.number)
  const note = words.changeNote(ranges(numbers.toSorted((a, b) => a - b)), numbers.length)
  return (
    <div className="plan-change">
      <button
        type="button"
        className="link plan-edit"
        aria-disabled={plan.off !== undefined}
        aria-describedby="change-plan-note"
        onClick={() => {
          if (plan.off === undefined) ui.actions.open('change-plan')
        }}
      >
        <Icon name="pencil" />
        {words.change}
      </button>
      <span id="change-plan-note" className={plan.off === undefined ? 'sr' : 'dim'}>
        {plan.off === undefined ? note : say(plan.off)}
      </span>
    </div>
  )
}
