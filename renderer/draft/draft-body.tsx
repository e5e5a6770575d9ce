import { memo } from 'react'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { usePipeline } from '../stores/store-context.tsx'
import { ChangeSection } from './change-section.tsx'
import { ForecastSection } from './forecast-section.tsx'
import { GatedPods } from '../release/gated-pods.tsx'
import { IncidentSection } from '../release/incident-section.tsx'
import { PlanSection } from '../plan/plan-section.tsx'
import { Preflight } from './preflight.tsx'
import { Section } from '../parts/section.tsx'
import { UnreadableJournal } from '../verbs/unreadable-journal.tsx'
import { useToday } from '../history/use-today.ts'

/** Before a release: the image, the gates, what it will do to the traffic, and what was checked. */
export const DraftBody = memo(function DraftBody() {
  return (
    <>
      <UnreadableJournal />
      <IncidentSection />
      <GatedPods />
      <LastRelease />
      <ChangeSection />
      <PlanSection />
      <ForecastSection drafted />
      <Preflight />
    </>
  )
})

function LastRelease() {
  const { release: words } = useWords()
  const format = useFormat()
  const today = useToday()
  const say = useSay()
  const outcome = usePipeline((view) => view?.release?.outcome)
  const endedAt = usePipeline((view) => view?.release?.endedAt)
  const ending = usePipeline((view) => view?.release?.ending)
  if (outcome === undefined || ending === undefined) return null
  return (
    <Section
      title={words.lastRelease}
      side={endedAt === undefined ? undefined : format.clock(endedAt, today)}
    >
      <p className={`outcome outcome-${outcome}`}>{say(ending)}</p>
    </Section>
  )
}
