import { unsavedWords } from '../../shared/words/unsaved-words.ts'
import { useLanguage } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useClusters } from '../stores/store-context.tsx'

/** What is changed here is in memory only: said wherever one looks, until it has been written. */
export function UnsavedBanner() {
  const words = unsavedWords[useLanguage()]
  const unsaved = useClusters((view) => view?.unsaved)
  if (unsaved === undefined) return null
  return (
    <p className="banner unsaved" role="status" title={`${words.title} ${words.text(unsaved)}`}>
      <Icon name="warn" />
      <span>
        <b>{words.title}</b> {words.text(unsaved)}
      </span>
    </p>
  )
}
