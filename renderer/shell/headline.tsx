import { memo } from 'react'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { isDirty } from '../stores/draft.ts'
import { useClusterNow, useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { draftInput } from '../release/draft-input.ts'
import { draftedTag } from '../release/draft-texts.ts'
import { isOver } from '../release/stage.ts'
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
  const tag = draftedTag(draftInput(view, parts)) || parts.tag.trim()
  const sizes = useDraft((state) => state.sizes)
  const resized = view.batches.some((batch) => (sizes[batch.uid] ?? batch.desired) !== batch.desired)
  const before = view.batches.map((batch) => batch.desired).join(' / ')
  const after = view.batches.map((batch) => sizes[batch.uid] ?? batch.desired).join(' / ')
  const title = {
    image: tag === '' ? shell.draftResize : shell.draftHeadline(tag),
    restart: change.restartHeadline,
    template: change.templateHeadline,
  }
  const resetSizes = () => {
    const state = draft.getState()
    for (const batch of view.batches) state.setSize(batch.uid, batch.desired)
  }
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
