import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useWords } from '../i18n/use-words.ts'
import { useDraft, useStores } from '../stores/store-context.tsx'
import { referenceTexts } from '../draft/draft-input.ts'

/** A whole reference for each container by its name: the same for all batches that have it. */
export function WholeImages({ view }: { readonly view: PipelineView }) {
  const { release: words, change } = useWords()
  const { draft } = useStores()
  const typed = useDraft((state) => state)
  const texts = referenceTexts(view, typed)
  const all = view.batches.flatMap((batch) => batch.images)
  const first = all.filter(
    (one, index) => all.findIndex((other) => other.container === one.container) === index,
  )
  return (
    <div className="whole-images">
      {first.map(({ container: name, image, init }) => (
        <label key={name}>
          <span className="dim">
            {name}
            {init ? ` (${change.initContainer})` : null}
          </span>
          <input
            className="text-field mono"
            value={texts.get(name) ?? ''}
            placeholder={image}
            aria-label={words.wholeImage(name)}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => draft.getState().setImage(name, event.target.value)}
          />
        </label>
      ))}
    </div>
  )
}
