import type { Incident } from '../../shared/model/incident.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useToday } from '../history/use-today.ts'
import { useFormat, useWords } from '../i18n/use-words.ts'
import { tabIds } from '../stores/panel-tab.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { ActionRow, PrimaryButton } from '../verbs/action-buttons.tsx'

const shortcut = { name: 'roll-back', keys: 'Ctrl ⌫', spoken: 'Control+Backspace' }

/** The way back out of an incident: the first thing that can be done, or beside what is drafted. It asks before it acts. */
export function IncidentAction({ primary }: { readonly primary: boolean }) {
  const { incident: words } = useWords()
  const { ui } = useStores()
  const incident = usePipeline((view) => view?.incident)
  const note = useNote(incident)
  if (incident === undefined) return null
  const { proposal } = incident
  if (proposal === undefined)
    return (
      <ActionRow
        icon="list"
        title={words.openHistory}
        note={`${words.none} ${words.openHistoryNote}`}
        enabled
        shortcut={shortcut}
        onPress={() => ui.actions.setTab(tabIds.history)}
      />
    )
  const text = words.rollBack(proposal.pods, proposal.version)
  const ask = () => ui.actions.askGoBack({ kind: 'time', at: proposal.at })
  if (!primary)
    return <ActionRow icon="undo" title={text} note={note} enabled danger shortcut={shortcut} onPress={ask} />
  return (
    <>
      <PrimaryButton icon="undo" text={text} enabled danger describedBy="incident-note" onPress={ask} />
      <p id="incident-note" className="action-note">
        {note}
      </p>
    </>
  )
}

function useNote(incident: Incident | undefined): string {
  const { incident: words } = useWords()
  const format = useFormat()
  const today = useToday()
  const proposal = incident?.proposal
  if (proposal === undefined) return ''
  const numbers = (of: readonly number[]) => words.ofBatches(ranges(of), of.length)
  const left = proposal.unknown.length === 0 ? '' : ` ${words.unknownStay(numbers(proposal.unknown))}`
  return `${words.note(numbers(proposal.batches), format.clock(proposal.at, today))}${left}`
}
