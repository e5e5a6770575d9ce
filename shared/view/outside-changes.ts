import type { Uid } from '../ids.ts'
import type { PodsView } from './pods-view.ts'
import { isSerious } from '../model/incident.ts'
import type { PipelineView } from './pipeline.ts'
import type { BatchView } from './batch-view.ts'

/** How a batch stands by itself, whatever has made it so. */
type Condition = 'whole' | 'rolling' | 'short' | 'failing'

/** What is told of a batch outside a release. */
type Known = {
  readonly batch: BatchView
  readonly condition: Condition
  /** Pods of its present template that are there and not ending. */
  readonly pods: readonly Uid[]
}

export type Snapshot = { readonly at: number; readonly batches: readonly Known[] }

type Batches = { readonly batches: readonly number[]; readonly names: readonly string[]; readonly at: number }

/** One thing that has changed without a release; the same on several batches is one change. `by`: as far as the cluster says. */
export type OutsideChange = Batches &
  (
    | {
        readonly change: 'image'
        readonly container: string
        readonly from: string
        readonly to: string
        readonly by?: string
      }
    | { readonly change: 'template'; readonly by?: string }
    | { readonly change: 'replicas'; readonly from: number; readonly to: number; readonly by?: string }
    | { readonly change: 'paused' | 'resumed'; readonly by?: string }
    | { readonly change: 'added' | 'removed' }
    /** Pods that went, and were not asked to by the size or the template. */
    | { readonly change: 'pods-gone'; readonly pods: number }
    | { readonly change: 'restarts'; readonly restarts: number }
    | { readonly change: 'failing'; readonly pods: number; readonly reason: string; readonly message: string }
    | { readonly change: 'short'; readonly ready: number; readonly desired: number }
    | { readonly change: 'whole'; readonly pods: number }
  )

export function snapshotOf(view: PipelineView, pods: PodsView | undefined): Snapshot {
  return {
    at: view.now,
    batches: view.batches.map((batch) => ({
      batch,
      condition: conditionOf(batch),
      pods: (pods?.pods ?? [])
        .filter((pod) => pod.batch === batch.number && pod.isNew && pod.state !== 'ending')
        .map((pod) => pod.uid),
    })),
  }
}

function conditionOf(batch: BatchView): Condition {
  if (isSerious(batch.trouble)) return 'failing'
  if (batch.old > 0 || batch.updated < batch.desired) return 'rolling'
  return batch.ready < batch.desired ? 'short' : 'whole'
}

/** What differs between what was told and what is there; each change is told once, the same on several batches together. */
export function outsideChanges(told: Snapshot, now: Snapshot): readonly OutsideChange[] {
  const changes = now.batches.flatMap(({ batch, ...rest }): readonly OutsideChange[] => {
    const about = { batches: [batch.number], names: [batch.name], at: now.at }
    const before = told.batches.find((one) => one.batch.uid === batch.uid)
    if (before === undefined) return [{ ...about, change: 'added' }]
    return [...specChanges(before.batch, batch, about), ...lifeChanges(before, { batch, ...rest }, about)]
  })
  const removed = told.batches
    .filter((one) => !now.batches.some(({ batch }) => batch.uid === one.batch.uid))
    .map(({ batch }): OutsideChange => {
      return { batches: [batch.number], names: [batch.name], at: now.at, change: 'removed' }
    })
  return together([...removed, ...changes])
}

function specChanges(before: BatchView, now: BatchView, about: Batches): readonly OutsideChange[] {
  const changes: OutsideChange[] = []
  for (const { container, image } of now.images) {
    const from = before.images.find((one) => one.container === container)?.image
    if (from !== undefined && from !== image)
      changes.push({
        ...about,
        change: 'image',
        container,
        from,
        to: image,
        ...written(before, now, 'image'),
      })
  }
  if (changes.length === 0 && before.digest !== now.digest)
    changes.push({ ...about, change: 'template', ...written(before, now, 'template') })
  if (before.desired !== now.desired) {
    const { desired: from } = before
    changes.push({ ...about, change: 'replicas', from, to: now.desired, ...written(before, now, 'replicas') })
  }
  if (before.paused !== now.paused) {
    const change = now.paused === true ? 'paused' : 'resumed'
    changes.push({ ...about, change, ...written(before, now, 'paused') })
  }
  return changes
}

