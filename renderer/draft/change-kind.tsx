import { useWords } from '../i18n/use-words.ts'
import type { ChangeKind } from '../stores/draft-data.ts'
import { useDraft, useStores } from '../stores/store-context.tsx'

const kinds: readonly ChangeKind[] = ['image', 'restart', 'template']

/** What the release is about: one of three, by arrow keys or a click. */
export function ChangeKindChoice() {
  const { change: words } = useWords()
  const { draft } = useStores()
  const current = useDraft((state) => state.kind)
  return (
    <fieldset className="segments">
      <legend className="sr">{words.title}</legend>
      {kinds.map((kind) => (
        <label key={kind} className={kind === current ? 'chosen' : ''}>
          <input
            type="radio"
            className="sr"
            name="change-kind"
            checked={kind === current}
            onChange={() => draft.getState().setKind(kind)}
          />
          {words.kinds[kind]}
        </label>
      ))}
    </fieldset>
  )
}
