import { useWords } from '../i18n/use-words.ts'
import { isTouched } from '../stores/draft-data.ts'
import { useDraft, useStores } from '../stores/store-context.tsx'
import { ActionRow } from '../verbs/action-buttons.tsx'

/** The way out of every draft, wherever its Service stands by now. */
export function DiscardRow() {
  const { release: words } = useWords()
  const { draft } = useStores()
  const touched = useDraft(isTouched)
  if (!touched) return null
  return (
    <ActionRow
      icon="close"
      title={words.discard}
      note={words.discardNote}
      enabled
      onPress={() => draft.getState().discard()}
    />
  )
}
