import type { PodsView } from '../../shared/contract.ts'
import type { PodState } from '../../shared/model/batch-set.ts'

export type PodRow = PodsView['pods'][number]

const order: Readonly<Record<PodState, number>> = { failing: 0, starting: 1, ending: 2, new: 3, old: 4 }

/** Failing pods first, then those on their way; within that by batch and name, so that rows do not jump. */
export function sortPods(pods: readonly PodRow[]): readonly PodRow[] {
  return pods.toSorted(
    (a, b) =>
      order[a.state] - order[b.state] ||
      a.batch - b.batch ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}

/** Pods whose name, node, reason or state word holds the text. */
export function filterPods(
  pods: readonly PodRow[],
  text: string,
  stateWords: Readonly<Record<PodState, string>>,
): readonly PodRow[] {
  const wanted = text.trim().toLocaleLowerCase('en')
  if (wanted === '') return pods
  return pods.filter((pod) =>
    [pod.name, pod.node, pod.reason, stateWords[pod.state]].some((part) =>
      part.toLocaleLowerCase('en').includes(wanted),
    ),
  )
}
