import type { CommandName } from '../../shared/contract.ts'
import type { Fault } from '../../shared/fault.ts'
import type { Release } from '../../shared/release/release.ts'

/**
 * What a command may do on a production cluster that is read-only.
 * `none`: it writes nothing to a cluster. `brake`: stops or takes back, which nothing may hinder. `forward`: is
 * refused. `step`: is refused too, unless it is a step of a way back that runs.
 */
export type CommandWay = 'none' | 'brake' | 'forward' | 'step'

/** A command that is not in this table does not compile. */
export const commandWays = {
  'cluster/connect': 'none',
  'cluster/disconnect': 'none',
  'cluster/rescan': 'none',
  'cluster/settings': 'none',
  'cluster/unlock': 'none',
  'cluster/lock': 'none',
  'cluster/answer': 'none',
  'kubeconfig/inspect': 'none',
  'kubeconfig/add': 'none',
  'kubeconfig/remove': 'none',
  'doctor/report': 'none',
  'rights/review': 'none',
  'namespace/add': 'none',
  'release/check': 'none',
  'release/start': 'forward',
  'template/show': 'none',
  'template/preview': 'none',
  'release/pause': 'brake',
  'release/resume': 'step',
  'release/freeze': 'brake',
  'release/retry': 'step',
  'release/skip': 'step',
  // What somebody else has made of a batch would be what it runs: on a way back too, that is not where it was.
  'release/adopt': 'forward',
  'release/restore': 'step',
  'release/change-plan': 'forward',
  'release/approve': 'step',
  'release/push-all': 'step',
  'release/stop': 'brake',
  'release/take-over': 'step',
  'release/roll-back': 'brake',
  'release/ask': 'brake',
  // Going back needs it where the journal can't be read.
  'release/forget': 'brake',
  'release/go-back': 'brake',
  'history/list': 'none',
  'history/differences': 'none',
  'plan/save': 'none',
  'plan/remove': 'none',
  'pod/log': 'none',
  // It changes no object: docs/decisions/streaming.md.
  'pod/forward': 'none',
  'pod/stop-forward': 'none',
  'training/speed': 'none',
  'training/reset': 'none',
} as const satisfies Readonly<Record<CommandName, CommandWay>>

/** Those that a cluster which is read-only may refuse. */
export type GuardedName = {
  readonly [N in CommandName]: (typeof commandWays)[N] extends 'forward' | 'step' ? N : never
}[CommandName]

/**
 * Asked at the moment in which a command acts, of the very release that it acts on: why not, or undefined. What was
 * so when the command came may be over by then: the release has ended, the fifteen minutes are gone.
 */
export type Permit = (release: Release | undefined) => Fault | undefined

/** Nothing is asked of what brakes, takes back, or goes on with what runs. */
export const permitted: Permit = () => undefined

/** A way back that has begun is gone to its end: its own next steps are no steps forward. One that has ended has none. */
export function isWayBack({ state, change }: Release): boolean {
  return state.kind === 'rolling-back' || (change.kind === 'restore' && state.kind !== 'ended')
}