/**
 * By whom and when, if that field has been written since: the last writer of before is not the one of this change. A
 * size is one field, which the server gives to whoever changed it; through the scale it says no time.
 */
function written(
  before: BatchView,
  now: BatchView,
  field: keyof NonNullable<BatchView['writers']>,
): { readonly by?: string; readonly at?: number } {
  const [old, last] = [before.writers?.[field], now.writers?.[field]]
  if (last === undefined) return {}
  if (field !== 'replicas' && last.at === old?.at && last.manager === old.manager) return {}
  return { by: last.manager, ...(last.at > 0 && { at: last.at }) }
}

function lifeChanges(before: Known, now: Known, about: Batches): readonly OutsideChange[] {
  const changes: OutsideChange[] = []
  const gone = goneOf(before, now)
  if (gone > 0) changes.push({ ...about, change: 'pods-gone', pods: gone })
  const { batch, condition } = now
  if (condition === 'failing' && isNewFailure(before, batch)) {
    const { reason = '', message = '', pods = 0 } = batch.trouble ?? {}
    changes.push({ ...about, change: 'failing', pods, reason, message })
  }
  if (condition === 'short' && before.condition !== 'short')
    changes.push({ ...about, change: 'short', ready: batch.ready, desired: batch.desired })
  if (condition === 'whole' && (before.condition !== 'whole' || before.batch.digest !== batch.digest))
    changes.push({ ...about, change: 'whole', pods: batch.desired })
  const restarts = batch.restarts - before.batch.restarts
  if (condition === 'whole' && gone === 0 && before.batch.digest === batch.digest && restarts > 0)
    changes.push({ ...about, change: 'restarts', restarts })
  return changes
}

/** Another reason, or at least twice as many pods: that one more has failed is no news of its own. */
function isNewFailure(before: Known, batch: BatchView): boolean {
  const [old, now] = [before.batch.trouble, batch.trouble]
  if (before.condition !== 'failing' || old === undefined || now === undefined) return true
  return old.reason !== now.reason || now.pods >= 2 * old.pods
}

function goneOf(before: Known, { batch, pods }: Known): number {
  // Another template, or fewer of them, takes pods away by itself.
  if (before.batch.digest !== batch.digest || before.condition === 'rolling') return 0
  const gone = before.pods.filter((uid) => !pods.includes(uid)).length
  return Math.max(0, gone - Math.max(0, before.batch.desired - batch.desired))
}

/** The same change of several batches is one; counts of pods are added up. */
function together(changes: readonly OutsideChange[]): readonly OutsideChange[] {
  const merged: OutsideChange[] = []
  for (const one of changes) {
    const index = merged.findIndex((other) => sameness(other) === sameness(one))
    const other = merged[index]
    if (other === undefined) merged.push(one)
    else merged[index] = added(other, one)
  }
  return merged
}

function sameness(change: OutsideChange): string {
  const { batches: _batches, names: _names, at: _at, ...rest } = change
  switch (rest.change) {
    case 'failing':
      return JSON.stringify([rest.change, rest.reason])
    case 'pods-gone':
    case 'restarts':
    case 'short':
    case 'whole':
      return rest.change
    default:
      return JSON.stringify(rest)
  }
}

function added(a: OutsideChange, b: OutsideChange): OutsideChange {
  const both = {
    batches: [...a.batches, ...b.batches],
    names: [...a.names, ...b.names],
    at: Math.min(a.at, b.at),
  }
  if (a.change === 'failing' && b.change === 'failing') return { ...a, ...both, pods: a.pods + b.pods }
  if (a.change === 'pods-gone' && b.change === 'pods-gone') return { ...a, ...both, pods: a.pods + b.pods }
  if (a.change === 'whole' && b.change === 'whole') return { ...a, ...both, pods: a.pods + b.pods }
  if (a.change === 'restarts' && b.change === 'restarts')
    return { ...a, ...both, restarts: a.restarts + b.restarts }
  if (a.change === 'short' && b.change === 'short')
    return { ...a, ...both, ready: a.ready + b.ready, desired: a.desired + b.desired }
  return { ...a, ...both }
}
