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

/** Without what is being dragged: as it was set for when the release goes on, else as it is. */
export function undragged({ size, desired }: Sized): number {
  return size.kind === 'free' ? (size.planned ?? desired) : desired
}

/** As dragged; one that can't be changed (any more) stays what it is. */
export function sizeOf(batch: Sized, sizes: Sizes): number {
  return batch.size.kind === 'fixed' ? batch.desired : (sizes[batch.uid] ?? undragged(batch))
}

/** Batches that are left out, with the new pods that they have all the same: none, unless they had begun. */
export type LeftOut = Readonly<Record<Uid, number>>
const noneLeftOut: LeftOut = {}

/**
 * What each batch brings, in the order that is given: new pods so far / all endpoints. One that is left out has no row.
 * 1/16/16/16 -> 2.0, 34.7, 67.3, 100 %. 1/4/12/32 -> 2.0, 10.2, 34.7, 100 %.
 */
export function forecast(view: Drawn, sizes: Sizes, left: LeftOut = noneLeftOut): readonly ForecastRow[] {
  const total = view.batches.reduce((sum, batch) => sum + sizeOf(batch, sizes), 0)
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
        share: total + others === 0 ? 0 : newPods / (total + others),
        peakPods: total + surge,
      }
    })
}

/**
 * Gives a batch another size while the total stays: its pods come from, or go to, the next batch whose size is free,
 * the last one's from the one before. No batch falls below 1, so a wish may be met in part. Gives only what differs from now.
 */
export function keepTotal(
  view: View,
  sizes: Sizes,
  wish: { readonly batch: Uid; readonly pods: number },
): Sizes {
  const own = view.batches.find((batch) => batch.uid === wish.batch)
  const neighbour = neighbourOf(view, wish.batch)
  if (own === undefined || own.size.kind === 'fixed') return sizes
  if (neighbour === undefined)
    return view.batches.length > 1 ? sizes : changed(view, { ...sizes, [own.uid]: Math.max(0, wish.pods) })
  const both = sizeOf(own, sizes) + sizeOf(neighbour, sizes)
  const pods = Math.min(Math.max(1, Math.round(wish.pods)), Math.max(1, both - 1))
  return changed(view, { ...sizes, [own.uid]: pods, [neighbour.uid]: both - pods })
}

function neighbourOf({ batches }: View, batch: Uid): Sized | undefined {
  const index = batches.findIndex((one) => one.uid === batch)
  const isFree = (one: Sized): boolean => one.size.kind === 'free'
  return batches.slice(index + 1).find(isFree) ?? batches.slice(0, Math.max(0, index)).findLast(isFree)
}

function changed(view: View, sizes: Sizes): Sizes {
  const different = view.batches.filter((batch) => sizeOf(batch, sizes) !== undragged(batch))
  return Object.fromEntries(different.map((batch) => [batch.uid, sizeOf(batch, sizes)]))
}

/** The most that a batch can have while the total stays and its neighbour keeps one pod. */
export function largest(view: View, sizes: Sizes, batch: Uid): number {
  const own = view.batches.find((one) => one.uid === batch)
  const neighbour = neighbourOf(view, batch)
  if (own === undefined) return 0
  return neighbour === undefined ? sizeOf(own, sizes) * 2 : sizeOf(own, sizes) + sizeOf(neighbour, sizes) - 1
}
