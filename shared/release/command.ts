import { assertNever } from '../assert-never.ts'
import { failed, ok, type Reply } from '../fault.ts'
import type { Uid } from '../ids.ts'
import { goneOnWithout, isStranded, returnedAgain } from './answer-return.ts'
import { adopted, restored, withSize } from './answer-foreign.ts'
import { changePlan } from './change-plan.ts'
import { setFreeze, thawing } from './decide-freeze.ts'
import { withDoubts } from './settle/in-doubt.ts'
import { leftOut } from './start/leave-out.ts'
import { hasMovedOn, movedOn } from './moved-on.ts'
import type { BatchPhase, Release, ReleaseBatch } from './release.ts'
import { resumed } from './resumed.ts'
import { isBraked, isFrozen, isTouched, waitingStep } from './standing.ts'
import { logged, setBatch } from './transitions.ts'
import { gatesLeft, inProgress, isOutside, whyNot } from './verbs.ts'
import { isOnItsWay } from './ways-back.ts'
import type { CommandContext, ReleaseCommand } from './command-context.ts'

/** The release after the command, or why it can't be done now. Pure; nothing is written here. */
export function command(release: Release, wish: ReleaseCommand, context: CommandContext): Reply<Release> {
  const next = obeyed(release, wish, context)
  return next.ok ? ok(withDoubts(release, next.value, context.now)) : next
}

function obeyed(release: Release, wish: ReleaseCommand, context: CommandContext): Reply<Release> {
  const { observed, by, now } = context
  if (isAlreadySo(release, wish)) return ok(release)
  if (hasMovedOn(release, wish.kind, context.seen)) return { ok: false, fault: movedOn }
  if (wish.kind === 'change-plan') return changePlan(release, wish.change, context)
  const off = whyNot(wish.kind, release, { ...observed, ...('batch' in wish && { batch: wish.batch }) })
  if (off !== undefined) return failed('conflict', off)
  switch (wish.kind) {
    case 'pause':
      return ok(logged(paused(release, by, now), { at: now, what: 'paused', by }))
    case 'freeze':
      return freeze(release, context)
    case 'resume':
      return ok(logged(resumed(release, context), { at: now, what: 'resumed', by }))
    case 'retry':
      if (release.state.kind === 'rolling-back') return ok(returnedAgain(release, wish.batch, context))
      return ok(logged(resumed(release, context), { at: now, what: 'retried', batch: wish.batch, by }))
    case 'approve':
      return approve(release, wish.step, context)
    case 'push-all':
      return ok(
        logged(
          { ...release, approved: [...release.approved, ...gatesLeft(release)] },
          { at: now, what: 'push-all', by },
        ),
      )
    case 'skip':
      if (release.state.kind === 'rolling-back') return ok(goneOnWithout(release, wish.batch, context))
      return ok(skip(release, wish.batch, context))
    case 'adopt':
      return adopted(release, wish.batch, context)
    case 'restore':
      return restored(release, wish.batch, context)
    case 'stop': {
      const hold = release.state.kind === 'held' ? { hold: release.state.hold } : {}
      const state = { kind: 'ended', at: now, outcome: 'stopped', ...hold } as const
      return ok(logged(thawing({ ...release, state }, true), { at: now, what: 'ended', by }))
    }
    case 'roll-back':
      return rollBack(release, wish, context)
    default:
      return assertNever(wish)
  }
}

function paused(release: Release, by: string, now: number): Release {
  return { ...release, state: { kind: 'paused', since: now, by } }
}

/** What holds a release stays its state: freezing is a brake beside it. */
function freeze(release: Release, { by, now }: CommandContext): Reply<Release> {
  const batch = inProgress(release)
  if (batch === undefined) return failed('conflict', { kind: 'off-nothing-in-progress' })
  const braked = release.state.kind === 'running' ? paused(release, by, now) : release
  const frozen = setFreeze(braked, batch, { wish: 'freeze', sent: false })
  return ok(logged(frozen, { at: now, what: 'frozen', batch, by }))
}

function approve(release: Release, step: number, { by, now }: CommandContext): Reply<Release> {
  if (waitingStep(release) !== step) return failed('conflict', { kind: 'not-at-gate' })
  const batch = release.batches[step]?.uid
  return ok(
    logged(
      { ...release, approved: [...release.approved, step] },
      { at: now, what: 'approved', by, ...(batch !== undefined && { batch }) },
    ),
  )
}

