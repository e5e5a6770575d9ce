import type { ReleaseCommand } from './command-context.ts'
import type { Release } from './release.ts'

/**
 * Whether a command is refused while an unfinished release of another Service holds the same Deployments. To brake and
 * to take back what is unfinished stays possible: it is the way out. To go forward, or to begin a way back anew, is not.
 */
export function holdsAlone(
  kind: ReleaseCommand['kind'] | 'take-over',
  { state }: Pick<Release, 'state'>,
): boolean {
  switch (kind) {
    case 'pause':
    case 'freeze':
    case 'stop':
      return false
    case 'roll-back':
      return state.kind === 'ended'
    case 'take-over':
      return state.kind !== 'rolling-back'
    default:
      return true
  }
}
