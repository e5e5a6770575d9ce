import { createStore } from 'zustand/vanilla'
import type { CommandInput } from '../../shared/contract.ts'
import type { Uid } from '../../shared/ids.ts'
import type { PlanView, ReleaseView } from '../../shared/model/pipeline.ts'
import type { Sizes } from '../../shared/model/sizes.ts'
import type { Gates } from '../../shared/release/plan.ts'
import { usualPlan, type DraftedPlan } from './drafted-plan.ts'

/** What a release is about; with `image` and nothing typed, only sizes can change. */
export type ChangeKind = 'image' | 'restart' | 'template'
/** The pod template of one batch as edited, once its differences have been seen. */
export type DraftTemplate = {
  readonly batch: Uid
  readonly text: string
  /** The text as it was shown before it was edited. */
  readonly base: string | undefined
  readonly answers: NonNullable<CommandInput<'template/preview'>['answers']>
  readonly added: number
  readonly removed: number
}

/** What a person is about to ask for. Nothing of it is sent before the primary action. */
export type DraftState = {
  readonly target: string
  /** Only what differs from the cluster. */
  readonly sizes: Sizes
  readonly kind: ChangeKind
  readonly tag: string
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
  setSize(batch: Uid, pods: number): void
  setSizes(sizes: Sizes): void
  setKind(kind: ChangeKind): void
  setTag(tag: string): void
  setImage(container: string, image: string): void
  setContainer(container: string): void
  setTemplate(template: DraftTemplate): void
  setTemplateEdit(templateEdit: DraftState['templateEdit']): void
  setPlan(plan: Pick<DraftState, 'plan' | 'gates'>): void
  setWithoutLock(withoutLock: boolean): void
  /** Drafts the next release over one that runs, with the plan that it has, but for what a person has planned. */
  openOver(release: Pick<ReleaseView, 'id' | 'gates' | 'plan'>): void
  /** Back to the release that runs; what was typed is kept. */
  leaveOver(): void
  discard(): void
}

const empty = {
  target: '',
  sizes: {},
  kind: 'image',
  tag: '',
  images: {},
  container: '',
  template: undefined,
  templateEdit: undefined,
  gates: {},
  plan: usualPlan,
  over: undefined,
  withoutLock: false,
} as const

export function createDraftStore() {
  return createStore<DraftState>((set) => ({
    ...empty,
    setSize: (batch, pods) => set((state) => ({ sizes: { ...state.sizes, [batch]: pods } })),
    setSizes: (sizes) => set({ sizes }),
    setKind: (kind) => set({ kind }),
    setTag: (tag) => set({ tag }),
    setImage: (container, image) => set((state) => ({ images: { ...state.images, [container]: image } })),
    setContainer: (container) => set({ container }),
    setTemplate: (template) => set({ template }),
    setTemplateEdit: (templateEdit) => set({ templateEdit }),
    setPlan: ({ plan, gates }) => set({ plan, gates }),
    setWithoutLock: (withoutLock) => set({ withoutLock }),
    openOver: ({ id, gates, plan }) =>
      set((state) => ({
        over: id,
        // Sizes belong to the release that runs; it was drafted with others.
        sizes: {},
        gates: { ...Object.fromEntries(gates.map((gate) => [gate.after, gate.spec])), ...state.gates },
        ...(plan !== undefined && state.plan === usualPlan && { plan: planOf(plan) }),
      })),
    leaveOver: () => set({ over: undefined }),
    discard: () => set(empty),
  }))
}

/** A batch that was left out on the way, after it had begun, is one that the next change may mend. */
function planOf({ steps, onFailure, batchLimitSeconds }: PlanView): DraftedPlan {
  const leftOut = steps.filter((step) => step.leftOut && !step.begun).map((step) => step.batch)
  return { order: [], leftOut, onFailure, batchLimitSeconds }
}

export function isDirty(state: DraftState): boolean {
  return isChangeDrafted(state) || Object.keys(state.sizes).length > 0
}

function isChangeDrafted({ kind, tag, images, template }: DraftState): boolean {
  switch (kind) {
    case 'image':
      return tag !== '' || Object.values(images).some((image) => image.trim() !== '')
    case 'restart':
      return true
    case 'template':
      return template !== undefined
  }
}
