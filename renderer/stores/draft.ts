import { createStore } from 'zustand/vanilla'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { PlanView } from '../../shared/view/plan-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Sizes } from '../../shared/view/sizes.ts'
import {
  emptyDraft,
  isTouched,
  sizesSince,
  withoutSent,
  type ChangeKind,
  type DraftData,
  type DraftTemplate,
} from './draft-data.ts'
import { isSameSet, setVersion, type SetVersion } from './drafted-on.ts'
import { usualPlan, type DraftedPlan } from './drafted-plan.ts'
import { rebased } from './rebase-draft.ts'

/** Whose draft it is: a draft of one Service is never seen, sent or thrown away under the name of another. */
export type DraftSubject = {
  readonly connection: string
  readonly namespace: string
  readonly service: string
}

/** The draft of the Service that is looked at, and those that wait for their Services to be looked at again. */
export type DraftState = DraftData & {
  readonly subject: DraftSubject | undefined
  readonly waiting: readonly Waiting[]
  /** The set as it was last heard of. */
  readonly now: SetVersion | undefined
  setSizes(sizes: Sizes): void
  setKind(kind: ChangeKind): void
  setTag(tag: string): void
  setImage(container: string, image: string): void
  setImageBy(imageBy: DraftData['imageBy']): void
  setContainer(container: string): void
  setTemplate(template: DraftTemplate): void
  setTemplateEdit(templateEdit: DraftData['templateEdit']): void
  setPlan(plan: Pick<DraftData, 'plan' | 'gates'>): void
  setWithoutLock(withoutLock: boolean): void
  /** Drafts the next release over one that runs, with the plan that it has, but for what a person has planned. */
  openOver(release: Pick<ReleaseView, 'id' | 'gates' | 'plan'>): void
  /** Back to the release that runs; what was typed is kept. */
  leaveOver(): void
  /** Throws away the draft that is looked at. */
  discard(): void
  /** Another Service is looked at, or none; the same again changes nothing. */
  show(subject: DraftSubject | undefined): void
  /** What is known of the set of that Service now. */
  follow(subject: DraftSubject, batches: readonly BatchView[]): void
  /** What has changed in the set was seen. */
  acknowledge(): void
  /** This was sent and is done, whatever is looked at by now. */
  settle(sent: SentDraft): void
  /** The sizes of it were sent and are set for later. */
  settleSizes(sent: SentDraft): void
  /** Nothing of that cluster is as it was. */
  forgetCluster(connection: string): void
}

type Waiting = { readonly subject: DraftSubject; readonly data: DraftData }
/** A draft as it was when it was sent, with the name of its Service. */
type SentDraft = DraftData & Pick<DraftState, 'subject'>

/** Of Services that nobody has come back to; the oldest goes first. */
const mostWaiting = 50

export function createDraftStore() {
  return createStore<DraftState>((set, get) => ({
    ...emptyDraft,
    subject: undefined,
    waiting: [],
    now: undefined,
    setSizes: (sizes) => set({ sizes, sizesDropped: false }),
    setKind: (kind) => set({ kind }),
    setTag: (tag) => set({ tag, imageBy: 'tag' }),
    setImage: (container, image) => set((state) => ({ images: { ...state.images, [container]: image } })),
    setImageBy: (imageBy) => set({ imageBy }),
    setContainer: (container) => set({ container }),
    setTemplate: (template) => set({ template }),
    setTemplateEdit: (templateEdit) => set({ templateEdit }),
    setPlan: ({ plan, gates }) => set({ plan, gates }),
    setWithoutLock: (withoutLock) => set({ withoutLock }),
    openOver: ({ id, gates, plan }) =>
      set((state) => ({
        over: id,
        gates: { ...gatesOf(gates), ...state.gates },
        ...(plan !== undefined && state.plan === usualPlan && { plan: planOf(plan) }),
      })),
    leaveOver: () => set({ over: undefined }),
    discard: () => set(({ now }) => ({ ...emptyDraft, on: now })),
    show: (subject) => set((state) => shown(state, subject)),
    follow: (subject, batches) => {
      const state = get()
      if (!isSame(state.subject, subject)) return
      const [data, now] = [dataOf(state), setVersion(batches)]
      const next = rebased(data, batches)
      const known = state.now !== undefined && isSameSet(state.now, now)
      // Ten times a second nothing has changed, and nobody is to be told of it.
      if (next !== data || !known) set({ ...next, now: known ? state.now : now })
    },
    acknowledge: () => set(({ now }) => ({ on: now, sizesDropped: false })),
    settle: (sent) => set((state) => settledBy(state, sent, (own) => withoutSent(own, sent))),
    settleSizes: (sent) => {
      const only = (own: DraftData): DraftData => ({
        ...own,
        ...{ sizes: sizesSince(own.sizes, sent.sizes), on: undefined, sizesDropped: false },
      })
      set((state) => settledBy(state, sent, only))
    },
    forgetCluster: (connection) =>
      set((state) => ({
        waiting: state.waiting.filter(({ subject }) => subject.connection !== connection),
        ...(state.subject?.connection === connection && emptyDraft),
      })),
  }))
}

export function isSame(one: DraftSubject | undefined, other: DraftSubject | undefined): boolean {
  return (
    one === other ||
    (one?.connection === other?.connection &&
      one?.namespace === other?.namespace &&
      one?.service === other?.service)
  )
}

function dataOf(state: DraftData): DraftData {
  const keys = Object.keys(emptyDraft) as readonly (keyof DraftData)[]
  return Object.fromEntries(keys.map((key) => [key, state[key]])) as DraftData
}

function shown(state: DraftState, subject: DraftSubject | undefined): Partial<DraftState> {
  if (isSame(state.subject, subject)) return {}
  const own = state.subject
  const left = own !== undefined && isTouched(state) ? [{ subject: own, data: dataOf(state) }] : []
  const waiting = [...state.waiting, ...left]
  const found = waiting.find((one) => isSame(one.subject, subject))
  return {
    ...(found?.data ?? emptyDraft),
    subject,
    now: undefined,
    waiting: waiting.filter((one) => one !== found).slice(-mostWaiting),
  }
}

/** Of the draft that was sent, wherever it is by now, and of no other. */
function settledBy(
  state: DraftState,
  sent: SentDraft,
  after: (own: DraftData) => DraftData,
): Partial<DraftState> {
  if (isSame(state.subject, sent.subject)) return { ...after(dataOf(state)), on: state.now }
  const waiting = state.waiting.map((one) =>
    isSame(one.subject, sent.subject) ? { ...one, data: after(one.data) } : one,
  )
  return { waiting: waiting.filter(({ data }) => isTouched(data)) }
}

function gatesOf(gates: ReleaseView['gates']): DraftData['gates'] {
  return Object.fromEntries(gates.map((gate) => [gate.after, gate.spec]))
}

/** A batch that was left out on the way, after it had begun, is one that the next change may mend. */
function planOf({ steps, onFailure, batchLimitSeconds }: PlanView): DraftedPlan {
  const leftOut = steps.filter((step) => step.leftOut && !step.begun).map((step) => step.batch)
  return { order: [], leftOut, onFailure, batchLimitSeconds }
}
