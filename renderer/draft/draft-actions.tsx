import { memo } from 'react'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useDraft, useLink, useOfferedRelease, usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ActionRow, PrimaryButton } from '../verbs/action-buttons.tsx'
import { DiscardRow } from '../release/discard-row.tsx'
import { begunSizes } from '../release/running-sizes.ts'
import { draftInput, draftKind } from './draft-input.ts'
import type { DraftInput } from './draft-input.ts'
import { useDraftPlan } from './draft-plan.tsx'
import { draftNote, primaryText, sizesText, whyNot } from './draft-texts.ts'
import { IncidentAction } from '../release/incident-actions.tsx'
import { LockConsent } from './lock-consent.tsx'
import { SetChanges } from '../release/set-changes.tsx'
import { DropSizesRow } from '../release/size-rows.tsx'
import { isOver, otherVerbs, verbOf } from '../verbs/stage.ts'
import { VerbRow } from '../verbs/verb-row.tsx'

/** Start what is drafted: one button named by what it does, one line saying exactly what will be sent. */
export const DraftActions = memo(function DraftActions() {
  const words = useWords()
  const say = useSay()
  const { ports, draft, ui } = useStores()
  const view = usePipeline((one) => one)
  const parts = useDraft((state) => state)
  const { input, check } = useDraftPlan()
  const release = useOfferedRelease()
  const lost = useLink() === 'lost'
  const start = useCommand('release/start')
  if (view === undefined || input === undefined) return null
  const kind = draftKind(input)
  const why = lost ? say({ kind: 'off-link-lost' }) : whyNot(view, check, { input, parts, words })
  const send = async (what: DraftInput) => {
    const reply = await start.call({ request: ports.requestId(), draft: what })
    if (reply?.ok === true) draft.getState().settle(parts)
  }
  const over = input.supersedes !== undefined
  const incident = view.incident !== undefined && !over
  // Whoever has typed nothing yet is asked the other question first: whether to take it all back.
  const backFirst = incident && view.incident.proposal !== undefined && kind === 'nothing'
  return (
    <>
      <SetChanges />
      <LockConsent check={check} fault={start.fault} />
      {backFirst ? <IncidentAction primary /> : null}
      {backFirst ? null : (
        <PrimaryButton
          icon={kind === 'sizes' ? 'check' : input.change.kind === 'restart' ? 'retry' : 'play'}
          text={start.busy ? words.release.sending : primaryText(view, input, words)}
          enabled={why === undefined && !start.busy}
          busy={start.busy}
          describedBy="draft-note"
          fedBy="draft"
          onPress={() => {
            // What takes the place of a running release is asked about first.
            if (over) ui.actions.open('supersede')
            else void send(input)
          }}
        />
      )}
      {backFirst ? null : (
        <p id="draft-note" className="action-note">
          {why ?? draftNote(view, { input, words })}
        </p>
      )}
      {start.fault === undefined ? null : <FaultLine fault={start.fault} />}
      <div className="action-rows">
        {incident && !backFirst ? <IncidentAction primary={false} /> : null}
        {kind === 'both' && !over ? (
          <ActionRow
            icon="check"
            title={words.release.saveSizes}
            note={words.release.sizesNote(sizesText(view, input))}
            enabled={view.freshness.kind === 'live' && !lost && !start.busy}
            onPress={() => void send(draftInput(view, parts, true))}
          />
        ) : null}
        {over ? (
          <ActionRow
            icon="undo"
            title={words.change.over.back}
            note={words.change.over.backNote}
            enabled
            onPress={() => draft.getState().leaveOver()}
          />
        ) : null}
        {begunSizes(view.batches, parts.sizes).length === 0 ? null : <DropSizesRow />}
        <DiscardRow />
        {besides(release).map((verb) => (
          <VerbRow key={verb.verb} verb={verb} />
        ))}
      </div>
    </>
  )
})

/** Of the last release, what still makes sense; of one that runs, the way back, which must never be far. */
function besides(release: ReleaseView | undefined): readonly VerbView[] {
  if (release === undefined) return []
  if (isOver({ release })) return otherVerbs(release)
  const back = verbOf(release, 'roll-back')
  return back === undefined ? [] : [back]
}
