import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'

/** How much of the template is to change, and the way to its text. */
export function TemplateField() {
  const { change: words } = useWords()
  const { ui } = useStores()
  const template = useDraft((state) => state.template)
  const number = usePipeline((view) => view?.batches.find((one) => one.uid === template?.batch)?.number)
  return (
    <div className="template-field">
      <p className="change-note">
        {template === undefined
          ? words.template.none
          : number === undefined
            ? words.template.gone
            : words.template.drafted(words.template.count(template.added, template.removed), number)}
      </p>
      <button type="button" className="btn small" onClick={() => ui.actions.open('template')}>
        <Icon name="pencil" />
        {words.template.edit}
      </button>
    </div>
  )
}
