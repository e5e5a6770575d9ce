import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { isDirty } from '../stores/draft-data.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { ActionRow } from '../verbs/action-buttons.tsx'
import { draftInput, draftKind } from './draft-input.ts'
import { draftWhat } from './draft-texts.ts'

/** What was drafted is named in any case: it waits, also while somebody else's release runs. */
function note(kept: string, why: string | undefined, { over }: Words['change']): string {
  if (kept === '') return why ?? over.note
  return why === undefined ? over.kept(kept) : `${why} ${over.waits(kept)}`
}

/** The way to another change while a release runs, and to a draft that another start was quicker than. */
export function PushAnother() {
  const { change: words } = useWords()
  const { draft } = useStores()
  const view = usePipeline((one) => one)
  const parts = useDraft((state) => state)
  const release = view?.release
  if (view === undefined || release === undefined || release.state === 'ended') return null
  const why = release.driving
    ? release.state === 'rolling-back'
      ? words.over.rollingBack
      : undefined
    : view.lock.kind === 'other' && !view.lock.expired
      ? words.over.notDriving(view.lock.holder)
      : words.over.nobody
  const input = draftInput(view, parts)
  const kept = isDirty(parts) && draftKind(input) !== 'sizes' ? draftWhat(input, words) : ''
  return (
    <ActionRow
      icon="plus"
      title={words.over.push}
      note={note(kept, why, words)}
      enabled={why === undefined}
      onPress={() => draft.getState().openOver(release)}
    />
  )
}
