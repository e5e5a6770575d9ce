import { memo } from 'react'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { sizeOf } from '../../shared/view/sizes.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { isDirty } from '../stores/draft-data.ts'
import { useClusterNow, useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { draftInput } from '../draft/draft-input.ts'
import { draftedTag } from '../draft/draft-texts.ts'
import { isOver } from '../verbs/stage.ts'
import { headlineLook, headlineText, lineUnder } from './headline-text.ts'

/** One sentence: what is going on and who is waited for. Under it: which release, by whom, since when. */
export const Headline = memo(function Headline() {
  const view = usePipeline((one) => one)
  const drafted = useDraft(isDirty)
  if (view === undefined) return null
  return drafted && isOver(view) ? <DraftHeadline view={view} /> : <LiveHeadline view={view} />
})

function LiveHeadline({ view }: { readonly view: PipelineView }) {
  const say = useSay()
  const { shell, incident } = useWords()
  const format = useFormat()
  const now = useClusterNow()
  const { icon, tone } = headlineLook(view)
  return (
    <header className="headline">
      <span className={`headline-icon tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <h1>{headlineText(view, now, { words: shell, format, say })}</h1>
        <p>{lineUnder(view, now, { words: shell, format, say, incident })}</p>
      </div>
    </header>
  )
}

function DraftHeadline({ view }: { readonly view: PipelineView }) {
  const { shell, change } = useWords()
  const { draft } = useStores()
  const kind = useDraft((state) => state.kind)
  const parts = useDraft((state) => state)
  const tag = draftedTag(draftInput(view, parts)) || (parts.imageBy === 'tag' ? parts.tag.trim() : '')
  const { sizes } = parts
  const resized = view.batches.some((batch) => sizeOf(batch, sizes) !== batch.desired)
  const before = view.batches.map((batch) => batch.desired).join(' / ')
  const after = view.batches.map((batch) => sizeOf(batch, sizes)).join(' / ')
  const title = {
    image: tag !== '' ? shell.draftHeadline(tag) : resized ? shell.draftResize : shell.draftNothing,
    restart: change.restartHeadline,
    template: change.templateHeadline,
  }
  const resetSizes = () => draft.getState().setSizes({})
  return (
    <header className="headline">
      <span className="headline-icon tone-plain">
        <Icon name="pencil" />
      </span>
      <div>
        <h1>{title[kind]}</h1>
        <p>
          {shell.draftLine} {resized ? shell.draftSizes(before, after) : null}
        </p>
      </div>
      {resized ? (
        <button type="button" className="btn small" onClick={resetSizes}>
          <Icon name="undo" />
          {shell.resetSizes}
        </button>
      ) : null}
    </header>
  )
}
