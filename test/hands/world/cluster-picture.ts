import type { ServicesView } from '../../../shared/view/services-view.ts'
import type { ClustersView } from '../../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import { connectionId } from '../../../shared/ids.ts'
import type { WorldCluster } from './places.ts'
import { serviceRow } from './service-picture.ts'

export function clustersPicture(clusters: readonly WorldCluster[]): ClustersView {
  return {
    clusters: clusters.map(clusterPicture),
    problems: [],
    lookedAt: ['/home/ops/.kube/config'],
    added: [],
  }
}

function clusterPicture(cluster: WorldCluster): ClusterView {
  const { id, name, alias, colour, production, state, signIn } = cluster
  const drives = cluster.namespaces.flatMap(({ services }) =>
    services
      .filter(({ release }) => release?.driver === 'us' && release.state !== 'ended')
      .map((one) => one.name),
  )
  return {
    id: connectionId(id),
    name,
    file: '/home/ops/.kube/config',
    server: `https://${id}.example.internal:6443`,
    namespace: 'demo',
    training: cluster.training,
    current: id === 'staging',
    warnings: [],
    state,
    ...(alias !== undefined && { alias }),
    ...(colour !== undefined && { colour }),
    ...(production !== undefined && { production: production.unlocked ? { unlockedForMs: 900_000 } : {} }),
    ...(signIn !== undefined && { signIn }),
    ...(state.kind === 'connected' && drives.length > 0 && { drives }),
  }
}

export function servicesPicture(cluster: WorldCluster, namespace: string): ServicesView {
  const own = cluster.namespaces.find((one) => one.name === namespace)
  return {
    connection: connectionId(cluster.id),
    namespace,
    namespaces: { names: cluster.namespaces.map((one) => one.name), known: true },
    freshness: { kind: 'live' },
    services: (own?.services ?? []).filter((one) => !one.gone).map(serviceRow),
    missing: [],
  }
}
