import { useState } from 'react'
import { doctorSections, doctorText, troubledSections } from '../../shared/words/doctor-text.ts'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useClusters, useStores } from '../stores/store-context.tsx'
import { useAnswer } from '../stores/use-answer.ts'
import { DoctorEntryRow } from './doctor-entry.tsx'

/** Why something does not connect: everything that is known, in words, to be read or copied. */
export function DoctorDialog() {
  const { doctorPage: words, about } = useWords()
  const language = useLanguage()
  const { ports, ui } = useStores()
  const close = useCloseDialog()
  const [onlyTroubled, setOnlyTroubled] = useState(false)
  // What became of a test is in the next report.
  const states = useClusters((view) => view?.clusters.map((one) => one.state.kind).join() ?? '')
  const {
    value: report,
    fault,
    asking: busy,
    again: askAgain,
  } = useAnswer({ subject: 'doctor', occasion: states, ask: () => ports.client.call('doctor/report', {}) })
  const again = askAgain
  const sections = report === undefined ? [] : doctorSections(report, language)
  const troubled = troubledSections(sections)
  const count = troubled.reduce((sum, section) => sum + section.entries.length, 0)
  return (
    <Modal labelledBy="doctor-title" className="doctor" onClose={close}>
      <header>
        <Icon name="pulse" />
        <h2 id="doctor-title">{words.title}</h2>
      </header>
      <div className="doctor-body" tabIndex={0} role="region" aria-labelledby="doctor-title">
        <p>{words.why}</p>
        {fault === undefined ? null : <FaultLine fault={fault} />}
        {report === undefined ? (
          <p role="status">{words.loading}</p>
        ) : (
          <div className="doctor-sum">
            <Icon name={count === 0 ? 'done' : 'warn'} />
            <b>{words.toLookAt(count)}</b>
            {count === 0 ? null : (
              <label>
                <input
                  type="checkbox"
                  checked={onlyTroubled}
                  onChange={(event) => setOnlyTroubled(event.target.checked)}
                />
                {words.onlyThese}
              </label>
            )}
          </div>
        )}
        {(onlyTroubled && count > 0 ? troubled : sections).map(({ title, entries }) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            {entries.map((entry) => (
              <DoctorEntryRow key={entry.id} entry={entry} />
            ))}
          </section>
        ))}
      </div>
      <footer>
        <button type="button" className="btn" onClick={() => ui.actions.open('about')}>
          <Icon name="mark" />
          {about.open}
        </button>
        <button type="button" className="btn" aria-busy={busy} onClick={again}>
          <Icon name="retry" />
          {words.again}
        </button>
        {report === undefined ? null : <CopyButton text={doctorText(report, language)} says={words} />}
        <button type="button" className="btn strong" data-first-focus onClick={close}>
          {words.close}
        </button>
      </footer>
    </Modal>
  )
}
