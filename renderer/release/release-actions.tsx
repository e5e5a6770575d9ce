import { memo, useState } from 'react'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { VerbName } from '../../shared/release/verbs.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { isTouched } from '../stores/draft-data.ts'
import { useDraft, useOfferedRelease, usePipeline } from '../stores/store-context.tsx'
import { PrimaryButton } from '../verbs/action-buttons.tsx'
import { AskHolder } from './ask-holder.tsx'
import { DiscardRow } from './discard-row.tsx'
import { PushAnother } from '../draft/push-another.tsx'
import { SizeRows } from './size-rows.tsx'
import { otherVerbs, primaryVerb } from '../verbs/stage.ts'
import { currentStage, useOpening, type Opening } from './use-opening.ts'
import { useVerb } from '../verbs/use-verb.ts'
import { verbIcons } from '../verbs/verb-icons.ts'
import { VerbRow } from '../verbs/verb-row.tsx'
import { verbTitle } from '../verbs/verb-title.ts'

/** What can be done to the running release: the next action, then all others with what they would do. */
export const ReleaseActions = memo(function ReleaseActions() {
  const release = useOfferedRelease()
  if (release === undefined) return null
  const primary = primaryVerb(release)
  const others = otherVerbs(release)
  // On a way back that does not come to its end, going on without its pods is one of the two ways out.
  const isRare = ({ verb }: VerbView): boolean => release.state !== 'rolling-back' && rare.includes(verb)
  const often = others.filter((verb) => !isRare(verb))
  const seldom = others.filter(isRare)
  return (
    <>
      {primary === undefined ? <RollingBack /> : <PrimaryVerb release={release} verb={primary} />}
      {others.length === 0 ? null : (
        <div className="action-rows">
          {seldom.length === 0 ? null : <RareVerbs verbs={seldom} />}
          <AskHolder />
          <SizeRows />
          <PushAnother />
          <WaitingDraft />
          {often.map((verb) => (
            <VerbRow key={verb.verb} verb={verb} />
          ))}
        </div>
      )}
    </>
  )
})

/** What was drafted waits for this release to end, and can be thrown away before; the sizes have a row of their own. */
function WaitingDraft() {
  const driving = usePipeline((view) => view?.release?.driving === true)
  const waits = useDraft((draft) => isTouched(driving ? { ...draft, sizes: {} } : draft))
  return waits ? <DiscardRow /> : null
}

/** Folded away behind one line, so that the others keep their place in a low window. */
const rare: readonly VerbName[] = ['freeze', 'skip']

function RareVerbs({ verbs }: { readonly verbs: readonly VerbView[] }) {
  const { release: words } = useWords()
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className="action-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.moreVerbs}
        <Icon name={open ? 'up' : 'down'} />
      </button>
      {open ? verbs.map((verb) => <VerbRow key={verb.verb} verb={verb} />) : null}
    </>
  )
}

function RollingBack() {
  const { release: words } = useWords()
  const say = useSay()
  const headline = usePipeline((view) => view?.headline)
  const batches = usePipeline((view) => view?.batches)
  const goBack = (batches ?? []).filter(
    ({ look, sentence }) =>
      look === 'returning' || look === 'returned' || sentence.kind === 'batch-return-failing',
  )
  const pods = goBack.reduce((sum, batch) => sum + batch.desired, 0)
  const back = goBack.reduce((sum, batch) => sum + Math.min(batch.servingOld, batch.desired), 0)
  return (
    <>
      <PrimaryButton
        icon="back"
        text={words.rollingBack}
        enabled={false}
        side={<em>{words.ofAll(back, pods)}</em>}
        {...(pods > 0 && { progress: back / pods })}
        describedBy="primary-note"
        onPress={() => undefined}
      />
      <p id="primary-note" className="action-note">
        {headline === undefined ? '' : say(headline)}
      </p>
    </>
  )
}

function PrimaryVerb({ release, verb }: { readonly release: ReleaseView; readonly verb: VerbView }) {
  const { release: words } = useWords()
  const say = useSay()
  const format = useFormat()
  const opening = useOpening(verb)
  const { run, busy, fault, dismiss } = useVerb(verb)
  const danger = verb.verb === 'roll-back'
  const nothingNext = !verb.enabled && verb.sentence.kind === 'verb-approve' && verb.sentence.batch === 0
  const why = verb.why === undefined ? '' : say(verb.why)
  return (
    <>
      <PrimaryButton
        icon={icon(verb, release)}
        text={busy ? words.sending : nothingNext ? why : verbTitle(verb, words)}
        enabled={verb.enabled && !busy}
        busy={busy}
        danger={danger}
        side={
          verb.enabled ? undefined : <em>{opening === undefined ? '' : opensIn(opening, words, format)}</em>
        }
        {...(opening !== undefined && { progress: opening.progress })}
        describedBy="primary-note"
        onPress={run}
      />
      <p id="primary-note" className="action-note">
        {verb.enabled ? say(verb.sentence) : nothingNext ? '' : why}
      </p>
      {fault === undefined ? null : <FaultLine fault={fault} onDismiss={dismiss} />}
    </>
  )
}

function icon(verb: VerbView, release: ReleaseView): IconName {
  if (verb.verb !== 'approve' || verb.enabled) return verbIcons[verb.verb]
  switch (currentStage(release)?.kind) {
    case 'bake':
      return 'bake'
    case 'ready':
      return release.state === 'running' ? 'roll' : 'hand'
    default:
      return 'hand'
  }
}

/** `in 0:22` while a bake is all that is left, `in about 2:12` while pods are still to come. */
function opensIn({ seconds, exact }: Opening, words: Words['release'], format: Format): string {
  const time = format.duration(seconds)
  return exact ? words.inTime(time) : words.inAboutTime(time)
}
