import { goBackRows } from '../../shared/history/go-back-rows.ts'
import type { Incident } from '../../shared/history/last-incident.ts'
import type { HistoryView } from '../../shared/history/history-view.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useToday } from './use-today.ts'

/** Which changes the offered time lies before, and which batches it does not bring back. */
export function IncidentText({
  view,
  incident,
}: {
  readonly view: HistoryView
  readonly incident: Incident
}) {
  const { history: words } = useWords()
  const format = useFormat()
  const today = useToday()
  const { batches, from, to, release, within } = incident
  const between = [format.clock(from, today), ...(to > from ? [format.clock(to, today)] : [])]
  const rows = goBackRows(view, { kind: 'time', at: incident.at }, { choices: {}, sizes: [] })
  const left = rows.filter(({ stays }) => stays === 'before' || stays === 'gap' || stays === 'forgotten')
  return (
    <div className="incident-text small-text">
      <p>
        {words.incident(ranges(batches), batches.length, {
          between,
          ...(release !== undefined && { release }),
        })}
      </p>
      {within.length === 0 ? null : <p className="dim">{words.within(within)}</p>}
      {left.map(({ batch, stays }) =>
        stays === undefined || stays === 'not-asked' ? null : (
          <p key={batch.batch} className="history-missing">
            <Icon name="warn" />
            {`${words.batch(batch.number)}: ${words.stays[stays]}`}
          </p>
        ),
      )}
    </div>
  )
}
