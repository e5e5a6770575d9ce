import { applicationContainer } from '../../shared/model/application-container.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDraft, useStores } from '../stores/store-context.tsx'

/** Which container the tag is for: told where a batch has several, and to be chosen where nothing tells. */
export function ContainerChoice({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const { draft } = useStores()
  const chosen = useDraft((state) => state.container)
  const names = [...new Set(view.batches.flatMap((batch) => batch.images.map((one) => one.container)))]
  const hasSeveral = view.batches.some((batch) => batch.images.filter((one) => !one.init).length > 1)
  if (!hasSeveral) return null
  const found = applicationContainer(view.batches)
  const known = found.kind === 'ask' ? [] : [...new Set(found.containers.values())]
  const isOpen = found.kind === 'ask' && chosen === ''
  return (
    <label className={isOpen ? 'picker container-choice is-open' : 'picker container-choice'}>
      <span className="picker-label">{words.application}</span>
      <select
        value={chosen}
        aria-required={isOpen}
        onChange={(event) => draft.getState().setContainer(event.target.value)}
      >
        <option value="">{found.kind === 'ask' ? words.chooseContainerOption : known.join(' / ')}</option>
        {names
          .filter((name) => known.length !== 1 || name !== known[0])
          .map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </select>
      <Icon name="down" />
    </label>
  )
}
