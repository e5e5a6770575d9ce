import { shownCluster } from '../shown-service.ts'
import type { Judge } from '../step.ts'

/** Whoever leaves a cluster on which this application drives a release is asked first. */
export function leavingADrivenClusterAsks(): Judge {
  return ({ world, after }) =>
    after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined || one.name !== 'cluster/disconnect') return []
      const cluster = shownCluster(world, one.press.picture.place)
      // Who breaks off a sign-in leaves nothing.
      if (one.press.picture.place.length < 3 && one.press.area !== 'sidebar') return []
      const drives = cluster?.namespaces.some(({ services }) =>
        services.some(({ release }) => release?.driver === 'us' && release.state !== 'ended'),
      )
      return drives === true && one.press.picture.dialog === undefined
        ? [`${cluster?.name ?? ''} is left, and its releases with it`]
        : []
    })
}
