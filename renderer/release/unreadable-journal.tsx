import { useState } from 'react'
import type { Fault } from '../../shared/fault.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { Section } from './section.tsx'
import { useTarget } from './use-target.ts'

/** The journal of the last release can't be read. Nothing is guessed: a person may take what runs as it is. */
export function UnreadableJournal() {
  const { release: words } = useWords()
  const say = useSay()
  const { ports } = useStores()
  const target = useTarget()
  const journal = usePipeline((view) => view?.unreadable)
  const [fault, setFault] = useState<Fault>()
  if (journal === undefined || target === undefined) return null
  const forget = async () => {
    setFault(undefined)
    const about = { request: ports.requestId(), target, version: journal.version }
    const reply = await ports.client.call('release/forget', about)
    if (!reply.ok) setFault(reply.fault)
  }
  return (
    <Section title={words.unreadableJournal}>
      <p>{say(journal.sentence)}</p>
      <div className="button-row">
        <button type="button" className="btn" onClick={() => void forget()}>
          {words.adoptWhatIsThere}
        </button>
      </div>
      {fault === undefined ? null : <FaultLine fault={fault} />}
    </Section>
  )
}
