import type { BatchView } from '../../shared/view/batch-view.ts'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { approvalsOf, draftedPlan, isSamePlan, lastPart, usualEdit, type PlanEdit } from './plan-edit.ts'
import { gateText, limitMinutes } from './plan-texts.ts'
import { Section } from '../parts/section.tsx'

const none: readonly BatchView[] = []

/** The plan at a glance: one line while it is the usual one, else a line per batch. It is edited in its dialog. */
export function PlanSection() {
  const { plan: words, release } = useWords()
  const { ui } = useStores()
  const batches = usePipeline((view) => view?.batches ?? none)
  const plan = useDraft((draft) => draft.plan)
  const gates = useDraft((draft) => draft.gates)
  const edit = draftedPlan(batches, { plan, gates })
  return (
    <Section title={words.title} side={batches.length < 2 ? undefined : summary(edit, { words, release })}>
      {batches.length < 2 ? <p className="dim">{release.oneBatch}</p> : null}
      {isSamePlan(edit, usualEdit(batches)) ? null : <Lines edit={edit} batches={batches} />}
      <button type="button" className="link plan-edit" onClick={() => ui.actions.open('plan')}>
        <Icon name="pencil" />
        {words.edit}
      </button>
    </Section>
  )
}

function summary(edit: PlanEdit, { words, release }: SummaryWords): string {
  const part = edit.steps.filter((step) => !step.leftOut)
  const bakes = new Set(part.map((step) => step.gates.bakeSeconds))
  const [only = 0] = bakes
  const approvals = approvalsOf(edit)
  const left = edit.steps.length - part.length
  const text = bakes.size > 1 ? release.gatesMixed(approvals) : release.gatesAll(only, approvals)
  return left === 0 ? text : words.listOf([text, words.leftOutCount(left)])
}

type SummaryWords = { readonly words: Words['plan']; readonly release: Words['release'] }
type LinesProps = { readonly edit: PlanEdit; readonly batches: readonly BatchView[] }

function Lines({ edit, batches }: LinesProps) {
  const { plan: words } = useWords()
  const usual = usualEdit(batches)
  const last = lastPart(edit)
  return (
    <>
      <ol className="plan-lines">
        {edit.steps.map((step) => (
          <li key={step.batch} className={step.leftOut ? 'is-left-out' : ''}>
            <b>{words.batch(batches.find((batch) => batch.uid === step.batch)?.number ?? 0)}</b>
            {step.leftOut ? <Icon name="skip" /> : null}
            <span>{step.leftOut ? words.leftOut : gateText(step.gates, step.batch === last, words)}</span>
          </li>
        ))}
      </ol>
      {edit.onFailure === usual.onFailure ? null : (
        <p className="plan-line">{words.failureLine(words.policies[edit.onFailure])}</p>
      )}
      {edit.batchLimitSeconds === usual.batchLimitSeconds ? null : (
        <p className="plan-line">{words.limitLine(limitMinutes(edit.batchLimitSeconds))}</p>
      )}
    </>
  )
}
