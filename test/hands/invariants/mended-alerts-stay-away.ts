import { shownService } from '../shown-service.ts'
import type { Judge } from '../step.ts'

/** What was said aloud of a failure is not said again once it is mended. */
export function mendedAlertsStayAway(): Judge {
  const ofFailures = new Set<string>()
  const ofLosses = new Set<string>()
  return ({ world, before, after, fresh }) => {
    const { urgent, place } = after.look.picture
    const service = shownService(world, place)
    const state = service?.release?.state
    const fails = state === 'held' || state === 'rolling-back'
    const isNew = urgent !== '' && urgent !== before.look.picture.urgent
    // That the connection is lost is news each time, and no failure of the release that was failing when it was said.
    const isCut = after.look.seen.some((one) => one.kind === 'socket' && one.what === 'close')
    if (isNew && (isCut || service?.stale === true)) ofLosses.add(urgent)
    if (fails && urgent !== '' && !ofLosses.has(urgent)) ofFailures.add(urgent)
    const wasSo = fails || state === 'ended'
    return !fresh && isNew && !wasSo && ofFailures.has(urgent) ? [`"${urgent}" is said again`] : []
  }
}
