import { useSay, useWords } from '../i18n/use-words.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { Section } from '../parts/section.tsx'

/** The record of the last release can't be read. Nothing is guessed: a person may have it deleted. */
export function UnreadableJournal() {
  const { release: words } = useWords()
  const say = useSay()
  const { ui } = useStores()
  const journal = usePipeline((view) => view?.unreadable)
  if (journal === undefined) return null
  return (
    <Section title={words.unreadableJournal}>
      <p>{say(journal.sentence)}</p>
      <div className="button-row">
        <button type="button" className="btn danger" onClick={() => ui.actions.open('forget')}>
          {words.forget}
        </button>
      </div>
    </Section>
  )
}
