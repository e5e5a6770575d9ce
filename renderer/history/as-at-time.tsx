import { useId, useState } from 'react'
import type { HistoryView } from '../../shared/model/history.ts'
import { useWords } from '../i18n/use-words.ts'
import { Section } from '../release/section.tsx'
import { useStores } from '../stores/store-context.tsx'
import { beforeLastChange } from '../../shared/history/go-back-rows.ts'
import { fromLocalInput, toLocalInput } from './local-input.ts'

/** A time at which all was well; at first the moment before the last change, which is what an incident asks for. */
export function AsAtTime({ view }: { readonly view: HistoryView }) {
  const { history: words } = useWords()
  const { ui } = useStores()
  const id = useId()
  const [typed, setTyped] = useState<string>()
  const [missing, setMissing] = useState(false)
  const offered = beforeLastChange(view)
  const text = typed ?? (offered === undefined ? '' : toLocalInput(offered))
  const show = () => {
    const at = fromLocalInput(text)
    setMissing(at === undefined)
    if (at !== undefined) ui.actions.askGoBack({ kind: 'time', at })
  }
  return (
    <Section title={words.asAt}>
      <div className="as-at">
        <label htmlFor={id} className="sr">
          {words.time}
        </label>
        <input
          id={id}
          type="datetime-local"
          step={1}
          value={text}
          aria-invalid={missing}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="button" className="btn" onClick={show}>
          {words.showAsAt}
        </button>
      </div>
      {missing ? (
        <p className="small-text tone-fail" role="alert">
          {words.noTime}
        </p>
      ) : null}
    </Section>
  )
}
