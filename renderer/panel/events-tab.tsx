import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { tabIds, type PanelTab } from '../stores/panel-tab.ts'
import { usePods } from '../stores/store-context.tsx'
import { useToday } from '../history/use-today.ts'

/** What the cluster itself has to say about these batches, the newest first. */
function EventsTab() {
  const { release: words, shell } = useWords()
  const format = useFormat()
  const today = useToday()
  const said = useFaultSentence()
  const state = usePods((one) => one)
  switch (state.kind) {
    case 'loading':
      return <p className="dim">{shell.loading}</p>
    case 'fault':
      return <FaultLine fault={state.fault} />
    case 'missing':
      return <p className="dim">{said(state.why)}</p>
    case 'view': {
      const events = state.view.events.toSorted((a, b) => b.at - a.at)
      if (events.length === 0) return <p className="dim">{words.noEvents}</p>
      return (
        <ul className="events">
          {events.map((event) => (
            <li key={`${String(event.at)}${event.object}${event.reason}`} className={`event-${event.type}`}>
              <Icon name={event.type === 'Warning' ? 'warn' : 'info'} />
              <div>
                <p>
                  <b>{event.reason}</b>
                  {event.count > 1 ? <span className="dim"> {words.eventTimes(event.count)}</span> : null}
                  <time dateTime={new Date(event.at).toISOString()}>
                    {format.clockSeconds(event.at, today)}
                  </time>
                </p>
                <p>{event.message}</p>
                <p className="mono dim">{event.object}</p>
              </div>
            </li>
          ))}
        </ul>
      )
    }
  }
}

export const eventsTab: PanelTab = {
  id: tabIds.events,
  name: { en: 'Events', zh: '事件' },
  needs: ['pods'],
  Body: EventsTab,
}
