import type { Release, ReleaseBatch } from './release.ts'
import { unwatched } from './unwatched.ts'

/** So far apart the servers of one cluster are at most, behind the same address. */
export const mostSkewMs = 60_000

/**
 * A release as another process has written it down, by the time of the server that answered that one. Ours may be ahead
 * of it: so much of a bake is not counted, or a gate might open before its time. What has become of it between the two
 * nobody has watched.
 */
export function fromAnotherClock(release: Release, now: number): Release {
  const batches = release.batches.map((own): ReleaseBatch => {
    const { phase } = own
    if (phase.kind !== 'baking') return own
    return {
      ...own,
      phase: { ...phase, since: Math.max(phase.since, Math.min(now, phase.since + mostSkewMs)) },
    }
  })
  if (batches.every((own, index) => own === release.batches[index])) return release
  return unwatched({ ...release, batches })
}
