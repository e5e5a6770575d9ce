import type { Violation } from './facts.ts'
import { commandsHitTheirRelease } from './invariants/commands-hit-their-release.ts'
import { headlineIsTrue } from './invariants/headline-is-true.ts'
import { holdsAreTrue } from './invariants/holds-are-true.ts'
import { intentBeforeWrite } from './invariants/intent-before-write.ts'
import { leaseIsRenewed } from './invariants/lease-is-renewed.ts'
import { noExceptions } from './invariants/no-exceptions.ts'
import { nothingLeftPaused } from './invariants/nothing-left-paused.ts'
import { offeredIsAccepted } from './invariants/offered-is-accepted.ts'
import { picturesAreTrue } from './invariants/pictures-are-true.ts'
import { returnedStays } from './invariants/returned-stays.ts'
import { saidIsDone } from './invariants/said-is-done.ts'
import type { World } from './world.ts'

/** Judges a history from the cluster's side, once it is over. */
export type Invariant = (world: World) => readonly Violation[]

export const invariants: readonly Invariant[] = [
  noExceptions,
  intentBeforeWrite,
  commandsHitTheirRelease,
  offeredIsAccepted,
  saidIsDone,
  returnedStays,
  headlineIsTrue,
  picturesAreTrue,
  holdsAreTrue,
  nothingLeftPaused,
  leaseIsRenewed,
]
