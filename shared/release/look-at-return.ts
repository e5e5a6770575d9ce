import type { Batch } from '../model/batch-set.ts'
import { unforgiven } from './forgiven.ts'
import { readyGate } from './gates/ready.ts'
import { gatesOf } from './progress.ts'
import { refusalHold } from './refusal-hold.ts'
import type { BatchPhase, Release } from './release.ts'
import { earliest } from './transitions.ts'

type RollingBack = Extract<BatchPhase, { kind: 'rolling-back' }>
type Seen = { readonly batch: Batch; readonly now: number }

/**
 * A batch whose earlier template is written, and whose pods are not all there. They may never come: an image that is
 * gone by now, a quota, a crash. What keeps them is told at once, and that nothing moves at the limit of a batch. Their
 * time goes on all the same; a person may give them more, or go on without them.
 */
export function lookAtReturn(
  release: Release,
  phase: RollingBack,
  { batch, now }: Seen,
): { readonly phase: RollingBack; readonly wakeAt?: number } {
  const isSeen = batch.generation >= phase.generation && batch.observedGeneration >= batch.generation
  const height = batch.updated + batch.available
  const isHigher = phase.highWater === undefined || height > phase.highWater
  // A clock that went back must not make hours of the limit: it is counted from now.
  const isNew = phase.progressAt === undefined || phase.progressAt > now
  const moved: RollingBack =
    isNew || (isSeen && isHigher)
      ? { ...phase, progressAt: now, ...(isSeen && { highWater: height }) }
      : phase
  const { wakeAt, ...found } = keeping(release, moved, { batch, now })
  const { hold, overdue, refusedSince, ...rest } = moved
  const next = isSame({ hold, overdue, refusedSince }, found) ? moved : { ...rest, ...found }
  return { phase: next, ...(wakeAt !== undefined && { wakeAt }) }
}

type Found = Pick<RollingBack, 'hold' | 'overdue' | 'refusedSince'>

function keeping(
  release: Release,
  phase: RollingBack,
  { batch, now }: Seen,
): Found & { readonly wakeAt?: number } {
  const { generation, forgives, refusedSince: since, progressAt = now } = phase
  const gate = readyGate({
    gates: gatesOf(release, batch.uid),
    batch,
    generation,
    restarts: undefined,
    restartsBefore: 0,
    // The controller's own deadline may be that of what is taken back. Ours begins with the write.
    deadlineBefore: batch.deadlineExceededAt,
  })
  const failing = gate.kind === 'fail' ? unforgiven(gate.hold, phase, { batch, now }) : undefined
  const { hold: refusal, wakeAt, ...refused } = refusalHold(release, batch, { since, progressAt, now })
  const hold = failing ?? refusal
  const limit = progressAt + release.plan.batchLimitSeconds * 1000
  if (now >= limit) return { ...refused, hold: hold ?? { kind: 'deadline', batch: batch.uid }, overdue: true }
  const forgiven = forgives !== undefined && forgives.until > now ? forgives.until : undefined
  return {
    ...refused,
    ...(hold !== undefined && { hold }),
    wakeAt: earliest([limit, forgiven, wakeAt]) ?? limit,
  }
}

function isSame(before: { readonly [K in keyof Found]: Found[K] | undefined }, found: Found): boolean {
  const { hold, overdue, refusedSince } = before
  return (
    overdue === found.overdue &&
    refusedSince === found.refusedSince &&
    JSON.stringify(hold) === JSON.stringify(found.hold)
  )
}
