import type { Uid } from '../ids.ts'
import { surgeAndUnavailable } from '../k8s/surge-and-unavailable.ts'
import type { PipelineView } from './pipeline.ts'

export type Sizes = Readonly<Record<Uid, number>>
export type ForecastRow = {
  readonly afterBatch: number
  readonly newPods: number
  /** 0..1 of all endpoints: they share the traffic evenly, so this is the share of traffic too. */
  readonly share: number
  /** Most pods at once while this batch rolls: all of them and the batch's surge. */
  readonly peakPods: number
}

type Sized = Pick<PipelineView['batches'][number], 'uid' | 'number' | 'desired' | 'strategy' | 'size'>
type View = { readonly batches: readonly Sized[] }
/** `others`: ready endpoints of no batch, which take their share of the traffic, too. */
type Drawn = View & { readonly others: number }

/** No batch can be asked to be larger; one that is so already may keep what it has. */
export const largestSize = 5_000
/** `spec.replicas` is an int32. */
export const largestReplicas = 2_147_483_647

/** The largest size that a batch of so many pods may be given. */
export function largestFor(now: number): number {
  return Math.max(largestSize, now)
}

/** Without what is being dragged: as it was set for when the release goes on, else as it is. */
export function undragged({ size, desired }: Sized): number {
  return size.kind === 'free' ? (size.planned ?? desired) : desired
}

/**
 * As dragged; one that can't be changed (any more) stays what it is. Whatever the draft holds, this is a whole number
 * that the application takes: everything that draws, sums up or sends a size has it from here.
 */
export function sizeOf(batch: Sized, sizes: Sizes): number {
  if (batch.size.kind === 'fixed') return batch.desired
  const dragged = sizes[batch.uid]
  if (dragged === undefined || Number.isNaN(dragged)) return undragged(batch)
  return clamped(dragged, leastOf(batch), mostOf(batch))
}

export function totalOf({ batches }: View, sizes: Sizes): number {
  return batches.reduce((sum, batch) => sum + sizeOf(batch, sizes), 0)
}

function clamped(pods: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, pods)))
}

/** No batch is emptied by dragging; one that has no pods may stay without. */
function leastOf(batch: Sized): number {
  return Math.min(1, undragged(batch))
}

function mostOf(batch: Sized): number {
  return Math.max(largestFor(batch.desired), undragged(batch))
}

/** Batches that are left out, with the new pods that they have all the same: none, unless they had begun. */
export type LeftOut = Readonly<Record<Uid, number>>
const noneLeftOut: LeftOut = {}

/**
 * What each batch brings, in the order that is given: new pods so far / all endpoints. One that is left out has no row.
 * 1/16/16/16 -> 2.0, 34.7, 67.3, 100 %. 1/4/12/32 -> 2.0, 10.2, 34.7, 100 %.
 */
export function forecast(view: Drawn, sizes: Sizes, left: LeftOut = noneLeftOut): readonly ForecastRow[] {
  const total = totalOf(view, sizes)
  const { others } = view
  let newPods = view.batches.reduce((sum, batch) => sum + (left[batch.uid] ?? 0), 0)
  return view.batches
    .filter((batch) => left[batch.uid] === undefined)
    .map((batch) => {
      const pods = sizeOf(batch, sizes)
      newPods += pods
      const { surge } = surgeAndUnavailable(batch.strategy, pods)
      return {
        afterBatch: batch.number,
        newPods,
        // A batch that was left out may have more pods by now than it is to have.
        share: total + others === 0 ? 0 : Math.min(1, newPods / (total + others)),
        peakPods: total + surge,
      }
    })
}

/** What a batch can be given; `reach`: as far as a slider has to go, which does not move while it is dragged. */
export type SizeRange = { readonly least: number; readonly most: number; readonly reach: number }

/**
 * Of several batches the total stays: the pods come from, or go to, the next batch whose size is free, the last one's
 * from the one before. Where nothing can be moved, both ends are the size that it has.
 */
export function sizeRange(view: View, sizes: Sizes, batch: Uid): SizeRange {
  const own = view.batches.find((one) => one.uid === batch)
  if (own === undefined) return only(0)
  const pods = sizeOf(own, sizes)
  if (own.size.kind === 'fixed') return only(pods)
  if (view.batches.length === 1) {
    const [least, most] = [leastOf(own), mostOf(own)]
    return { least, most, reach: Math.min(most, Math.max(2, 2 * undragged(own))) }
  }
  const neighbour = neighbourOf(view, batch)
  if (neighbour === undefined) return only(pods)
  const both = pods + sizeOf(neighbour, sizes)
  const least = Math.max(leastOf(own), both - mostOf(neighbour))
  const most = Math.min(mostOf(own), both - leastOf(neighbour))
  return least > most ? only(pods) : { least, most, reach: most }
}

function only(pods: number): SizeRange {
  return { least: pods, most: pods, reach: pods }
}

/** Gives a batch another size, as far as its range goes: a wish may be met in part. Gives only what differs from now. */
export function keepTotal(
  view: View,
  sizes: Sizes,
  wish: { readonly batch: Uid; readonly pods: number },
): Sizes {
  const own = view.batches.find((batch) => batch.uid === wish.batch)
  const { least, most } = sizeRange(view, sizes, wish.batch)
  if (own === undefined || least === most || Number.isNaN(wish.pods)) return sizes
  const pods = clamped(wish.pods, least, most)
  const neighbour = neighbourOf(view, wish.batch)
  if (neighbour === undefined) return changed(view, { ...sizes, [own.uid]: pods })
  const both = sizeOf(own, sizes) + sizeOf(neighbour, sizes)
  return changed(view, { ...sizes, [own.uid]: pods, [neighbour.uid]: both - pods })
}

function neighbourOf({ batches }: View, batch: Uid): Sized | undefined {
  const index = batches.findIndex((one) => one.uid === batch)
  const isFree = (one: Sized): boolean => one.size.kind === 'free'
  return batches.slice(index + 1).find(isFree) ?? batches.slice(0, Math.max(0, index)).findLast(isFree)
}

/** Only what differs from now: a size that was dragged back is no draft. */
function changed(view: View, sizes: Sizes): Sizes {
  const different = view.batches.filter((batch) => sizeOf(batch, sizes) !== undragged(batch))
  return Object.fromEntries(different.map((batch) => [batch.uid, sizeOf(batch, sizes)]))
}
