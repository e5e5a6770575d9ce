import type { BatchSet } from '../model/batch-set.ts'
import type { Incident } from '../model/incident.ts'
import type { Release } from '../release/release.ts'
import { isOver } from '../release/standing.ts'
import { stillStands } from './headline.ts'
import { rollBackPreview } from './roll-back-preview.ts'
import type { Shown } from './version-of.ts'

type Seen = {
  readonly set: BatchSet
  /** The one in the journal, running or ended. */
  readonly release: Release | undefined
  readonly driving: boolean
  readonly incident: Incident | undefined
}

/** What the picture and the list of pods are about: the same for both, so that a pod is drawn alike in them. */
export function shownOf({ set, release, driving, incident }: Seen): Shown {
  // What it has paused and not cleared yet is not history, whatever the cluster runs by now.
  const isOpen = release !== undefined && (driving || !isOver(release))
  const stands = isOpen || (release !== undefined && stillStands(set, release)) ? release : undefined
  return { release: stands, incident: shownIncident({ set, release: stands, incident }) }
}

/** Where the release that has ended offers its own way back, that is the one: two would be offered for one thing. */
function shownIncident({ set, release, incident }: Omit<Seen, 'driving'>): Incident | undefined {
  if (incident === undefined || release === undefined || rollBackPreview(release, set).batches.length === 0)
    return incident
  const { proposal: _proposal, ...rest } = incident
  return { ...rest, changes: [] }
}
