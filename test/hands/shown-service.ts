import type { WorldCluster, WorldService } from './world/places.ts'

type Clusters = { readonly clusters: readonly WorldCluster[] }

/** What the world has under the names that stand on the screen. */
export function shownCluster({ clusters }: Clusters, place: readonly string[]): WorldCluster | undefined {
  return clusters.find((one) => (one.alias ?? one.name) === place[0])
}

export function shownService(world: Clusters, place: readonly string[]): WorldService | undefined {
  return shownCluster(world, place)
    ?.namespaces.find((one) => one.name === place[1])
    ?.services.find((one) => one.name === place[2])
}
