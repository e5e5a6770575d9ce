import type { CommandInput } from '../../shared/contract.ts'
import type { Uid } from '../../shared/ids.ts'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { Sizes } from '../../shared/view/sizes.ts'
import type { Gates } from '../../shared/release/gates/gate-table.ts'
import { usualPlan, type DraftedPlan } from './drafted-plan.ts'
import type { SetVersion } from './drafted-on.ts'

/** What a release is about; with `image` and nothing typed, only sizes can change. */
export type ChangeKind = 'image' | 'restart' | 'template'
/** The pod template of one batch as edited, once its differences have been seen. */
export type DraftTemplate = {
  readonly batch: Uid
  readonly text: string
  /** The text as it was shown before it was edited. */
  readonly base: string | undefined
  readonly answers: NonNullable<CommandInput<'template/preview'>['answers']>
  /** What each batch ran when the differences were shown. */
  readonly seen: readonly { readonly batch: Uid; readonly digest: string }[]
  readonly added: number
  readonly removed: number
}

/** What a person is about to ask for, of one Service. Nothing of it is sent before the primary action. */
export type DraftData = {
  /** Only what differs from the cluster. */
  readonly sizes: Sizes
  readonly kind: ChangeKind
  /** Which of the two fields is shown, and counts: the tag, or the whole references. What the other holds is kept. */
  readonly imageBy: 'tag' | 'reference'
  readonly tag: string
  /** Whole references by their containers; an empty one: this container gets nothing. */
  readonly images: Readonly<Record<string, string>>
  /** The container that is the application, where a person has said it. */
  readonly container: string
  readonly template: DraftTemplate | undefined
  /** The text as it stands in the editor; without one, it is still to be read from the batch. */
  readonly templateEdit:
    { readonly batch: Uid; readonly text: string | undefined; readonly base: string | undefined } | undefined
  readonly gates: Readonly<Record<Uid, Gates>>
  readonly plan: DraftedPlan
  /** The running release that is being drafted over; it goes on until the draft is sent. */
  readonly over: ReleaseView['id'] | undefined
  /** A person has agreed to go on without a lock. */
  readonly withoutLock: boolean
  /** The set as the person last knew it while this was drafted. */
  readonly on: SetVersion | undefined
  /** Sizes were dropped, because a batch that they counted on is gone. */
  readonly sizesDropped: boolean
}

export const emptyDraft: DraftData = {
  sizes: {},
  kind: 'image',
  imageBy: 'tag',
  tag: '',
  images: {},
  container: '',
  template: undefined,
  templateEdit: undefined,
  gates: {},
  plan: usualPlan,
  over: undefined,
  withoutLock: false,
  on: undefined,
  sizesDropped: false,
}

/** Something stands in it that would be sent. */
export function isDirty(draft: DraftData): boolean {
  return isChangeDrafted(draft) || Object.keys(draft.sizes).length > 0
}

function isChangeDrafted({ kind, tag, images, imageBy, template }: DraftData): boolean {
  switch (kind) {
    case 'image': {
      const isNamed = Object.values(images).some((image) => image.trim() !== '')
      return tag.trim() !== '' || (imageBy === 'reference' && isNamed)
    }
    case 'restart':
      return true
    case 'template':
      return template !== undefined
  }
}

/** Something would be lost with it: also a plan without a change, or a text that was not used yet. */
export function isTouched(draft: DraftData): boolean {
  const { templateEdit } = draft
  if (templateEdit !== undefined && templateEdit.text !== templateEdit.base) return true
  return typed.some((key) => {
    const [own, none] = [draft[key], emptyDraft[key]]
    return own !== none && (typeof own !== 'object' || JSON.stringify(own) !== JSON.stringify(none))
  })
}

/** What a person has put in; which field is shown, and what was only read, is not among it. */
const typed = [
  'sizes',
  'kind',
  'tag',
  'images',
  'container',
  'template',
  'gates',
  'plan',
  'over',
  'withoutLock',
  'sizesDropped',
] as const

/** Of a draft that was sent and done, what has not been changed since is over; what was typed meanwhile stays. */
export function withoutSent(now: DraftData, sent: DraftData): DraftData {
  const kept = (Object.keys(emptyDraft) as readonly (keyof DraftData)[]).filter(
    (key) => now[key] !== sent[key] && !settled.includes(key),
  )
  return {
    ...emptyDraft,
    ...Object.fromEntries(kept.map((key) => [key, now[key]])),
    sizes: sizesSince(now.sizes, sent.sizes),
  }
}

/** What was dragged again while the answer was on its way. */
export function sizesSince(now: Sizes, sent: Sizes): Sizes {
  return Object.fromEntries(
    Object.entries(now).filter(
      ([batch, pods]) => !Object.entries(sent).some(([one, to]) => one === batch && to === pods),
    ),
  )
}

/** Of the set as it was before: what was sent has changed it. */
const settled: readonly (keyof DraftData)[] = ['sizes', 'on', 'sizesDropped', 'over']
