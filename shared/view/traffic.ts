import type { Uid } from '../ids.ts'
import type { BatchSet } from '../model/batch-set.ts'
import { servingOf, sideIn, type Shown } from './version-of.ts'

/**
 * Who takes the traffic of a Service: all its ready endpoints, each as much as the next. Window, terminal, sidebar,
 * curve and the sentences of the verbs count by it, so that no two of them can differ.
 */
export type Traffic = {
  /** Ready endpoints, whoever is behind them. */
  readonly ready: number
  /** Endpoints that there are or should be; never fewer than are ready. */
  readonly expected: number
  /** Ready endpoints of the new version. */
  readonly fresh: number
  readonly batches: ReadonlyMap<Uid, { readonly fresh: number; readonly old: number }>
  /** 0..1 of all ready endpoints. */
  readonly share: (endpoints: number) => number
}

export function trafficOf(set: BatchSet, shown: Shown): Traffic {
  const batches = new Map(
    set.batches.map((batch) => [batch.uid, servingOf(batch, sideIn(shown, batch))] as const),
  )
  const serving = set.batches.map((batch) => batch.servingNew + batch.servingOld)
  const ready = sum(serving) + set.others.ready
  // While a batch surges it has more endpoints than it is to have in the end.
  const wanted = set.batches.map((batch, index) => {
    const now = serving[index] ?? 0
    return batch.unselected === true ? now : Math.max(batch.desired, now)
  })
  return {
    ready,
    expected: sum(wanted) + set.others.all,
    fresh: sum([...batches.values()].map((one) => one.fresh)),
    batches,
    share: (endpoints) => (ready === 0 ? 0 : Math.min(1, endpoints / ready)),
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
