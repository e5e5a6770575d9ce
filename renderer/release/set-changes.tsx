import { useMemo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { Words } from '../i18n/words.ts'
import { Icon } from '../parts/icon.tsx'
import { isTouched } from '../stores/draft-data.ts'
import { setChanges, type SetChange } from '../stores/drafted-on.ts'
import { useDraft, useStores } from '../stores/store-context.tsx'

/** What has become of the batches since they were drafted on: the draft goes by them as they are now, and says so. */
export function SetChanges() {
  const { draftChanges: words } = useWords()
  const { draft } = useStores()
  const then = useDraft((state) => state.on)
  const now = useDraft((state) => state.now)
  const touched = useDraft(isTouched)
  const dropped = useDraft((state) => state.sizesDropped)
  const changes = useMemo(
    () => (then === undefined || now === undefined ? [] : setChanges(then, now)),
    [then, now],
  )
  if (!touched || (changes.length === 0 && !dropped)) return null
  const lines = [...changes.map((change) => changeText(change, words)), ...(dropped ? [words.dropped] : [])]
  return (
    <section className="set-changes" role="status" aria-label={words.title}>
      <h3>
        <Icon name="info" />
        {words.title}
      </h3>
      <ul>
        {lines.slice(0, mostLines).map((line) => (
          <li key={line}>{line}</li>
        ))}
        {lines.length > mostLines ? <li>{words.more(lines.length - mostLines)}</li> : null}
      </ul>
      <button type="button" className="btn small" onClick={() => draft.getState().acknowledge()}>
        {words.seen}
      </button>
    </section>
  )
}

/** The picture shows them all: the button below must stay in sight. */
const mostLines = 4

function changeText(change: SetChange, words: Words['draftChanges']): string {
  switch (change.kind) {
    case 'scaled':
      return words.scaled(change.number, change.from, change.to)
    case 'recreated':
      return words.recreated(change.number)
    case 'gone':
      return words.gone(change.number, change.name)
    case 'added':
      return words.added(change.number, change.name)
    case 'reordered':
      return words.reordered
  }
}
