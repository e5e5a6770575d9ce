import { memo } from 'react'
import { expectedEnd } from '../../shared/view/expected.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { gatesOf } from './draft-input.ts'
import { Forecast } from './forecast-table.tsx'
import { Section } from '../parts/section.tsx'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'
import { useExpected } from './use-expected.ts'
import { useToday } from '../history/use-today.ts'

type ForecastProps = {
  /** Of the draft, also while it is made over a release that runs. */
  readonly drafted?: boolean
}

/** The forecast under the time at which all of it should be done, where that is known. */
export const ForecastSection = memo(function ForecastSection({ drafted = false }: ForecastProps) {
  const { release: words } = useWords()
  return (
    <Section title={words.forecast} side={<End drafted={drafted} />}>
      <Forecast drafted={drafted} />
    </Section>
  )
})

function End({ drafted }: { readonly drafted: boolean }) {
  const { release: words } = useWords()
  const format = useFormat()
  const today = useToday()
  const { phase, spans } = useExpected(drafted)
  const staleSince = usePipeline((view) =>
    view?.freshness.kind === 'stale' ? view.freshness.since : undefined,
  )
  const { batches, left } = useDrawnPlan(drafted)
  const gates = useDraft((draft) => draft.gates)
  if (staleSince !== undefined) return words.asOf(format.clock(staleSince, today))
  const end = expectedEnd(spans)
  if (end === undefined) return null
  if (phase === 'running') return words.doneAbout(format.clock(end, today))
  const approvals = batches
    .filter((batch) => left[batch.uid] === undefined)
    .slice(0, -1)
    .filter((batch) => gatesOf({ gates }, batch).approval).length
  return words.takesAbout(Math.ceil(end / 60_000), approvals)
}
