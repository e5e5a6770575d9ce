import { faultOf } from '../fault.ts'
import type { ReleaseCommand } from './command-context.ts'
import { versionOf } from './release-version.ts'
import type { Release, ReleaseEventName } from './release.ts'

/** Of a release that has only been started. */
export const firstVersion = 1

/** What was decided about a release, by a person or by its plan. Mere progress is not among it. */
const decisions: readonly ReleaseEventName[] = [
  'approved',
  'paused',
  'frozen',
  'resumed',
  'retried',
  'adopted',
  'restored',
  'held',
  'batch-skipped',
  'plan-changed',
  'push-all',
  'roll-back',
  'ended',
  'superseded',
]

/**
 * What takes the ground from under a command that was decided on before it. To brake is right whatever has been decided
 * since; but a stop does not end a way back that the person has not seen, and a roll back goes where it was said to go.
 */
const matters: Readonly<Record<Steering, readonly ReleaseEventName[]>> = {
  pause: [],
  freeze: [],
  stop: ['roll-back'],
  'roll-back': ['roll-back', 'adopted', 'restored', 'superseded'],
  resume: decisions,
  approve: decisions,
  'push-all': decisions,
  retry: decisions,
  skip: decisions,
  adopt: decisions,
  restore: decisions,
  'change-plan': decisions,
  'take-over': decisions,
}

type Steering = ReleaseCommand['kind'] | 'take-over'

/** Whether the release has moved on, in a way that matters to this command, since it was as the person saw it. */
export function hasMovedOn(release: Release, kind: Steering, seen: number | undefined): boolean {
  if (seen === undefined) return false
  const since = versionOf(release) - seen
  if (since <= 0) return false
  // Of what is not kept any more nobody can say what it was.
  if (since > release.log.length) return matters[kind].length > 0
  return release.log.slice(-since).some(({ what }) => matters[kind].includes(what))
}

/** What a command is answered that was decided on something else. */
export const movedOn = faultOf('moved-on', { kind: 'moved-on' })
