import { memo } from 'react'
import type { GateView } from '../../shared/view/gate-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useClusterNow, usePipeline } from '../stores/store-context.tsx'
import { ChangePlanLink } from '../plan/change-plan-link.tsx'
import { FailureCard } from './failure-card.tsx'
import { ForecastSection } from '../draft/forecast-section.tsx'
import { GatedPods } from './gated-pods.tsx'
import { GateLine } from './gate-line.tsx'
import { FoldingSection, Section } from '../parts/section.tsx'
import { WriteFailure } from './write-failure.tsx'
import { Watching } from './watching.tsx'
import { useToday } from '../history/use-today.ts'

/** While a release runs: what is wrong, the gate it stands before, and what is still to come. */
export const ReleaseBody = memo(function ReleaseBody() {
  const { release: words } = useWords()
  const fault = usePipeline((view) => view?.release?.fault)
  const tries = usePipeline((view) => view?.release?.unwritten?.tries)
  const unwritten = usePipeline((view) => view?.batches.find((batch) => batch.write !== undefined))
  const gates = usePipeline((view) => view?.release?.gates)
  const troubled = usePipeline((view) => view?.batches.find((batch) => batch.trouble !== undefined))
  const state = usePipeline((view) => view?.release?.state)
  const returning = state === 'rolling-back'
  const gate = gates?.find((one) => one.stage.kind !== 'passed') ?? gates?.at(-1)
  return (
    <>
      {fault === undefined ? null : (
        <FaultLine
          fault={fault}
          {...(tries !== undefined && {
            says: { what: words.journalUnwritten(tries), next: words.journalUnwrittenNext },
          })}
        />
      )}
      {unwritten?.write === undefined ? null : <WriteFailure batch={unwritten} write={unwritten.write} />}
      {troubled?.trouble === undefined ? null : <FailureCard batch={troubled} trouble={troubled.trouble} />}
      <GatedPods />
      {gate === undefined || returning ? null : <Gate gate={gate} />}
      {/* While it is held nothing moves: what failed comes first. */}
      {returning || state === 'held' ? null : <ForecastSection />}
      <Watching />
      <Log />
    </>
  )
})

function Gate({ gate }: { readonly gate: GateView }) {
  const { release: words } = useWords()
  const next = usePipeline((view) => nextPart(view?.batches ?? [], gate.after)?.number)
  const now = useClusterNow()
  const open = gate.lines.filter((line) => line.look === 'open').length
  const side = gate.stage.kind === 'blocked' ? words.gateBlocked : words.gateCount(open, gate.lines.length)
  return (
    <Section
      title={next === undefined ? words.gateFinal(gate.afterNumber) : words.gate(gate.afterNumber, next)}
      side={side}
    >
      <ul className="gate-lines">
        {gate.lines.map((line) => (
          <GateLine key={line.gate} line={line} stage={gate.stage} now={now} />
        ))}
      </ul>
      <ChangePlanLink />
    </Section>
  )
}

/** The batch to which a gate leads: those that are left out stand aside. */
function nextPart(batches: readonly BatchView[], after: string): BatchView | undefined {
  const index = batches.findIndex((batch) => batch.uid === after)
  return batches.slice(index + 1).find((batch) => batch.look !== 'skipped')
}

function Log() {
  const { release: words } = useWords()
  const format = useFormat()
  const today = useToday()
  const say = useSay()
  const log = usePipeline((view) => view?.release?.log)
  if (log === undefined || log.length === 0) return null
  return (
    <FoldingSection title={words.log} side={String(log.length)} open={false}>
      <ol className="release-log">
        {log.toReversed().map((entry) => (
          <li key={`${String(entry.at)}-${JSON.stringify(entry.sentence)}`}>
            <time dateTime={new Date(entry.at).toISOString()}>{format.clockSeconds(entry.at, today)}</time>
            <span>{say(entry.sentence)}</span>
          </li>
        ))}
      </ol>
    </FoldingSection>
  )
}
