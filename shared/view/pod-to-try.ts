import type { PodsView } from './pods-view.ts'

type Row = PodsView['pods'][number]

/**
 * The pod by which a batch is tried: ready, and of what is released. Where no version is told from another each of them
 * is. The newest, because it is the least likely to go soon; of equal ones the first by name, so that it stays the same.
 */
export function podToTry(pods: readonly Row[], batch: number): Row | undefined {
  return pods
    .filter((pod) => pod.batch === batch && pod.ready && (pod.kind === 'new' || pod.kind === 'ready'))
    .toSorted((a, b) => b.createdAt - a.createdAt || a.name.localeCompare(b.name))[0]
}
