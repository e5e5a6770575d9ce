import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useCluster, useDraft, useStores } from '../stores/store-context.tsx'
import { trainingTags } from './tags.ts'

/** Tags that behave well or badly on purpose: a click fills the field. Only on the training cluster. */
export function TrainingTags() {
  const { training: words } = useWords()
  const { draft } = useStores()
  const training = useCluster((cluster) => cluster?.training ?? false)
  const tag = useDraft((state) => (state.imageBy === 'tag' ? state.tag : ''))
  if (!training) return null
  return (
    <div className="training-tags">
      <h3>
        <Icon name="train" />
        {words.tags}
      </h3>
      <ul>
        {trainingTags.map((one) => (
          <li key={one.tag}>
            <button
              type="button"
              aria-pressed={tag === one.tag}
              onClick={() => draft.getState().setTag(one.tag)}
            >
              <span className="mono" title={one.tag}>
                {one.does === 'good' ? one.tag : `…-${one.does}`}
              </span>
              <span>{words.tagNotes[one.does]}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
