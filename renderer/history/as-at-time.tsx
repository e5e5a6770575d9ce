import { useId, useState } from 'react'
import type { HistoryView } from '../../shared/history/history-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { Section } from '../parts/section.tsx'
import { useClusterNow, useStores } from '../stores/store-context.tsx'
import { lastIncident } from '../../shared/history/last-incident.ts'
import { IncidentText } from './incident-text.tsx'
import { dayText, parseTime, type ParsedTime } from '../../shared/history/time-text.ts'

/** A time at which all was well, as a text: the browser draws a date field in its own language, not in ours; at first the moment before the last changes that belong together, which is what an incident asks for. */
export function AsAtTime({ view }: { readonly view: HistoryView }) {
  const { history: words } = useWords()
  const { ui } = useStores()
  const now = useClusterNow()
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const [wrong, setWrong] = useState<Exclude<ParsedTime, { readonly kind: 'time' }>>()
  const incident = lastIncident(view)
  const text = typed ?? (incident === undefined ? '' : dayText(incident.at))
  const show = () => {
    const parsed = parseTime(text.trim(), now)
    setWrong(parsed.kind === 'time' ? undefined : parsed)
    if (parsed.kind === 'time') ui.actions.askGoBack({ kind: 'time', at: parsed.at })
  }
  return (
    <Section title={words.asAt}>
      <form
        className="as-at"
        onSubmit={(event) => {
          event.preventDefault()
          show()
        }}
      >
        <label htmlFor={id} className="sr">
          {words.time}
        </label>
        <input
          id={id}
          className="mono"
          spellCheck={false}
          autoComplete="off"
          value={text}
          aria-invalid={wrong !== undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="btn">
          {words.showAsAt}
        </button>
      </form>
      {incident === undefined || typed !== undefined ? null : (
        <IncidentText view={view} incident={incident} />
      )}
      {wrong === undefined ? null : (
        <p className="small-text tone-fail" role="alert">
          {words.noTime(wrong)}
        </p>
      )}
    </Section>
  )
}
