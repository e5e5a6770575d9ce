import type { ServiceRow } from '../contract.ts'
import type { BatchSet } from '../model/batch-set.ts'
import type { Release } from '../release/release.ts'
import { currentIndex, waitingStep } from '../release/standing.ts'
import { isHealthy, stillStands } from './headline.ts'
import { podLetters, sideOf } from './version-of.ts'

/** One line of the service list. */
export function serviceRow(set: BatchSet, release: Release | undefined): ServiceRow {
  const shown = release !== undefined && stillStands(set, release) ? release : undefined
  return {
    name: set.service.meta.name,
    uid: set.service.meta.uid,
    batches: set.batches.length,
    state: stateOf(set, shown),
    bar: set.batches.map((batch) => {
      const own = shown?.batches.find((one) => one.uid === batch.uid)
      const letters = podLetters(batch, sideOf(shown, own, batch))
      return {
        pods: batch.desired,
        fresh: letters.split('n').length - 1,
        failing: letters.includes('f'),
      }
    }),
  }
}

function stateOf(set: BatchSet, release: Release | undefined): ServiceRow['state'] {
  if (set.batches.length === 0) return 'empty'
  if (release === undefined || release.state.kind === 'ended') return isHealthy(set) ? 'ready' : 'unhealthy'
  switch (release.state.kind) {
    case 'paused':
      return 'paused'
    case 'held':
      return 'failing'
    case 'rolling-back':
      return 'rolling-back'
    case 'running': {
      if (waitingStep(release) !== undefined) return 'approval'
      return release.batches[currentIndex(release)]?.phase.kind === 'baking' ? 'baking' : 'rolling'
    }
  }
}
