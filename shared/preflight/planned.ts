import type { Uid } from '../ids.ts'
import type { JsonObject } from '../k8s/json.ts'
import type { Batch, BatchSet } from '../model/batch-set.ts'
import type { Check, CheckWhat } from './check.ts'

/** What a draft is going to do, as far as the checks need it. */
export type Planned = {
  readonly set: BatchSet
  /** Batches that get new pods, in the order of the release. */
  readonly rolled: readonly Batch[]
  readonly sizes: readonly { readonly batch: Batch; readonly to: number }[]
  /** Batch -> the pod template that its new pods will have, where an edit changes more of it than images. */
  readonly templates: ReadonlyMap<Uid, JsonObject>
}

type PlannedDraft = {
  readonly change: { readonly kind: string }
  readonly steps: readonly { readonly batch: string; readonly leftOut: boolean }[]
  readonly sizes: readonly { readonly batch: string; readonly from: number; readonly to: number }[]
}

export function plannedOf(
  draft: PlannedDraft,
  set: BatchSet,
  templates: ReadonlyMap<Uid, JsonObject> = new Map(),
): Planned {
  const find = (uid: string) => set.batches.filter((batch) => batch.uid === uid)
  const steps = draft.steps.filter((step) => !step.leftOut)
  return {
    set,
    templates,
    rolled: draft.change.kind === 'none' ? [] : steps.flatMap((step) => find(step.batch)),
    sizes: draft.sizes
      .filter((size) => size.to !== size.from)
      .flatMap(({ batch, to }) => find(batch).map((one) => ({ batch: one, to }))),
  }
}

/** Pods that a batch will have when it is its turn: sizes are reached before. */
export function sizeOf({ sizes }: Planned, batch: Batch): number {
  return sizes.find((size) => size.batch.uid === batch.uid)?.to ?? batch.desired
}

/** What the pods of a batch will be made of when it has been its turn. */
export function templateOf({ rolled, templates }: Planned, batch: Batch): JsonObject {
  return (rolled.includes(batch) ? templates.get(batch.uid) : undefined) ?? batch.template
}

/** All batches that are written to. */
export function touched({ set, rolled, sizes }: Planned): readonly Batch[] {
  return set.batches.filter(
    (batch) => rolled.includes(batch) || sizes.some((size) => size.batch.uid === batch.uid),
  )
}

export function blocker(what: CheckWhat): Check {
  return { level: 'blocker', what }
}
export function warning(what: CheckWhat): Check {
  return { level: 'warning', what }
}
export function info(what: CheckWhat): Check {
  return { level: 'info', what }
}
export function fine(what: CheckWhat): Check {
  return { level: 'ok', what }
}

/** One check about all the batches that it holds for: a line each would hide the others. None: no check. */
export function about(
  batches: readonly Batch[],
  holds: (batch: Batch) => boolean,
  say: (numbers: readonly number[]) => Check,
): readonly Check[] {
  const numbers = batches.filter(holds).map((batch) => batch.number)
  return numbers.length === 0 ? [] : [say(numbers)]
}

/** The same for a text that may differ from batch to batch: one check for each text. */
export function byText(
  batches: readonly Batch[],
  textsOf: (batch: Batch) => readonly string[],
  say: (text: string, numbers: readonly number[]) => Check,
): readonly Check[] {
  const texts = new Set(batches.flatMap(textsOf))
  return [...texts].flatMap((text) =>
    about(
      batches,
      (batch) => textsOf(batch).includes(text),
      (numbers) => say(text, numbers),
    ),
  )
}
