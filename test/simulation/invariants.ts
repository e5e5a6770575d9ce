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
import { brakesAreAnswered } from './invariants/brakes-are-answered.ts'
import { failuresAreAnswered } from './invariants/failures-are-answered.ts'
import { gatesOpenInTime } from './invariants/gates-open-in-time.ts'
import { goingOnGoesOn } from './invariants/going-on-goes-on.ts'
import { journalKeepsWhatWas } from './invariants/journal-keeps-what-was.ts'
import { oneAtATime } from './invariants/one-at-a-time.ts'
import { refusalsAreTrue } from './invariants/refusals-are-true.ts'
import { restartsAreCounted } from './invariants/restarts-are-counted.ts'
import { restartsAreSeen } from './invariants/restarts-are-seen.ts'
import { wayBackIsWhole } from './invariants/way-back-is-whole.ts'
import { writesDoWhatWasAsked } from './invariants/writes-do-what-was-asked.ts'
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
  brakesAreAnswered,
  failuresAreAnswered,
  gatesOpenInTime,
  goingOnGoesOn,
  journalKeepsWhatWas,
  oneAtATime,
  refusalsAreTrue,
  restartsAreCounted,
  restartsAreSeen,
  wayBackIsWhole,
  writesDoWhatWasAsked,
]
