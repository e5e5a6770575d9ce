import { failed, ok, type Reply } from '../fault.ts'
import type { Uid } from '../ids.ts'
import { hasTemplate } from '../k8s/template-digest.ts'
import { baselineOf } from './start/baseline-of.ts'
import { hasNotBegun } from './change-plan.ts'
import type { CommandContext } from './command-context.ts'
import { setFreeze, thawing } from './decide-freeze.ts'
import { knownOf } from './start/known-of.ts'
import { leftOut } from './start/leave-out.ts'
import { findBatch } from './observed.ts'
import type { Release, ReleaseBatch } from './release.ts'
import { isTouched } from './standing.ts'
import { logged, setBatch } from './transitions.ts'

const changedAgain = { kind: 'changed-again' } as const

/**
 * Accepts what somebody else has made of a batch. Before its turn, that is what it runs from now on; after it, the
 * batch is left out and keeps it. A Deployment that was created anew takes the place of the one that is gone.
 */
export function adopted(release: Release, batch: Uid, context: CommandContext): Reply<Release> {
  const { observed, by, now } = context
  const own = release.batches.find((one) => one.uid === batch)
  const hold = release.state.kind === 'held' ? release.state.hold : undefined
  if (own === undefined || hold === undefined) return failed('conflict', changedAgain)
  const going: Release = { ...thawing(release, true), state: { kind: 'running' } }
  // What is gone has nothing left to be cleared, and what stands in its place was never paused by us.
  const running = hold.kind === 'gone' ? setFreeze(going, batch, undefined) : going
  const found = findBatch(observed, hold.kind === 'gone' ? (hold.again ?? batch) : batch)
  if (found === undefined) return failed('conflict', changedAgain)
  const event = { at: now, what: 'adopted', batch: found.uid, by } as const
  if (hold.kind === 'foreign' && hold.digest === undefined)
    return ok(logged(withSize(running, batch, undefined), event))
  if (hold.kind === 'foreign') {
    if (!hasTemplate(found, hold.digest)) return failed('conflict', changedAgain)
    if (isTouched(own)) return ok(logged(leftOut(running, batch), event))
  }
  const { images = [] } = own
  const lacking = images.find(({ container }) => !found.containers.some((one) => one.name === container))
  if (lacking !== undefined)
    return failed('conflict', {
      kind: 'leave-out-without-container',
      batch: found.name,
      container: lacking.container,
    })
  const fresh: Partial<ReleaseBatch> = {
    uid: found.uid,
    baseline: baselineOf(found),
    startsFrom: found.templateDigest,
    replicas: found.desired,
    // What the plan leaves out stays left out.
    phase: own.phase.kind === 'skipped' ? { kind: 'skipped', touched: false } : { kind: 'waiting' },
  }
  const steps = release.plan.steps.map((step) =>
    step.batch === batch ? { ...step, batch: found.uid } : step,
  )
  const sized = withSize(running, batch, { batch: found.uid, from: found.desired })
  const next = { ...sized, plan: { ...release.plan, steps }, batches: sized.batches.map(withoutStart) }
  return ok(logged(setBatch(next, batch, fresh), event))

  /** What it runs now is both: nothing of ours was there before. */
  function withoutStart(one: ReleaseBatch): ReleaseBatch {
    const { start: _, late: __, ...rest } = one
    return one.uid === batch ? rest : one
  }
}

/** A batch that is another one by now is sized from what it has; one whose size is accepted has no other to get to. */
export function withSize(
  release: Release,
  batch: Uid,
  now: { readonly batch: Uid; readonly from: number } | undefined,
): Release {
  const { resize } = release
  if (resize === undefined) return release
  const targets = resize.targets.flatMap((target) => {
    if (target.batch !== batch) return [target]
    return now === undefined ? [] : [{ ...now, to: target.to, sent: false }]
  })
  // What is new has to grow first, too.
  const phase = resize.phase === 'done' ? 'done' : 'growing'
  return { ...release, resize: { phase, targets } }
}

/** Puts back what this release had made of a batch, or what it found there before its turn. */
export function restored(
  release: Release,
  batch: Uid,
  { observed, by, now }: CommandContext,
): Reply<Release> {
  const own = release.batches.find((one) => one.uid === batch)
  const hold = release.state.kind === 'held' ? release.state.hold : undefined
  if (own === undefined || hold === undefined) return failed('conflict', changedAgain)
  const running = logged(
    { ...thawing(release, true), state: { kind: 'running' } },
    { at: now, what: 'restored', batch, by },
  )
  if (hold.kind === 'batch-paused') return ok(setFreeze(running, batch, { wish: 'thaw', sent: false }))
  if (hold.kind !== 'foreign' || hold.digest === undefined) return failed('conflict', changedAgain)
  const since = { attempt: 1, since: now } as const
  const found = findBatch(observed, batch)
  const known = found === undefined ? {} : knownOf(found)
  // Before its turn it only gets back what it had: its gate is still to be opened.
  const phase = !hasNotBegun(own)
    ? ({ kind: 'patching', ...since, ...known, over: hold.digest } as const)
    : ({ kind: 'returning', ...since, over: [hold.digest], to: 'start' } as const)
  return ok(setBatch(running, batch, { phase }))
}
