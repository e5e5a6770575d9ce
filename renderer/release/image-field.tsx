import { useState } from 'react'
import type { PipelineView } from '../../shared/model/pipeline.ts'
import { ranges } from '../../shared/release/sentence-words.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useDraft, usePipeline, useStores } from '../stores/store-context.tsx'
import { draftImages, mainContainer } from './draft-input.ts'
import { readImage, splitRepository, versionOf } from './image-reference.ts'

/** The tag to release; on demand the whole reference of each container. The path shrinks first, the tag last. */
export function ImageField() {
  const { release: words } = useWords()
  const view = usePipeline((one) => one)
  const images = useDraft((state) => state.images)
  const { draft } = useStores()
  const [whole, setWhole] = useState(Object.keys(images).length > 0)
  if (view === undefined) return null
  return (
    <>
      {whole ? <WholeImages view={view} /> : <TagField view={view} />}
      <div className="field-note">
        <Versions view={view} />
        <button
          type="button"
          className="link"
          onClick={() => {
            // Back at the tag, a reference that is no longer seen must not be sent.
            for (const container of Object.keys(images)) draft.getState().setImage(container, '')
            setWhole(!whole)
          }}
        >
          {whole ? words.editTag : words.editWhole}
        </button>
      </div>
    </>
  )
}

function TagField({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const { draft } = useStores()
  const tag = useDraft((state) => state.tag)
  const container = mainContainer(view)
  const current = view.batches[0]?.images.find((one) => one.container === container)?.image ?? ''
  const { repository } = readImage(current)
  const { front, name } = splitRepository(repository)
  return (
    <div className="image-field">
      <span className="image-path" title={repository}>
        <span className="image-front">{front}</span>
        <span>{name}:</span>
      </span>
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

function WholeImages({ view }: { readonly view: PipelineView }) {
  const { release: words, change } = useWords()
  const { draft } = useStores()
  const images = useDraft((state) => state.images)
  const tag = useDraft((state) => state.tag)
  const typed = draftImages(view, { tag, images: {} })
  const containers = view.batches[0]?.images ?? []
  return (
    <div className="whole-images">
      {containers.map(({ container, image, init }) => (
        <label key={container}>
          <span className="dim">
            {container}
            {init ? ` (${change.initContainer})` : null}
          </span>
          <input
            className="text-field mono"
            value={images[container] ?? typed[container] ?? ''}
            placeholder={image}
            aria-label={words.wholeImage(container)}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="off"
            onChange={(event) => draft.getState().setImage(container, event.target.value)}
          />
        </label>
      ))}
    </div>
  )
}

/** `now 2019… on all 4`, or each version with the batches that run it. */
function Versions({ view }: { readonly view: PipelineView }) {
  const { release: words } = useWords()
  const container = mainContainer(view)
  const running = view.batches.map((batch) => ({
    number: batch.number,
    image: batch.images.find((one) => one.container === container)?.image ?? '',
  }))
  const byVersion = new Map<string, readonly number[]>()
  for (const { image, number } of running) {
    const version = versionOf(image)
    byVersion.set(version, [...(byVersion.get(version) ?? []), number])
  }
  const repositories = new Set(running.map((one) => readImage(one.image).repository))
  return (
    <div>
      {[...byVersion].map(([version, batches]) => (
        <p key={version}>
          {words.now} <b className="mono">{version}</b>{' '}
          {byVersion.size === 1 ? words.nowOnAll(view.batches.length) : words.onBatches(ranges(batches))}
        </p>
      ))}
      {repositories.size > 1 ? (
        <p className="tone-warn">
          <Icon name="warn" /> {words.differentRepositories}
        </p>
      ) : null}
    </div>
  )
}
