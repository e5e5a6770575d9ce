import type { CommandInput } from '../../shared/contract.ts'
import type { Uid } from '../../shared/ids.ts'
import { splitImage } from '../../shared/k8s/image.ts'
import type { BatchContainers } from '../../shared/model/container-lines.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { sizeOf } from '../../shared/view/sizes.ts'
import { wishedImages, type ImageWish, type WishedImages } from '../../shared/model/wished-images.ts'
import { defaultGates } from '../../shared/release/gates/gate-table.ts'
import type { Gates } from '../../shared/release/gates/gate-table.ts'
import type { DraftData } from '../stores/draft-data.ts'
import { tagsOf } from '../../shared/view/image-text.ts'
import { draftedPlan } from '../plan/plan-edit.ts'
import { isDraftedOver } from '../verbs/stage.ts'

export type DraftInput = CommandInput<'release/check'>

/** What the person has typed and dragged so far, as the draft store keeps it. */
export type DraftParts = {
  readonly sizes: Readonly<Record<string, number>>
  readonly gates: Readonly<Record<string, Gates>>
} & Pick<
  DraftData,
  'kind' | 'imageBy' | 'tag' | 'images' | 'container' | 'template' | 'plan' | 'over' | 'withoutLock'
>

type ImageParts = Pick<DraftParts, 'imageBy' | 'tag' | 'images' | 'container'>

/** What each batch would run, by the field that is shown; `ask`: which container is meant has to be chosen first. */
export function draftImages(
  view: PipelineView,
  draft: ImageParts,
  leftOut: readonly Uid[] = [],
): WishedImages {
  const takesPart = (batch: BatchContainers): boolean => !leftOut.includes(batch.uid)
  const byTag = wishedImages(view.batches, tagWish(draft), takesPart)
  if (draft.imageBy === 'tag') return byTag
  const texts = referenceTexts(view, draft)
  // A container that no batch has any more has no field either.
  const named = typedImages(draft).filter(({ container }) => texts.has(container))
  const typed = wishedImages(view.batches, { named })
  const own = typed.kind === 'ask' ? [] : typed.images
  const begun = byTag.kind === 'ask' ? [] : byTag.images
  const shown = begun.filter(
    ({ container, image }) => draft.images[container] === undefined && texts.get(container) === image,
  )
  return { kind: 'images', images: [...shown, ...own] }
}

/**
 * What stands in the field of each container: what was typed there, else what the tag makes of it. References that differ
 * over the batches are no text to begin with.
 */
export function referenceTexts(view: PipelineView, draft: ImageParts): ReadonlyMap<string, string> {
  const byTag = wishedImages(view.batches, tagWish(draft))
  const tagged = byTag.kind === 'ask' ? [] : byTag.images
  const names = new Set(view.batches.flatMap((batch) => batch.images.map((one) => one.container)))
  return new Map(
    [...names].map((name) => {
      const all = tagged.filter((one) => one.container === name).map((one) => one.image)
      const [only = '', ...others] = new Set(all)
      return [name, draft.images[name] ?? (others.length === 0 ? only : '')]
    }),
  )
}

function tagWish({ tag, container }: Pick<ImageParts, 'tag' | 'container'>): ImageWish {
  const version = tag.trim()
  return {
    named: [],
    ...(version !== '' && { version }),
    ...(container !== '' && { container }),
  }
}

function typedImages({ images }: Pick<ImageParts, 'images'>): ImageWish['named'] {
  return Object.entries(images)
    .map(([container, image]) => ({ container, image: image.trim() }))
    .filter(({ image }) => image !== '')
}

/** Whether what is drafted leaves each container the repository that it has: a whole reference need not. */
export function keepsRepositories(view: PipelineView, draft: ImageParts): boolean {
  const wished = draftImages(view, draft)
  if (wished.kind === 'ask') return true
  return wished.images.every(({ batch, container, image }) =>
    view.batches
      .find((one) => one.uid === batch)
      ?.images.some(
        (one) =>
          one.container === container && splitImage(one.image).repository === splitImage(image).repository,
      ),
  )
}

