import type { Uid } from '../ids.ts'
import { isByOurHand } from './settle/own-hand.ts'
import { assertNever } from '../assert-never.ts'
import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch } from '../model/batch-set.ts'
import { isAtTarget } from './change/change.ts'
import { isKeptStill } from './decide-freeze.ts'
import { unforgiven } from './forgiven.ts'
import { bakeGate } from './gates/bake.ts'
import type { GateInput, GateResult } from './gates/gate.ts'
import { mayMiss } from './gates/excused.ts'
import { isFull, readyGate } from './gates/ready.ts'
import { lastWriter } from './last-writer.ts'
import { askGates, defaultGates, type Gates } from './gates/gate-table.ts'
import type { BatchPhase, Release, ReleaseBatch } from './release.ts'
import type { Hold } from './hold.ts'
import { refusalHold } from './refusal-hold.ts'
import { counted } from './restart-count.ts'
import { haveStayedReady, watchedAgain } from './unwatched.ts'

/** What looking at one batch again came to. */
export type Inspection = { readonly phase: BatchPhase; readonly hold?: Hold; readonly wakeAt?: number }

/** A finished batch may lose pods for so long, as when a node is drained, before the release is held for it. */
const regressionMs = 30_000

export function gatesOf(release: Release, batch: Uid): Gates {
  return release.plan.steps.find((step) => step.batch === batch)?.gates ?? defaultGates
}

/** Judges one batch of a forward release on live data. Starts nothing: that is for `decide`. */
export function lookAtBatch(
  release: Release,
  own: ReleaseBatch,
  { batch, now }: { readonly batch: Batch | undefined; readonly now: number },
): Inspection {
  if (own.phase.kind === 'skipped') return { phase: own.phase }
  if (batch === undefined || batch.deleting)
    return { phase: own.phase, hold: { kind: 'gone', batch: own.uid } }
  const look = judged(release, own, { batch, now })
  if (look.hold !== undefined || batch.unselected !== true) return look
  return { ...look, hold: { kind: 'unselected', batch: own.uid } }
}

function judged(release: Release, own: ReleaseBatch, { batch, now }: Seen): Inspection {
  const { phase } = own
  switch (phase.kind) {
    case 'skipped':
      return { phase }
    case 'waiting':
      return isAtTarget(release, own, batch) || hasTemplate(batch, own.startsFrom)
        ? { phase }
        : { phase, hold: foreign(batch) }
    case 'patching':
      // Found as wanted: the answer was lost, or we were killed after the write. It is never sent again.
      if (isAtTarget(release, own, batch)) return { phase: rollingPhase(batch, phase, now) }
      // What our write has become may be seen before its answer says so, with what a webhook has added to it.
      return hasTemplate(batch, own.startsFrom) ||
        hasTemplate(batch, phase.over) ||
        isByOurHand(batch.writers)
        ? { phase }
        : { phase, hold: foreign(batch) }
    case 'rolling':
    case 'baking':
    case 'done':
      if (batch.generation < phase.generation) return { phase }
      if (!hasTemplate(batch, phase.digest)) return { phase, hold: foreign(batch) }
      if (isKeptStill(own, batch)) return { phase }
      if (phase.kind === 'rolling') return lookAtRolling(release, phase, { batch, now })
      return phase.kind === 'baking'
        ? lookAtBaking(release, phase, { batch, now })
        : lookAtDone(release, phase, { batch, now })
    case 'returning':
    case 'rolling-back':
    case 'returned':
    case 'stuck':
      return { phase }
    default:
      return assertNever(phase)
  }
}

export function rollingPhase(
  batch: Batch,
  from: Pick<Extract<BatchPhase, { kind: 'patching' }>, 'since' | 'deadlineBefore' | 'restarts'>,
  now: number,
): Rolling {
  return {
    kind: 'rolling',
    since: from.since,
    generation: batch.generation,
    digest: batch.templateDigest,
    highWater: 0,
    progressAt: now,
    restartsBefore: 0,
    ...(from.restarts !== undefined && { restarts: from.restarts }),
    ...(from.deadlineBefore !== undefined && { deadlineBefore: from.deadlineBefore }),
  }
}

type Rolling = Extract<BatchPhase, { kind: 'rolling' }>
type Baking = Extract<BatchPhase, { kind: 'baking' }>
type Done = Extract<BatchPhase, { kind: 'done' }>
type Seen = { readonly batch: Batch; readonly now: number }

