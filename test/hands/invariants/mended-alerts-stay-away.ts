import { shownService } from '../shown-service.ts'
import type { Judge } from '../step.ts'

/** What was said aloud of a failure is not said again once it is mended. */
export function mendedAlertsStayAway(): Judge {
  const ofFailures = new Set<string>()
  return ({ world, before, after, fresh }) => {
    const { urgent, place } = after.look.picture
    const state = shownService(world, place)?.release?.state
    const fails = state === 'held' || state === 'rolling-back'
    if (fails && urgent !== '') ofFailures.add(urgent)
    const isNew = urgent !== '' && urgent !== before.look.picture.urgent
    const wasSo = fails || state === 'ended'
    return !fresh && isNew && !wasSo && ofFailures.has(urgent) ? [`"${urgent}" is said again`] : []
  }
}