/** Whether a person still has to choose the container before the draft means anything. */
export function asksContainer(view: PipelineView, draft: DraftParts): boolean {
  return draft.kind === 'image' && draftImages(view, draft, draft.plan.leftOut).kind === 'ask'
}

/**
 * Exactly what is drawn, batch by batch: what it has, and what it is to have by what was dragged, or was planned for a
 * release whose place is taken. Also of those that stay: the application refuses what has another size by then.
 */
export function draftSizes(
  view: Pick<PipelineView, 'batches'>,
  draft: Pick<DraftParts, 'sizes'>,
): DraftInput['sizes'] {
  return view.batches.map((batch) => ({
    batch: batch.uid,
    from: batch.desired,
    to: sizeOf(batch, draft.sizes),
  }))
}

export function gatesOf(draft: Pick<DraftParts, 'gates'>, batch: BatchView): Gates {
  return draft.gates[batch.uid] ?? defaultGates
}

function draftChange(view: PipelineView, draft: DraftParts): DraftInput['change'] {
  switch (draft.kind) {
    case 'image': {
      const wished = draftImages(view, draft, draft.plan.leftOut)
      return wished.kind === 'ask' || wished.images.length === 0
        ? { kind: 'none' }
        : { kind: 'image', images: [...wished.images] }
    }
    case 'restart':
      return { kind: 'restart' }
    case 'template': {
      const { template } = draft
      return template === undefined
        ? { kind: 'none' }
        : {
            kind: 'template',
            batch: template.batch,
            text: template.text,
            answers: [...template.answers],
            seen: [...template.seen],
            ...(template.base !== undefined && { base: template.base }),
          }
    }
  }
}

/** The draft as the commands take it. `sizesOnly` leaves the change out. Over a running release its place is taken. */
export function draftInput(drawn: PipelineView, draft: DraftParts, sizesOnly = false): DraftInput {
  // What the Service does not select is drawn for the release that holds it: nothing new is brought to it.
  const view = { ...drawn, batches: drawn.batches.filter(({ unselected }) => unselected !== true) }
  const { steps, onFailure, batchLimitSeconds } = draftedPlan(view.batches, draft)
  return {
    target: { connection: view.connection, namespace: view.namespace, service: view.service.name },
    change: sizesOnly ? { kind: 'none' } : draftChange(view, draft),
    sizes: [...draftSizes(view, draft)],
    steps: steps.map((step) => ({ ...step, gates: { ...step.gates } })),
    onFailure,
    batchLimitSeconds,
    ...(isDraftedOver(view, draft.over) && { supersedes: { release: view.release.id, from: 'canary' } }),
    ...(draft.withoutLock && { withoutLock: true }),
  }
}

/** The version that the draft would put on a batch; empty while none is typed. */
export function draftVersion(draft: Pick<DraftParts, 'kind'> & ImageParts, batch: BatchView): string {
  if (draft.kind !== 'image') return ''
  const has = (container: string): boolean => batch.images.some((one) => one.container === container)
  const container = draft.container === '' ? (batch.application ?? '') : draft.container
  const byTag = wishedImages([batch], tagWish({ tag: draft.tag, container }))
  const tagged = byTag.kind === 'ask' ? [] : byTag.images
  if (draft.imageBy === 'tag') return tagsOf(tagged.map((one) => one.image))
  const typed = typedImages(draft).filter((one) => has(one.container))
  const shown = tagged.filter((one) => draft.images[one.container] === undefined)
  return tagsOf([...shown, ...typed].map((one) => one.image))
}

export type DraftKind = 'nothing' | 'change' | 'sizes' | 'both'

/** What starting would do: it names the primary button. */
export function draftKind(input: DraftInput): DraftKind {
  const sizes = input.sizes.some(({ from, to }) => from !== to)
  if (input.change.kind !== 'none') return sizes ? 'both' : 'change'
  return sizes ? 'sizes' : 'nothing'
}
