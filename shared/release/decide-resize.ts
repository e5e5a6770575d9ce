import { unforgiven } from './forgiven.ts'
import { lastWriter } from './last-writer.ts'
import type { Batch } from '../model/batch-set.ts'
import { findBatch, goneHold, type Observed } from './observed.ts'
import { refusalHold } from './refusal-hold.ts'
import type { Effect, Release, Resize } from './release.ts'
import type { Hold } from './hold.ts'
import { earliest, held, logged, type Decision } from './transitions.ts'
import { waitsUntil } from './settle/tries.ts'

type Target = Resize['targets'][number]
type Seen = { readonly observed: Observed; readonly now: number }

/**
 * First everything grows and becomes available, then everything else shrinks: capacity never falls below the
 * smaller of before and after. One batch a decision.
 */
export function decideResize(release: Release, resize: Resize, seen: Seen): Decision {
  const { observed, now } = seen
  const growing = resize.phase === 'growing'
  const mine = resize.targets
    .filter((target) => (growing ? target.to > target.from : target.to < target.from))
    .filter((target) => findBatch(observed, target.batch) !== undefined || !isLeftOut(release, target))
  for (const target of mine) {
    const batch = findBatch(observed, target.batch)
    if (batch === undefined)
      return { release: held(release, goneHold(target.batch, release, observed), now), effects: [] }
    // What has grown there would take none of the traffic, and others are to shrink for it.
    if (batch.unselected === true)
      return { release: held(release, { kind: 'unselected', batch: batch.uid }, now), effects: [] }
    if (batch.desired === target.to) continue
    if (isMoved(target, batch)) return { release: held(release, scaledBy(batch), now), effects: [] }
    // Confirmed by the server: what we see is older than our write.
    if (target.sent) return { release, effects: [] }
    const wakeAt = waitsUntil(target.retryAt, now)
    if (wakeAt !== undefined) return { release, effects: [], wakeAt }
    return { release: asked(release, resize, target), effects: [setReplicas(release, target, batch.name)] }
  }
  const waiting = mine.filter((target) => !hasReached(target, observed))
  if (waiting.length > 0) return waitFor(release, resize, { ...seen, waiting })
  if (growing) return decideResize(...stepped(release, { ...resize, phase: 'shrinking' }, seen))
  const done = { ...release, resize: { ...resize, phase: 'done' as const } }
  return { release: logged(done, { at: now, what: 'resized' }), effects: [], wakeAt: now }
}

/** The intent of its write, for the journal. */
function asked(release: Release, resize: Resize, target: Target): Release {
  if (target.asked === true) return release
  const targets = resize.targets.map((one) =>
    one.batch === target.batch ? { ...one, asked: true as const } : one,
  )
  return { ...release, resize: { ...resize, targets } }
}

/** Where its Deployment is gone, and a person has said to go on without it. */
function isLeftOut(release: Release, target: Target): boolean {
  const phase = release.batches.find((own) => own.uid === target.batch)?.phase
  return phase?.kind === 'skipped' && phase.asks === true
}

/** Whether somebody else has set another size, before our write or after it. */
export function isMoved(target: Target, batch: Batch): boolean {
  if (batch.desired === target.to) return false
  if (batch.desired !== target.from) return true
  return target.sent && target.generation !== undefined && batch.generation >= target.generation
}

/** Without a digest: it is about the size, not about what the pods run. */
function scaledBy(batch: Batch): Hold {
  return { kind: 'foreign', batch: batch.uid, ...lastWriter(batch.writers, 'replicas') }
}

/** Trouble and time limit are those of a release: a size that can't be reached holds it, and says why. */
function waitFor(
  release: Release,
  resize: Resize,
  { observed, now, waiting }: Seen & { readonly waiting: readonly Target[] },
): Decision {
  const looks = waiting.map((target) =>
    lookAt(release, target, { batch: findBatch(observed, target.batch), now }),
  )
  const targets = resize.targets.map(
    (target) => looks.find((look) => look.target.batch === target.batch)?.target ?? target,
  )
  const isSame = targets.every((target, index) => target === resize.targets[index])
  const next = isSame ? release : { ...release, resize: { ...resize, targets } }
  const hold = looks.find((look) => look.hold !== undefined)?.hold
  if (hold !== undefined) return { release: held(next, hold, now), effects: [] }
  const wakeAt = earliest(looks.map((look) => look.wakeAt))
  return { release: next, effects: [], ...(wakeAt !== undefined && { wakeAt }) }
}

type Look = { readonly target: Target; readonly hold?: Hold; readonly wakeAt?: number }

function lookAt(
  release: Release,
  target: Target,
  { batch, now }: { readonly batch: Batch | undefined; readonly now: number },
): Look {
  if (batch === undefined) return { target }
  const near = target.to > target.from ? Math.min(batch.available, serving(batch)) : -batch.total
  const isNearer = target.best === undefined || target.progressAt === undefined || near > target.best
  const moved = isNearer ? { ...target, best: near, progressAt: now } : target
  const hold = target.to > target.from ? troubleHold(moved, batch, now) : undefined
  if (hold !== undefined) return { target: moved, hold }
  const { progressAt = now } = moved
  const refused = refusalHold(release, batch, { since: moved.refusedSince, progressAt, now })
  const waiting = withRefusal(moved, refused.refusedSince)
  if (refused.hold !== undefined) return { target: waiting, hold: refused.hold }
  const limit = progressAt + release.plan.batchLimitSeconds * 1000
  if (now >= limit) return { target: waiting, hold: { kind: 'deadline', batch: batch.uid } }
  return { target: waiting, wakeAt: earliest([limit, moved.forgives?.until, refused.wakeAt]) ?? limit }
}

function withRefusal(target: Target, refusedSince: number | undefined): Target {
  if (target.refusedSince === refusedSince) return target
  const { refusedSince: _, ...rest } = target
  return { ...rest, ...(refusedSince !== undefined && { refusedSince }) }
}

function troubleHold(target: Target, batch: Batch, now: number): Hold | undefined {
  if (batch.trouble?.weight !== 'final') return undefined
  const { reason, message, pod, pods } = batch.trouble
  const named = pod === undefined ? {} : { pod }
  const hold: Hold = { kind: 'pods', batch: batch.uid, reason, message, pods, ...named }
  return unforgiven(hold, target, { batch, now })
}

function stepped(release: Release, resize: Resize, seen: Seen): Parameters<typeof decideResize> {
  return [{ ...release, resize }, resize, seen]
}

function serving(batch: Batch): number {
  return batch.servingNew + batch.servingOld
}

function hasReached(target: Target, observed: Observed): boolean {
  const batch = findBatch(observed, target.batch)
  if (batch === undefined || batch.observedGeneration < batch.generation) return false
  if (target.to > target.from) return batch.available >= target.to && serving(batch) >= target.to
  return batch.total === target.to
}

function setReplicas(release: Release, target: Target, name: string): Effect {
  return {
    kind: 'set-replicas',
    id: `${release.id}/${name}/size`,
    batch: target.batch,
    name,
    from: target.from,
    to: target.to,
  }
}
