import type { PodKind, PodsView } from '../../shared/view/pods-view.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { firstOrder, type PodColumn, type PodOrder } from '../stores/pod-order.ts'

export type PodRow = PodsView['pods'][number]

const rank: Readonly<Record<PodKind, number>> = {
  failing: 0,
  'failing-old': 1,
  starting: 2,
  ending: 3,
  new: 4,
  old: 5,
  ready: 6,
}

/** As asked; what is the same in that goes by state, batch and name, so that rows do not jump. */
export function sortPods(pods: readonly PodRow[], order: PodOrder = firstOrder): readonly PodRow[] {
  const sign = order.down ? -1 : 1
  return pods.toSorted(
    (a, b) =>
      sign * compare(a, b, order.column) ||
      rank[a.kind] - rank[b.kind] ||
      a.batch - b.batch ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}

function compare(a: PodRow, b: PodRow, column: PodColumn): number {
  switch (column) {
    case 'state':
      return rank[a.kind] - rank[b.kind]
    case 'version':
      return a.version.localeCompare(b.version, 'en', { numeric: true })
    case 'batch':
      return a.batch - b.batch
    case 'age':
      // The youngest first: an age grows downwards.
      return b.createdAt - a.createdAt
    default:
      return assertNever(column)
  }
}

/** A press on the column that it goes by turns the order round. */
export function nextOrder(order: PodOrder, column: PodColumn): PodOrder {
  return { column, down: order.column === column && !order.down }
}

/** Pods whose name, node, version, reason or state word holds the text. */
export function filterPods(
  pods: readonly PodRow[],
  text: string,
  stateWords: Readonly<Record<PodKind, string>>,
): readonly PodRow[] {
  const wanted = text.trim().toLocaleLowerCase('en')
  if (wanted === '') return pods
  return pods.filter((pod) =>
    [pod.name, pod.node, pod.version, pod.reason, stateWords[pod.kind]].some((part) =>
      part.toLocaleLowerCase('en').includes(wanted),
    ),
  )
}
