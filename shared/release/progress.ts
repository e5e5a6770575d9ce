import type { Uid } from '../ids.ts'
import { assertNever } from '../assert-never.ts'
import type { Batch } from '../model/batch-set.ts'
import { bakeGate } from './gates/bake.ts'
import type { GateInput } from './gates/gate.ts'
import { isFull, readyGate } from './gates/ready.ts'
import { restartsGate } from './gates/restarts.ts'
import { lastWriter } from './last-writer.ts'
import { defaultGates, type Gates } from './plan.ts'
import type { BatchPhase, Hold, Release, ReleaseBatch } from './release.ts'
import { runsImages } from './template-images.ts'

/** What looking at one batch again came to. */
export type Look = { readonly phase: BatchPhase; readonly hold?: Hold; readonly wakeAt?: number }

export function gatesOf(release: Release, batch: Uid): Gates {
  return release.plan.steps.find((step) => step.batch === batch)?.gates ?? defaultGates
}

/** Judges one batch of a forward release on live data. Starts nothing: that is for `decide`. */
export function lookAtBatch(
  release: Release,
  own: ReleaseBatch,
  seen: { batch: Batch | undefined; now: number },
): Look {
  const { batch, now } = seen
  const { phase } = own
  if (batch === undefined || batch.deleting) return { phase, hold: { kind: 'gone', batch: own.uid } }
  const ours = release.change.kind === 'image' && runsImages(batch, release.change.images)
  const untouched = batch.templateDigest === own.baseline.templateDigest
  switch (phase.kind) {
    case 'waiting':
      return ours || untouched ? { phase } : { phase, hold: foreign(batch) }
    case 'patching':
      // Found as wanted: the answer was lost, or we were killed after the write. It is never sent again.
      if (ours) return { phase: rollingPhase(batch, phase, now) }
      return untouched ? { phase } : { phase, hold: foreign(batch) }
    case 'rolling':
      if (batch.generation < phase.generation) return { phase }
      return ours ? lookAtRolling(release, phase, { batch, now }) : { phase, hold: foreign(batch) }
    case 'baking':
      if (batch.generation < phase.generation) return { phase }
      return ours ? lookAtBaking(release, phase, { batch, now }) : { phase, hold: foreign(batch) }
    case 'done':
      if (batch.generation < phase.generation) return { phase }
      if (!ours) return { phase, hold: foreign(batch) }
      // Latched: it stays done. A regression is told and holds what comes next.
      return batch.trouble !== undefined && !isFull(batch, gatesOf(release, batch.uid).tolerance)
        ? { phase, hold: { kind: 'regressed', batch: batch.uid } }
        : { phase }
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
  from: { readonly since: number; readonly deadlineBefore?: number },
  now: number,
): BatchPhase {
  return {
    kind: 'rolling',
    since: from.since,
    generation: batch.generation,
    highWater: 0,
    progressAt: now,
    restartsBefore: 0,
    ...(from.deadlineBefore !== undefined && { deadlineBefore: from.deadlineBefore }),
  }
}

type Rolling = Extract<BatchPhase, { kind: 'rolling' }>
type Baking = Extract<BatchPhase, { kind: 'baking' }>

function lookAtRolling(release: Release, phase: Rolling, seen: { batch: Batch; now: number }): Look {
  const { batch, now } = seen
  const input = gateInput(release, phase, batch)
  const height = batch.updated + batch.available
  const risen = height > phase.highWater && batch.observedGeneration >= phase.generation
  const moved: Rolling = risen ? { ...phase, highWater: height, progressAt: now } : phase
  const restarts = restartsGate(input)
  if (restarts.kind === 'fail') return { phase: moved, hold: restarts.hold }
  const ready = readyGate(input)
  if (ready.kind === 'fail') return { phase: moved, hold: ready.hold }
  if (ready.kind === 'open') {
    const { generation, since, restartsBefore } = moved
    const baking: Baking = { kind: 'baking', since: now, generation, rolledSince: since, restartsBefore }
    return lookAtBaking(release, baking, seen)
  }
  const limit = moved.progressAt + release.plan.batchLimitSeconds * 1000
  return now >= limit
    ? { phase: moved, hold: { kind: 'deadline', batch: batch.uid } }
    : { phase: moved, wakeAt: limit }
}

function lookAtBaking(release: Release, phase: Baking, seen: { batch: Batch; now: number }): Look {
  const { batch, now } = seen
  const input = gateInput(release, phase, batch)
  const restarts = restartsGate(input)
  if (restarts.kind === 'fail') return { phase, hold: restarts.hold }
  const ready = readyGate(input)
  if (ready.kind !== 'open') {
    // It fell back in its bake time: it has to become whole, and bake, anew.
    const { generation, rolledSince, restartsBefore } = phase
    const again: Rolling = {
      kind: 'rolling',
      since: rolledSince,
      generation,
      highWater: batch.updated + batch.available,
      progressAt: now,
      restartsBefore,
    }
    return ready.kind === 'fail' ? { phase: again, hold: ready.hold } : { phase: again }
  }
  const bake = bakeGate(input.gates, phase.since, now)
  if (bake.kind === 'wait') return { phase, ...(bake.until !== undefined && { wakeAt: bake.until }) }
  return {
    phase: {
      kind: 'done',
      at: now,
      generation: phase.generation,
      rolledSince: phase.rolledSince,
      empty: batch.desired === 0,
    },
  }
}

function gateInput(release: Release, phase: Rolling | Baking, batch: Batch): GateInput {
  return {
    gates: gatesOf(release, batch.uid),
    batch,
    generation: phase.generation,
    restartsBefore: phase.restartsBefore,
    deadlineBefore: phase.kind === 'rolling' ? phase.deadlineBefore : batch.deadlineExceededAt,
  }
}

/** Somebody else wrote: the last writer is named, nothing is overwritten. */
export function foreign(batch: Batch): Extract<Hold, { kind: 'foreign' }> {
  return { kind: 'foreign', batch: batch.uid, ...lastWriter(batch.writers) }
}