function lookAtRolling(release: Release, found: Rolling, seen: Seen): Inspection {
  const { batch, now } = seen
  const phase = withDeadlineTold(found, batch)
  const input = gateInput(release, phase, batch)
  const height = batch.updated + batch.available
  const risen = height > phase.highWater && batch.observedGeneration >= phase.generation
  const moved: Rolling = withRestarts(risen ? risenTo(height, phase, now) : phase, batch)
  const asked = askGates({ ...input, now, wholeSince: undefined })
  if (asked.kind === 'fail') return { phase: moved, hold: asked.hold }
  const ready = readyGate(input)
  if (ready.kind === 'fail') {
    const hold = unforgiven(ready.hold, moved, seen)
    if (hold !== undefined) return { phase: moved, hold }
    return { phase: moved, ...(moved.forgives !== undefined && { wakeAt: moved.forgives.until }) }
  }
  if (ready.kind === 'open') {
    const { generation, digest, since, restartsBefore, restarts: count, failBy } = moved
    const baking: Baking = {
      kind: 'baking',
      since: now,
      generation,
      digest,
      rolledSince: since,
      pods: batch.desired,
      restartsBefore,
      ...(count !== undefined && { restarts: count }),
      ...(failBy !== undefined && { failBy }),
    }
    return lookAtBaking(release, baking, seen)
  }
  const refused = refusalHold(release, batch, {
    since: moved.refusedSince,
    progressAt: moved.progressAt,
    now,
  })
  const waiting = withRefusal(moved, refused.refusedSince)
  if (refused.hold !== undefined) return { phase: waiting, hold: refused.hold }
  const limit = moved.failBy ?? moved.progressAt + release.plan.batchLimitSeconds * 1000
  return now >= limit
    ? { phase: waiting, hold: { kind: 'deadline', batch: batch.uid } }
    : { phase: waiting, wakeAt: Math.min(limit, refused.wakeAt ?? limit) }
}

/** What is overdue after this is so anew. */
function risenTo(height: number, { deadlineTold: _, ...phase }: Rolling, now: number): Rolling {
  return { ...phase, highWater: height, progressAt: now }
}

/** The controller counts from the last progress, whoever has gone on since: its one deadline for that is no news. */
function withDeadlineTold(phase: Rolling, { deadlineExceededAt: at }: Batch): Rolling {
  if (phase.deadlineTold === undefined || at === undefined || at === phase.deadlineBefore) return phase
  const { deadlineTold: _, ...rest } = phase
  return { ...rest, deadlineBefore: at }
}

function lookAtBaking(release: Release, found: Baking, seen: Seen): Inspection {
  const { batch, now } = seen
  // A clock that went back must not make a bake of hours: it is counted from now.
  const phase = withRestarts(found.since > now ? { ...found, since: now } : found, batch)
  const input = gateInput(release, phase, batch)
  const asked = askGates({ ...input, now, wholeSince: phase.since })
  if (asked.kind === 'fail') return { phase, hold: asked.hold }
  const ready = readyGate(input)
  if (ready.kind === 'fail') return { phase: fallenBack(release, phase, seen), hold: ready.hold }
  if (hasFallenBack(phase, input)) return { phase: fallenBack(release, phase, seen) }
  if (phase.unwatched === true) {
    if (haveStayedReady(batch, phase.since, baked(phase, input)))
      return lookAtBaking(release, watchedAgain(phase), seen)
    return lookAtRolling(release, fallenBack(release, phase, seen), seen)
  }
  const bake = bakeGate(input.gates, phase.since, now)
  const bakedAt = latest([bake, asked])
  // A gate that can't say when it opens is waited for as long as a batch.
  const isOpenEnded = bake.kind === 'open' && asked.kind === 'wait' && asked.until === undefined
  if (ready.kind === 'wait' || isOpenEnded) return waitsForMore(release, phase, { batch, now, bakedAt })
  const { generation, digest, rolledSince } = phase
  if (bake.kind === 'open' && asked.kind === 'open')
    return { phase: { kind: 'done', at: now, generation, digest, rolledSince, pods: batch.desired } }
  return { phase: whole(phase, batch), ...(bakedAt !== undefined && { wakeAt: bakedAt }) }
}

/** When the last of them opens, as far as they know. */
function latest(results: readonly GateResult[]): number | undefined {
  const times = results.flatMap((one) => (one.kind === 'wait' && one.until !== undefined ? [one.until] : []))
  return times.length === 0 ? undefined : Math.max(...times)
}

/**
 * Whether pods that baked are missing. A size that was changed, or a write that the controller has not looked at yet,
 * takes nothing from those that are there: their time goes on. Where there were none, the first to come have no time;
 * and one that was added does not stand in for one that baked.
 */
function hasFallenBack(phase: Baking, input: GateInput<Gates>): boolean {
  const { available, servingNew, desired } = input.batch
  if (phase.pods === 0 && desired > 0) return true
  if (Math.min(available, servingNew) < baked(phase, input)) return true
  const steady = steadyOf(phase, input.batch)
  const least = (steady ?? 0) - mayMiss(input.batch, input.gates.tolerance)
  return steady !== undefined && !haveStayedReady(input.batch, phase.since, least)
}

/** With how many the bake has begun that are still wanted, where others have been added since. */
function steadyOf({ steady, pods }: Baking, { desired }: Batch): number | undefined {
  const isGrown = steady !== undefined || desired > (pods ?? desired)
  return isGrown ? Math.min(steady ?? pods ?? desired, desired) : undefined
}

/** So many pods have to bake to the end. */
function baked({ pods }: Baking, { batch, gates }: GateInput<Gates>): number {
  return Math.min(pods ?? batch.desired, batch.desired) - mayMiss(batch, gates.tolerance)
}

