import type { ClusterView } from '../../shared/view/clusters-view.ts'

/** As many fit without being searched through. */
const most = 24

/** Of very many contexts only those that somebody has to do with: the rest are found in the list of all. */
export function railClusters(
  clusters: readonly ClusterView[],
  selected: string | undefined,
): readonly ClusterView[] {
  const real = clusters.filter((cluster) => !cluster.training)
  if (real.length <= most) return real
  return real.filter((cluster) => cluster.id === selected || isInUse(cluster)).slice(0, most)
}

function isInUse({ state, current, alias, colour, productionSaid }: ClusterView): boolean {
  if (state.kind !== 'idle' || current) return true
  return alias !== undefined || colour !== undefined || productionSaid !== undefined
}
