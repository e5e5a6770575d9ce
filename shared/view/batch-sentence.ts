import { assertNever } from '../assert-never.ts'
import type { Batch } from '../model/batch-set.ts'
import { missingPods } from '../release/gates/excused.ts'
import { gatesOf } from '../release/progress.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'
import { currentIndex, isResizing, stepBefore, waitingStep } from '../release/standing.ts'
import type { BatchAppearance } from './batch-appearance.ts'
import { triedWrites } from './tried-writes.ts'
import { updatedPods } from './version-of.ts'

type Context = {
  readonly own: ReleaseBatch | undefined
  readonly look: BatchAppearance
  readonly pods: string
}

/** What a batch says of itself, in one sentence. */
export function batchSentence(
  batch: Batch,
  release: Release | undefined,
  { own, look, pods }: Context,
): Sentence {
  const count = (letter: string): number => pods.split(letter).length - 1
  const tried =
    release === undefined ? undefined : triedWrites(release).find((one) => one.batch === batch.uid)
  if (tried !== undefined) return { kind: 'batch-tried', tries: tried.tries }
  const hold = release?.state.kind === 'held' ? release.state.hold : undefined
  if (hold?.kind === 'given-up' && hold.batch === batch.uid && own?.phase.kind !== 'rolling')
    return { kind: 'batch-given-up', tries: hold.tries }
  if (batch.unselected === true && own !== undefined && !isGoingBack(own)) return { kind: 'batch-unselected' }
  if (release === undefined || own === undefined || release.change.kind === 'none') {
    const target = release?.resize?.targets.find((one) => one.batch === batch.uid)
    if (release !== undefined && isResizing(release) && target !== undefined) {
      return { kind: 'batch-resizing', available: batch.available, desired: target.to }
    }
    const failing = count('f') + count('x')
    // In the middle of a rollout there are more than are wanted: of two, no three are ready.
    const ready = Math.min(batch.ready, batch.desired)
    return failing === 0
      ? { kind: 'batch-idle', ready, desired: batch.desired }
      : { kind: 'batch-idle-failing', failing, ready, desired: batch.desired }
  }
  const updated = updatedPods(release, own, batch)
  // Ready, and no endpoint of the Service yet: still on their way.
  const starting = count('s') + Math.max(0, count('n') - updated)
  const counts = { updated, starting, failing: count('f') + count('x'), old: count('o') }
  const { desired } = batch
  const { phase } = own
  const returned = Math.min(count('o'), desired)
  if (look === 'failing' && (phase.kind === 'returning' || phase.kind === 'rolling-back')) {
    return { kind: 'batch-return-failing', returned, desired, failing: count('f') + count('x') }
  }
  if (look === 'failing' && phase.kind !== 'stuck' && phase.kind !== 'waiting') {
    return notGoingOn(batch, counts)
  }
  const excused = missingPods(batch, gatesOf(release, own.uid).tolerance)
  const missing = excused === undefined ? {} : { missing: excused.pods }
  if (look === 'frozen') return { kind: 'batch-frozen', updated, desired }
  switch (phase.kind) {
    case 'waiting':
      return waitingSentence(batch, release, own)
    case 'skipped':
      // Going back names the batches that are meant: the others are not left out of anything.
      return release.change.kind === 'restore' && !phase.touched
        ? { kind: 'batch-untouched' }
        : { kind: 'batch-skipped', touched: phase.touched }
    case 'patching':
      return { kind: 'batch-rolling', desired, updated, starting, old: counts.old }
    case 'rolling':
      if (batch.trouble?.weight === 'refused') return notGoingOn(batch, counts)
      return { kind: 'batch-rolling', desired, updated, starting, old: counts.old }
    case 'baking':
      if (batch.trouble?.weight === 'refused') return notGoingOn(batch, counts)
      return { kind: 'batch-baking', updated: updated + (excused?.pods ?? 0), desired, ...missing }
    case 'done':
      if (phase.pods === 0 && desired === 0) return { kind: 'batch-empty' }
      return { kind: 'batch-done', updated: updated + (excused?.pods ?? 0), desired, ...missing }
    case 'returning':
    case 'rolling-back':
      return { kind: 'batch-returning', returned, desired }
    case 'returned':
      return { kind: 'batch-returned' }
    case 'stuck':
      return { kind: 'batch-stuck', why: phase.why }
    default:
      return assertNever(phase)
  }
}

type Counts = {
  readonly updated: number
  readonly starting: number
  readonly failing: number
  readonly old: number
}

/** Held, or kept from going on: by pods that fail or that may not be made, or else by nothing that its pods show. */
function notGoingOn({ desired, trouble }: Batch, { failing, ...counts }: Counts): Sentence {
  const { updated } = counts
  if (failing > 0) return { kind: 'batch-failing', updated, desired, failing }
  return trouble?.weight === 'refused'
    ? { kind: 'batch-refused', updated, desired }
    : { kind: 'batch-rolling', desired, ...counts }
}

/** Its way back says more of it, and does not ask whether its pods are reached. */
function isGoingBack({ phase: { kind } }: ReleaseBatch): boolean {
  return kind === 'returning' || kind === 'rolling-back' || kind === 'returned' || kind === 'stuck'
}

function waitingSentence(batch: Batch, release: Release, own: ReleaseBatch): Sentence {
  const target = release.resize?.targets.find((one) => one.batch === batch.uid)
  if (isResizing(release) && target !== undefined) {
    return release.state.kind === 'paused' && !target.sent
      ? { kind: 'batch-resize-waits', desired: target.to }
      : { kind: 'batch-resizing', available: batch.available, desired: target.to }
  }
  switch (release.state.kind) {
    case 'ended':
    case 'rolling-back':
      return { kind: 'batch-untouched' }
    case 'held':
      return { kind: 'batch-held' }
    case 'running':
    case 'paused': {
      const index = release.batches.indexOf(own)
      const step = stepBefore(release, index)
      const before = step === undefined ? undefined : release.batches[step]
      if (before === undefined) return { kind: 'batch-first' }
      // "After batch 2" would promise that it is done.
      const isAsked = before.phase.kind === 'skipped' && !release.approved.includes(step ?? -1)
      return isAsked || (step === waitingStep(release) && index === currentIndex(release))
        ? { kind: 'batch-waits-approval' }
        : { kind: 'batch-after', batch: before.number }
    }
    default:
      return assertNever(release.state)
  }
}
