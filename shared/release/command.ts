import { assertNever } from '../assert-never.ts'
import { failed, ok, type Reply } from '../fault.ts'
import type { Uid } from '../ids.ts'
import { findBatch, type Observed } from './observed.ts'
import type { BatchPhase, Release, ReleaseBatch, RollBackMode } from './release.ts'
import { sayEnglish } from './sentences-en.ts'
import { isTouched, waitingStep } from './standing.ts'
import { logged } from './transitions.ts'
import { gatesLeft, whyNot } from './verbs.ts'

/** What a person asks of a release. Each may be given twice: the second time changes nothing. */
export type ReleaseCommand =
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  /** `step` is the gate that the person saw: an approval never opens another one. */
  | { readonly kind: 'approve'; readonly step: number }
  | { readonly kind: 'push-all' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'roll-back'; readonly mode: RollBackMode; readonly batches: readonly Uid[] }

export type CommandContext = { readonly observed: Observed; readonly by: string; readonly now: number }

/** The release after the command, or why it can't be done now. Pure; nothing is written here. */
export function command(release: Release, wish: ReleaseCommand, context: CommandContext): Reply<Release> {
  const { observed, by, now } = context
  if (isAlreadySo(release, wish)) return ok(release)
  const off = whyNot(wish.kind, release, observed)
  if (off !== undefined) return failed('conflict', sayEnglish(off))
  switch (wish.kind) {
    case 'pause':
      return ok(
        logged({ ...release, state: { kind: 'paused', since: now, by } }, { at: now, what: 'paused', by }),
      )
    case 'resume':
      return ok(logged(resumed(release, context), { at: now, what: 'resumed', by }))
    case 'approve': {
      const waiting = waitingStep(release)
      if (waiting !== wish.step) return failed('conflict', 'The release no longer waits at this gate.')
      const batch = release.batches[wish.step]?.uid
      return ok(
        logged(
          { ...release, approved: [...release.approved, wish.step] },
          { at: now, what: 'approved', by, ...(batch !== undefined && { batch }) },
        ),
      )
    }
    case 'push-all':
      return ok(
        logged(
          { ...release, approved: [...release.approved, ...gatesLeft(release)] },
          { at: now, what: 'push-all', by },
        ),
      )
    case 'stop':
      return ok(
        logged(
          { ...release, state: { kind: 'ended', at: now, outcome: 'stopped' } },
          { at: now, what: 'ended', by },
        ),
      )
    case 'roll-back': {
      const batches = release.batches.filter((own) => isTouched(own) && wish.batches.includes(own.uid))
      if (batches.length === 0)
        return failed('conflict', 'None of these batches was changed by this release.')
      const state = {
        kind: 'rolling-back',
        since: now,
        by,
        mode: wish.mode,
        batches: batches.map((own) => own.uid),
      } as const
      // A batch that was stuck in an earlier roll back is tried again.
      const again = release.batches.map((own) => (own.phase.kind === 'stuck' ? unstuck(own, now) : own))
      return ok(logged({ ...release, state, batches: again }, { at: now, what: 'roll-back', by }))
    }
    default:
      return assertNever(wish)
  }
}

/** Clicked twice, or sent twice by a lost answer: it has been done. */
function isAlreadySo(release: Release, wish: ReleaseCommand): boolean {
  switch (wish.kind) {
    case 'pause':
      return release.state.kind === 'paused'
    case 'resume':
      return release.state.kind === 'running'
    case 'approve':
      return release.approved.includes(wish.step)
    case 'push-all':
      return (
        release.state.kind === 'running' && gatesLeft(release).length === 0 && release.approved.length > 0
      )
    case 'stop':
      return release.state.kind === 'ended'
    case 'roll-back':
      return release.state.kind === 'rolling-back' && release.state.mode === wish.mode
    default:
      return assertNever(wish)
  }
}

/** Going on means that the person has seen what held the release: it counts from now on. */
function resumed(release: Release, { observed, now }: CommandContext): Release {
  const batches = release.batches.map((own): ReleaseBatch => {
    const seen = findBatch(observed, own.uid)
    if (seen === undefined) return own
    return {
      ...own,
      phase: forgiven(own.phase, { restarts: seen.restarts, deadline: seen.deadlineExceededAt, now }),
    }
  })
  return { ...release, batches, state: { kind: 'running' } }
}

function forgiven(
  phase: BatchPhase,
  seen: { readonly restarts: number; readonly deadline: number | undefined; readonly now: number },
): BatchPhase {
  switch (phase.kind) {
    case 'rolling':
      return {
        ...phase,
        progressAt: seen.now,
        restartsBefore: seen.restarts,
        ...(seen.deadline !== undefined && { deadlineBefore: seen.deadline }),
      }
    case 'baking':
      return { ...phase, since: seen.now, restartsBefore: seen.restarts }
    default:
      return phase
  }
}

function unstuck(own: ReleaseBatch, now: number): ReleaseBatch {
  return { ...own, phase: { kind: 'returning', attempt: 1, since: now } }
}
