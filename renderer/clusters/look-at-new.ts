import type { ClusterView } from '../../shared/view/clusters-view.ts'
import type { Stores } from '../stores/stores.ts'

const longestMs = 5_000

/** Shows the first cluster that is there now and was not before, as soon as it is told of. Nothing is connected. */
export function lookAtNew(
  {
    clusters,
    ports,
    ui,
  }: Pick<Stores, 'clusters' | 'ui'> & { readonly ports: Pick<Stores['ports'], 'after'> },
  before: readonly Pick<ClusterView, 'id'>[],
): void {
  const known = new Set(before.map((one) => one.id))
  const look = (): boolean => {
    const found = clusters.getState().payload?.clusters.find((one) => !known.has(one.id))
    if (found !== undefined) ui.actions.showCluster(found.id, found.namespace)
    return found !== undefined
  }
  if (look()) return
  const { selection } = ui.getState()
  const stops = [
    clusters.subscribe(() => {
      // Where a person has gone meanwhile, they stay.
      if (ui.getState().selection !== selection || look()) stop()
    }),
    // Nothing new in it: nothing to be looked at, however much later another one comes.
    ports.after(longestMs, () => stop()),
  ]
  const stop = () => {
    for (const one of stops) one()
  }
}
