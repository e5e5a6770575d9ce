import { readTypedVersion, splitImage } from '../../shared/k8s/image.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { knownImages, runningVersion, withApplication } from '../../shared/view/running-version.ts'
import { useWords } from '../i18n/use-words.ts'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { ContainerChoice } from '../release/container-choice.tsx'
import { draftImages, keepsRepositories } from './draft-input.ts'
import { splitRepository } from './image-reference.ts'
import { ImageSteps } from '../release/image-steps.tsx'
import { WholeImages } from '../release/whole-images.tsx'

/** The tag to release; on demand the whole reference of each container. The path shrinks first, the tag last. */
export function ImageField() {
  const { release: words } = useWords()
  const view = usePipeline((one) => one)
  const whole = useDraft((state) => state.imageBy === 'reference')
  const { draft } = useStores()
  if (view === undefined) return null
  return (
    <>
      {whole ? null : <ContainerChoice view={view} />}
      {whole ? <WholeImages view={view} /> : <TagField view={view} />}
      <div className="field-note">
        <Versions view={view} />
        <button
          type="button"
          className="link"
          onClick={() => draft.getState().setImageBy(whole ? 'tag' : 'reference')}
        >
          {whole ? words.editTag : words.editWhole}
        </button>
      </div>
      <ImageSteps view={view} />
    </>
  )
}

function TagField({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const { draft } = useStores()
  const tag = useDraft((state) => state.tag)
  return (
    <div className="image-field">
      <RepositoryPath view={view} />
      <input
        data-first-field
        value={tag}
        aria-label={words.newTag}
        placeholder={words.tagPlaceholder}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => draft.getState().setTag(event.target.value)}
      />
    </div>
  )
}

/** What stands before the tag: only where it is the same for all batches is it a path. */
function RepositoryPath({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const container = useDraft((state) => state.container)
  const tag = useDraft((state) => state.tag)
  const typed = readTypedVersion(tag)
  // A whole reference that was pasted has its own.
  if (typed.kind === 'whole') return null
  // As if some tag had been typed: which image of each batch would get it.
  const wished = draftImages(view, { imageBy: 'tag', tag: 'any', images: {}, container })
  const all = wished.kind === 'ask' ? [] : wished.images.map((one) => splitImage(one.image).repository)
  const [only, ...others] = new Set(all)
  if (only === undefined) return null
  if (others.length > 0) return <span className="image-path is-own">{words.ownRepository}</span>
  const { front, name } = splitRepository(only)
  // What stands between the repository and the field is only what was not typed into it.
  const suffix = typed.kind === 'version' ? typed.suffix : ':'
  const mark = tag.trim().startsWith(suffix.slice(0, 1)) ? '' : suffix.slice(0, 1)
  return (
    <span className="image-path" title={only}>
      <span className="image-front">{front}</span>
      <span>{name + mark}</span>
    </span>
  )
}

/** `now 2019… on all 4`, or each version with the batches that run it. */
function Versions({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const draft = useDraft((state) => state)
  const chosen = draft.container
  const running = view.batches.map((batch) => withApplication(batch, chosen))
  const byVersion = new Map<string, readonly number[]>()
  for (const batch of running) {
    const version = runningVersion(batch)
    byVersion.set(version, [...(byVersion.get(version) ?? []), batch.number])
  }
  const repositories = new Set(
    running
      .filter((batch) => batch.application !== undefined)
      .flatMap((batch) => knownImages(batch).map((image) => splitImage(image).repository)),
  )
  return (
    <div>
      {[...byVersion].map(([version, batches]) => (
        <p key={version}>
          {words.now} <b className="mono">{version}</b>{' '}
          {byVersion.size === 1 ? words.nowOnAll(view.batches.length) : words.onBatches(ranges(batches))}
        </p>
      ))}
      {repositories.size > 1 && keepsRepositories(view, draft) ? <p>{words.differentRepositories}</p> : null}
    </div>
  )
}
