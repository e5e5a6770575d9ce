import type { ClusterView } from '../../shared/view/clusters-view.ts'

/** What the person calls a cluster, else its context's name. Typing to agree always takes the context's. */
export function shownName({ alias, name }: Pick<ClusterView, 'alias' | 'name'>): string {
  return alias ?? name
}
