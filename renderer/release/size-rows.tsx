import { ranges } from '../../shared/words/sentence-words.ts'
import { seenRelease, type SeenRelease } from '../../shared/view/seen-release.ts'
import { sizeOf } from '../../shared/view/sizes.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ActionRow } from '../verbs/action-buttons.tsx'
import { begunSizes, runningSizes } from './running-sizes.ts'
import { SetChanges } from './set-changes.tsx'
import { useTarget } from '../verbs/use-target.ts'

/** Sizes that were dragged while a release runs: they are part of its plan. */
export function SizeRows() {
  const { plan: words, release: releaseWords } = useWords()
  const { draft, ports } = useStores()
  const target = useTarget()
  const view = usePipeline((one) => one)
  const sizes = useDraft((state) => state.sizes)
  const command = useCommand('release/change-plan')
  // In another person's release nothing of it can be sent: the draft waits until that one has ended.
  if (view?.release?.driving !== true) return null
  const wanted = runningSizes(view.batches, sizes)
  const begun = begunSizes(view.batches, sizes)
  if (wanted.length === 0 && begun.length === 0) return null
  const live = view.freshness.kind === 'live'
  const off = begun.length > 0 ? words.sizesBegun(ranges(begun)) : live ? undefined : releaseWords.staleDraft
  const send = async (seen: SeenRelease) => {
    if (target === undefined) return
    const sent = draft.getState()
    const change = { steps: [], sizes: [...wanted] }
    const reply = await command.call({ request: ports.requestId(), target, ...seen, change })
    if (reply?.ok === true) draft.getState().settleSizes(sent)
  }
  const seen = seenRelease(view.release)
  return (
    <>
      <SetChanges />
      <ActionRow
        icon="check"
        title={command.busy ? releaseWords.sending : words.setSizes}
        note={off ?? words.setSizesNote(view.batches.map((batch) => sizeOf(batch, sizes)).join(' / '))}
        enabled={off === undefined && !command.busy}
        busy={command.busy}
        onPress={() => void send(seen)}
      />
      <DropSizesRow />
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </>
  )
}

/** Back to the sizes that there are; the rest of the draft stays. */
export function DropSizesRow() {
  const { plan: words } = useWords()
  const { draft } = useStores()
  return (
    <ActionRow
      icon="close"
      title={words.dropSizes}
      note={words.dropSizesNote}
      enabled
      onPress={() => draft.getState().setSizes({})}
    />
  )
}
