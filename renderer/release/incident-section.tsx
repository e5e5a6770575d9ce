import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Incident } from '../../shared/model/incident.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useToday } from '../history/use-today.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { Middle } from '../parts/middle.tsx'
import { PodShape } from '../parts/pod-shape.tsx'
import { usePipeline } from '../stores/store-context.tsx'
import { FailureCard } from './failure-card.tsx'
import { Section } from '../parts/section.tsx'

/** A Service that fails without a release: why, and what was changed. The way back stands below, on the button. */
export function IncidentSection() {
  const incident = usePipeline((view) => view?.incident)
  const batches = usePipeline((view) => view?.batches)
  if (incident === undefined || batches === undefined) return null
  return (
    <>
      <Fault incident={incident} batches={batches} />
      {incident.changes.length === 0 ? null : <Changes incident={incident} batches={batches} />}
    </>
  )
}

type PartProps = { readonly incident: Incident; readonly batches: readonly BatchView[] }

/** The reason that most pods fail for, with the first of them; the others in a line each. */
function Fault({ incident: { faults }, batches }: PartProps) {
  const { incident: words } = useWords()
  const [worst, ...others] = faults
  const batch = batches.find((one) => one.trouble?.reason === worst?.reason)
  if (worst === undefined || batch?.trouble === undefined) return null
  const numbers = (of: readonly number[]) => words.ofBatches(ranges(of), of.length)
  return (
    <FailureCard
      batch={batch}
      trouble={{ ...batch.trouble, pods: worst.pods }}
      where={words.podsOf(worst.pods, numbers(worst.batches))}
      also={others.map((one) => words.also(one.reason, one.pods, numbers(one.batches)))}
    />
  )
}

function Changes({ incident: { changes }, batches }: PartProps) {
  const { incident: words } = useWords()
  const format = useFormat()
  const today = useToday()
  return (
    <Section title={words.changed} side={words.count(changes.length)}>
      <table className="incident-changes">
        <thead>
          <tr>
            <th scope="col">{words.columns.batch}</th>
            <th scope="col">{words.columns.at}</th>
            <th scope="col">{words.columns.by}</th>
            <th scope="col">{words.columns.what}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.batch}>
              <th scope="row">
                <PodShape kind={shapeOf(batches.find((one) => one.uid === change.batch))} />
                {change.number}
              </th>
              <td>{change.at === 0 ? words.unknown : format.clock(change.at, today)}</td>
              <td className="mono">{change.manager === '' ? words.unknown : change.manager}</td>
              <td className="mono">
                {change.from === change.to ? (
                  words.template
                ) : (
                  <>
                    <span className="dim" title={change.from}>
                      <Middle text={change.from} from={14} />
                    </span>
                    <b>
                      <Icon name="arrow" />
                      <Middle text={change.to} from={14} />
                    </b>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim small-text">{words.program}</p>
    </Section>
  )
}

/** As its pods are drawn: failing before ready, and by the version that they run. */
function shapeOf(batch: PipelineView['batches'][number] | undefined) {
  const pods = batch?.pods ?? ''
  if (pods.includes('f')) return 'failing'
  if (pods.includes('x')) return 'failing-old'
  return pods.includes('n') ? 'new' : 'old'
}
