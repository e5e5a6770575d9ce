import { uid, type Uid } from '../../shared/ids.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { sizeOf, undragged, type Sizes } from '../../shared/view/sizes.ts'
import { isTouched, type DraftData } from './draft-data.ts'
import { isSameSet, renewedUids, setVersion } from './drafted-on.ts'

/**
 * The draft on the set as it is now. Sizes are what a person has asked for, whatever somebody else has made of them
 * since; a batch that was deleted and created again keeps what was drafted for it; where a batch is gone that others
 * were to give pods to or get them from, all sizes go, since half of a pair would change the total unasked.
 */
export function rebased(draft: DraftData, batches: readonly BatchView[]): DraftData {
  const now = setVersion(batches)
  if (draft.on === undefined || !isTouched(draft))
    return draft.on !== undefined && isSameSet(draft.on, now) ? draft : { ...draft, on: now }
  const moved = withUids(draft, renewedUids(draft.on, now))
  const isGone = Object.keys(moved.sizes).some((key) => !batches.some((batch) => batch.uid === key))
  const sizes = isGone ? {} : stillOther(moved.sizes, batches)
  if (sizes === moved.sizes) return moved
  return { ...moved, sizes, ...(isGone && { sizesDropped: true }) }
}

/** Without the sizes that the batches have by now. What has begun meanwhile stays, to be told. */
function stillOther(sizes: Sizes, batches: readonly BatchView[]): Sizes {
  const isReached = (batch: BatchView): boolean =>
    batch.size.kind === 'free' && sizes[batch.uid] !== undefined && sizeOf(batch, sizes) === undragged(batch)
  const reached = batches.filter(isReached)
  if (reached.length === 0) return sizes
  return Object.fromEntries(Object.entries(sizes).filter(([key]) => !reached.some((one) => one.uid === key)))
}

function uidsIn({ sizes, gates, plan, template, templateEdit }: DraftData): readonly Uid[] {
  const keyed = [...Object.keys(sizes), ...Object.keys(gates)].map(uid)
  const edited = [template?.batch, templateEdit?.batch].filter((uid) => uid !== undefined)
  return [...keyed, ...plan.order, ...plan.leftOut, ...edited]
}

function withUids(draft: DraftData, renewed: ReadonlyMap<Uid, Uid>): DraftData {
  if (!uidsIn(draft).some((one) => renewed.has(one))) return draft
  const uidOf = (old: Uid): Uid => renewed.get(old) ?? old
  const keys = <T>(record: Readonly<Record<Uid, T>>): Readonly<Record<Uid, T>> =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [uidOf(uid(key)), value]))
  const { plan, template, templateEdit } = draft
  return {
    ...draft,
    sizes: keys(draft.sizes),
    gates: keys(draft.gates),
    plan: { ...plan, order: plan.order.map(uidOf), leftOut: plan.leftOut.map(uidOf) },
    template: template && { ...template, batch: uidOf(template.batch) },
    templateEdit: templateEdit && { ...templateEdit, batch: uidOf(templateEdit.batch) },
  }
}
