import { faultOf, type Fault } from '../../../shared/fault.ts'
import type { Lease } from '../../../shared/k8s/objects.ts'
import { movedOn } from '../../../shared/release/moved-on.ts'
import { versionOf } from '../../../shared/release/release-version.ts'
import type { Release } from '../../../shared/release/release.ts'
import { endLacks, isOver } from '../../../shared/release/standing.ts'
import { holderText, isOurPast, parseHolder, type Holder, type ProcessMark } from '../../release/holder.ts'
import { readJournal } from '../../release/journal.ts'
import type { LeaseExpiry } from './lease-expiry.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'

/** Judges a lock that was found at the server: undefined when it may be replaced by us. */
export type Objection = (found: Lease) => Fault | undefined

/** A release that has not ended holds what ran before it: another one over it would lose the way back. */
export function unfinishedFault(past: Release | undefined, next?: Release): Fault | undefined {
  if (past === undefined || isOver(past)) return undefined
  if (past.id === next?.id || past.id === next?.supersedes) return undefined
  const about = { id: past.id, by: past.startedBy }
  if (past.state.kind !== 'ended') return faultOf('conflict', { kind: 'release-unfinished', ...about })
  const isPaused = endLacks(past) === 'paused'
  return faultOf('conflict', { kind: isPaused ? 'release-still-paused' : 'release-in-doubt', ...about })
}

/** Two entries about the same moment of a release: a driver keeps how far its pods have come to itself for a while. */
function isSameEntry(one: Release, other: Release): boolean {
  return decided(one) === decided(other)
}

function decided(release: Release): string {
  const { id, state, resize, approved, plan, batches } = release
  return JSON.stringify([
    id,
    versionOf(release),
    [state.kind, 'since' in state ? state.since : undefined],
    [resize?.phase, resize?.targets.map(({ batch, to, sent, asked }) => [batch, to, sent, asked])],
    [approved, plan.steps.map(({ batch }) => batch)],
    batches.map(({ uid, phase, inDoubt, freeze }) => [
      uid,
      phase.kind,
      inDoubt !== undefined,
      freeze?.wish,
      freeze?.sent,
    ]),
  ])
}

export type MayTakeLease = ReturnType<typeof createMayTakeLease>

export function createMayTakeLease(parts: {
  readonly self: Holder
  readonly isGone: (process: ProcessMark) => boolean
  readonly locks: LeaseExpiry
}) {
  const { self, isGone, locks } = parts
  const holder = holderText(self)

  /** `model`: what we have watched of it. */
  function toTake(model: NamespaceModel): Objection {
    return (found) => {
      const other = found.holder
      if (other === '' || other === holder || isOurPast(other, self, isGone)) return undefined
      if (locks.isExpired(found, model.leaseFreshness())) return undefined
      const person = parseHolder(other)?.person ?? other
      return faultOf('conflict', { kind: 'driven-by', person })
    }
  }

  /** The same, and the journal there must be the one that was judged: of another one nobody has said what becomes of it. */
  function toReplace(model: NamespaceModel, judged: Release): Objection {
    return (found) => {
      const objection = toTake(model)(found)
      if (objection !== undefined) return objection
      const past = readJournal(found)
      return past.ok && past.value !== undefined && isSameEntry(past.value, judged) ? undefined : movedOn
    }
  }

  return { toTake, toReplace }
}
