import type { CommandInput } from '../../shared/contract.ts'
import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import { defaultGates } from '../../shared/release/plan.ts'
import type { Gates } from '../../shared/release/plan.ts'
import type { DraftState } from '../stores/draft.ts'
import { versionOf, withTag } from './image-reference.ts'
import { draftedPlan } from './plan-edit.ts'
import { isDraftedOver } from './stage.ts'

export type DraftInput = CommandInput<'release/check'>

/** What the person has typed and dragged so far, as the draft store keeps it. */
export type DraftParts = {
  readonly sizes: Readonly<Record<string, number>>
  readonly gates: Readonly<Record<string, Gates>>
} & Pick<DraftState, 'kind' | 'tag' | 'images' | 'template' | 'plan' | 'over' | 'withoutLock'>

/** The container whose tag the short field changes: the first that is not an init container. */
export function mainContainer(view: PipelineView): string | undefined {
  return view.batches[0]?.images.find((one) => !one.init)?.container
}

/** container -> whole reference; a whole reference that was typed wins over the tag. */
export function draftImages(
  view: PipelineView,
  draft: Pick<DraftParts, 'tag' | 'images'>,
): Readonly<Record<string, string>> {
  const main = mainContainer(view)
  const current = view.batches[0]?.images.find((one) => one.container === main)?.image
  const tag = draft.tag.trim()
  const tagged =
    main === undefined || current === undefined || tag === '' ? {} : { [main]: withTag(current, tag) }
  const whole = Object.entries(draft.images).filter(([, image]) => image.trim() !== '')
  return { ...tagged, ...Object.fromEntries(whole.map(([container, image]) => [container, image.trim()])) }
}

export function draftSizes(view: PipelineView, draft: DraftParts): DraftInput['sizes'] {
  return view.batches.flatMap((batch) => {
    const to = draft.sizes[batch.uid]
    return to === undefined || to === batch.desired ? [] : [{ batch: batch.uid, from: batch.desired, to }]
  })
}

export function gatesOf(draft: Pick<DraftParts, 'gates'>, batch: BatchView): Gates {
  return draft.gates[batch.uid] ?? defaultGates
}

function draftChange(view: PipelineView, draft: DraftParts): DraftInput['change'] {
  switch (draft.kind) {
    case 'image': {
      const images = { ...draftImages(view, draft) }
      return Object.keys(images).length === 0 ? { kind: 'none' } : { kind: 'image', images }
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
            ...(template.base !== undefined && { base: template.base }),
          }
    }
  }
}

/** The draft as the commands take it. `sizesOnly` leaves the change out. Over a running release its place is taken. */
export function draftInput(view: PipelineView, draft: DraftParts, sizesOnly = false): DraftInput {
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
export function draftVersion(draft: Pick<DraftParts, 'kind' | 'tag' | 'images'>, batch: BatchView): string {
  if (draft.kind !== 'image') return ''
  const main = batch.images.find((one) => !one.init)
  const whole = main === undefined ? undefined : draft.images[main.container]?.trim()
  if (whole !== undefined && whole !== '') return versionOf(whole)
  const tag = draft.tag.trim()
  return tag === '' ? '' : versionOf(withTag(main?.image ?? '', tag))
}

export type DraftKind = 'nothing' | 'change' | 'sizes' | 'both'

/** What starting would do: it names the primary button. */
export function draftKind(input: DraftInput): DraftKind {
  const sizes = input.sizes.length > 0
  if (input.change.kind !== 'none') return sizes ? 'both' : 'change'
  return sizes ? 'sizes' : 'nothing'
}