function skip(release: Release, batch: Uid, context: CommandContext): Release {
  const hold = release.state.kind === 'held' ? release.state.hold : undefined
  const holds = hold?.batch === batch
  const own = release.batches.find((one) => one.uid === batch)
  // What the plan leaves out stays left out by the plan.
  const left = own?.phase.kind === 'skipped' ? release : leftOut(release, batch)
  // What is gone can't be scaled either, and what is not behind the Service takes the place of nothing.
  const sized = holds && isOutside(hold) ? withSize(left, batch, undefined) : left
  const event = { at: context.now, what: 'batch-skipped', batch, by: context.by } as const
  return logged(holds ? resumed(sized, context) : sized, event)
}

function rollBack(
  release: Release,
  wish: Extract<ReleaseCommand, { kind: 'roll-back' }>,
  { by, now }: CommandContext,
): Reply<Release> {
  const batches = release.batches.filter((own) => isTouched(own) && wish.batches.includes(own.uid))
  if (batches.length === 0) return failed('conflict', { kind: 'none-changed' })
  const before = release.state.kind === 'rolling-back' ? release.state : undefined
  // What is on its way already goes on, and is joined: a second word never takes back the first.
  const isMeant = (uid: Uid): boolean =>
    batches.some((own) => own.uid === uid) || before?.batches.includes(uid) === true
  const state = {
    kind: 'rolling-back',
    since: before?.since ?? now,
    by,
    mode: before?.mode === 'at-once' ? 'at-once' : wish.mode,
    batches: release.batches.map((own) => own.uid).filter(isMeant),
    then: 'end',
  } as const
  const again = batches.reduce((next, own) => setBatch(next, own.uid, { phase: onItsWay(own, now) }), release)
  return ok(logged(thawing({ ...again, state }, true), { at: now, what: 'roll-back', by }))
}

/** A batch that was stuck in an earlier roll back is tried again; one that was to be put back goes further than that. */
function onItsWay({ phase, ...own }: ReleaseBatch, now: number): BatchPhase {
  const since = { kind: 'returning', attempt: 1, since: now } as const
  switch (phase.kind) {
    case 'stuck':
      return since
    case 'returning':
    case 'rolling-back':
    case 'returned': {
      if (phase.to === undefined) return phase
      const over = phase.kind === 'returning' ? (phase.over ?? []) : [phase.digest]
      return { ...since, over: [...over, own.startsFrom].filter((digest) => digest !== undefined) }
    }
    default:
      return phase
  }
}

/** Clicked twice, or sent twice by a lost answer: it has been done. */
function isAlreadySo(release: Release, wish: ReleaseCommand): boolean {
  const { state } = release
  switch (wish.kind) {
    case 'pause':
      return state.kind === 'paused'
    case 'freeze':
      return release.batches.some((own) => own.uid === inProgress(release) && isFrozen(own))
    case 'resume':
      return state.kind === 'running' && !isBraked(release)
    case 'approve':
      return release.approved.includes(wish.step)
    case 'push-all':
      return state.kind === 'running' && gatesLeft(release).length === 0 && release.approved.length > 0
    case 'skip':
      return isLeftOut(release, wish.batch) && (state.kind !== 'held' || state.hold.batch !== wish.batch)
    case 'retry':
      return (
        (state.kind === 'running' || (state.kind === 'rolling-back' && !isStranded(release, wish.batch))) &&
        lastOf(release, 'retried') === wish.batch
      )
    case 'adopt':
      return state.kind === 'running' && lastOf(release, 'adopted') === wish.batch
    case 'restore':
      return state.kind === 'running' && lastOf(release, 'restored') === wish.batch
    case 'change-plan':
      return false
    case 'stop':
      return state.kind === 'ended'
    case 'roll-back':
      return isGoingBack(release, wish)
    default:
      return assertNever(wish)
  }
}

function isLeftOut({ batches }: Release, batch: Uid): boolean {
  const phase = batches.find((own) => own.uid === batch)?.phase
  return phase?.kind === 'skipped' || (phase?.kind === 'stuck' && phase.why.kind === 'unready')
}

/** Every batch that is meant goes back already, no slower than is wished, and nothing else follows than what was asked. */
function isGoingBack(
  release: Release,
  { mode, batches }: Extract<ReleaseCommand, { kind: 'roll-back' }>,
): boolean {
  const { state } = release
  if (state.kind !== 'rolling-back' || state.then !== 'end') return false
  if (state.mode !== 'at-once' && state.mode !== mode) return false
  const meant = release.batches.filter((own) => batches.includes(own.uid) && isTouched(own))
  return meant.length > 0 && meant.every((own) => isOnItsWay(release, own))
}

/** The batch of the last event, if it is of this kind. */
function lastOf(release: Release, what: 'retried' | 'adopted' | 'restored'): Uid | undefined {
  const last = release.log.at(-1)
  return last?.what === what ? last.batch : undefined
}
