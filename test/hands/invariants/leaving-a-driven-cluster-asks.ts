import { shownCluster } from '../shown-service.ts'
import type { Judge } from '../step.ts'

/** Whoever leaves a cluster on which this application drives a release is asked first. */
export function leavingADrivenClusterAsks(): Judge {
  let connected: readonly string[] = []
  return ({ world, after }) => {
    const before = connected
    connected = world.clusters.flatMap(({ id, state }) => (state.kind === 'connected' ? [id] : []))
    return after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined || one.name !== 'cluster/disconnect') return []
      const cluster = shownCluster(world, one.press.picture.place)
      // Who breaks off a sign-in, or does not agree to its program, leaves nothing: it was not connected.
      if (cluster === undefined || !before.includes(cluster.id)) return []
      const drives = cluster.namespaces.some(({ services }) =>
        services.some(({ release }) => release?.driver === 'us' && release.state !== 'ended'),
      )
      return drives && one.press.picture.dialog === undefined
        ? [`${cluster.name} is left, and its releases with it`]
        : []
    })
  }
}