/** It has to become whole, and bake, anew. */
function fallenBack(release: Release, phase: Baking, { batch, now }: Seen): Rolling {
  const { generation, digest, rolledSince, restartsBefore, restarts } = phase
  const { bakeSeconds } = gatesOf(release, batch.uid)
  return {
    kind: 'rolling',
    since: rolledSince,
    generation,
    digest,
    highWater: batch.updated + batch.available,
    progressAt: now,
    restartsBefore,
    ...(restarts !== undefined && { restarts }),
    failBy: phase.failBy ?? now + (release.plan.batchLimitSeconds + bakeSeconds) * 1000,
  }
}

/** All that baked are there, and others were added or are on their way out: waited for as long as for a batch. */
function waitsForMore(
  release: Release,
  phase: Baking,
  { batch, now, bakedAt }: Seen & { readonly bakedAt: number | undefined },
): Inspection {
  const waitsSince = phase.waitsSince ?? now
  const refused = refusalHold(release, batch, { since: phase.refusedSince, progressAt: waitsSince, now })
  const waiting = withRefusal(
    phase.waitsSince === undefined ? { ...phase, waitsSince } : phase,
    refused.refusedSince,
  )
  if (refused.hold !== undefined) return { phase: waiting, hold: refused.hold }
  const limit = Math.min(waitsSince + release.plan.batchLimitSeconds * 1000, phase.failBy ?? Infinity)
  if (now >= limit) return { phase: waiting, hold: { kind: 'deadline', batch: batch.uid } }
  return { phase: waiting, wakeAt: Math.min(limit, bakedAt ?? limit, refused.wakeAt ?? limit) }
}

/** With the pods that bake from now on. */
function whole(phase: Baking, batch: Batch): Baking {
  const { desired } = batch
  if (phase.waitsSince === undefined && phase.pods === desired) return phase
  const { waitsSince: _, refusedSince: __, ...rest } = phase
  const steady = steadyOf(phase, batch)
  return { ...rest, pods: desired, ...(steady !== undefined && { steady }) }
}

/** Latched: it stays done. A regression is told and holds what comes next. */
function lookAtDone(release: Release, phase: Done, { batch, now }: Seen): Inspection {
  const { sickSince, accepted, ...well } = phase
  const wanted = Math.min(phase.pods, batch.desired) - mayMiss(batch, gatesOf(release, batch.uid).tolerance)
  // What was written last is not looked at yet: that neither heals it nor makes it worse.
  if (batch.observedGeneration < batch.generation) return { phase }
  if (batch.available >= wanted) return { phase: sickSince === undefined ? phase : well }
  if (accepted !== undefined && isStillAccepted(accepted, { batch, now }))
    return { phase, wakeAt: accepted.until }
  const hold: Hold = { kind: 'regressed', batch: batch.uid }
  if (batch.trouble?.weight === 'final' && !isFull(batch, gatesOf(release, batch.uid))) return { phase, hold }
  // Fewer than a person went on with are a loss of their own, and get the time of one.
  const since = accepted !== undefined && now < accepted.until ? now : (sickSince ?? now)
  return now >= since + regressionMs
    ? { phase: { ...well, sickSince: since }, hold }
    : { phase: { ...well, sickSince: since }, wakeAt: since + regressionMs }
}

/** A person has gone on with it as it is: no fewer pods since, and none that is broken for another reason. */
function isStillAccepted({ available, ...forgives }: NonNullable<Done['accepted']>, seen: Seen): boolean {
  const { batch, now } = seen
  if (now >= forgives.until || batch.available < available) return false
  if (batch.trouble?.weight !== 'final') return true
  const { reason, message, pods } = batch.trouble
  return (
    unforgiven({ kind: 'pods', batch: batch.uid, reason, message, pods }, { forgives }, seen) === undefined
  )
}

function withRefusal<T extends Rolling | Baking>(phase: T, refusedSince: number | undefined): T {
  if (phase.refusedSince === refusedSince) return phase
  const { refusedSince: _, ...rest } = phase
  return { ...(rest as T), ...(refusedSince !== undefined && { refusedSince }) }
}

/** What has restarted stays counted, whatever becomes of the pod. */
function withRestarts<T extends Rolling | Baking>(phase: T, batch: Batch): T {
  const restarts = counted(phase.restarts ?? { before: {}, since: {} }, batch)
  return restarts === phase.restarts || Object.keys(restarts.since).length === 0
    ? phase
    : { ...phase, restarts }
}

function gateInput(release: Release, phase: Rolling | Baking, batch: Batch): GateInput<Gates> {
  return {
    gates: gatesOf(release, batch.uid),
    batch,
    generation: phase.generation,
    restarts: phase.restarts,
    restartsBefore: phase.restartsBefore,
    deadlineBefore: phase.kind === 'rolling' ? phase.deadlineBefore : batch.deadlineExceededAt,
  }
}

/** Somebody else wrote: the last writer is named, nothing is overwritten. */
export function foreign(batch: Batch): Extract<Hold, { kind: 'foreign' }> {
  return {
    kind: 'foreign',
    batch: batch.uid,
    digest: batch.templateDigest,
    ...lastWriter(batch.writers, 'image', 'template'),
  }
}
