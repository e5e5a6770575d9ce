import { assertNever } from '../assert-never.ts'
import type { BatchSet } from '../model/batch-set.ts'
import type { Freshness } from '../model/freshness.ts'
import { steeringVerbs, type LockView, type SteeringVerb, type VerbView } from '../model/pipeline.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import type { Sentence } from '../release/sentence.ts'
import {
  batchAfter,
  currentIndex,
  isTouched,
  keepsChange,
  numbersOf,
  waitingStep,
} from '../release/standing.ts'
import { gatesLeft, hasBegun, inProgress, subjectOf, whyNot, type BatchVerb } from '../release/verbs.ts'
import { afterLeavingOut, type LeftBehind } from './after-leaving-out.ts'
import { imageText } from './image-text.ts'
import { trafficOf } from './traffic.ts'

export type VerbContext = {
  readonly set: BatchSet
  readonly freshness: Freshness
  readonly lock: LockView
  readonly driving: boolean
}

/** Every verb with what it would do, and why not if it can't. */
export function verbViews(release: Release, context: VerbContext): readonly VerbView[] {
  const seen = { freshness: context.freshness, batches: context.set.batches }
  const undriven = !context.driving && release.state.kind !== 'ended'
  const steering = steeringVerbs.map((verb): VerbView => {
    const why = (undriven ? whyNotYours(verb, context.lock) : undefined) ?? whyNot(verb, release, seen)
    const step = verb === 'approve' ? waitingStep(release) : undefined
    const batch = isAboutBatch(verb) ? subjectOf(verb, release) : undefined
    return {
      verb,
      enabled: why === undefined,
      sentence: targetOf(verb, release, context.set),
      ...(why !== undefined && { why }),
      ...(step !== undefined && { step }),
      ...(batch !== undefined && { batch }),
    }
  })
  return undriven ? [takeOver(context.lock), ...steering] : steering
}

/** Rolling back takes the lock over by itself once nobody holds it: in an incident seconds count. */
function whyNotYours(verb: SteeringVerb, lock: LockView): Sentence | undefined {
  if (isHeld(lock)) return { kind: 'off-other-holder', holder: lock.holder }
  return verb === 'roll-back' ? undefined : { kind: 'off-nobody-drives' }
}

function isHeld(lock: LockView): lock is Extract<LockView, { readonly kind: 'other' }> {
  return lock.kind === 'other' && !lock.expired
}

function takeOver(lock: LockView): VerbView {
  const sentence: Sentence = { kind: 'verb-take-over', holder: lock.kind === 'other' ? lock.holder : '' }
  if (!isHeld(lock)) return { verb: 'take-over', enabled: true, sentence }
  const why: Sentence = { kind: 'off-holder-alive', holder: lock.holder, seconds: lock.seconds }
  return { verb: 'take-over', enabled: false, sentence, why }
}

function isAboutBatch(verb: SteeringVerb): verb is BatchVerb {
  return verb === 'retry' || verb === 'skip' || verb === 'adopt' || verb === 'restore'
}

function targetOf(verb: SteeringVerb, release: Release, set: BatchSet): Sentence {
  const index = currentIndex(release)
  const current = release.batches[index]
  const inProgress = current !== undefined && current.phase.kind !== 'waiting' ? current : undefined
  const next = release.batches.find((own) => own.phase.kind === 'waiting')
  const touched = release.batches.filter(isTouched)
  switch (verb) {
    case 'pause':
      return {
        kind: 'verb-pause',
        ...(inProgress !== undefined && { current: inProgress.number }),
        ...(next !== undefined && { next: next.number }),
      }
    case 'resume':
      if (release.state.kind === 'held') return batchTarget('retry', release, set)
      return { kind: 'verb-resume', ...(next !== undefined && { next: next.number }) }
    case 'freeze':
      return { kind: 'verb-freeze', batch: inProgressNumber(release) }
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      return batchTarget(verb, release, set)
    case 'approve':
      return approveTarget(release, set)
    case 'push-all':
      return {
        kind: 'verb-push-all',
        batches: numbersOf(
          gatesLeft(release).flatMap((step) => {
            return batchAfter(release, step) ?? []
          }),
        ),
      }
    case 'stop':
      return {
        kind: 'verb-stop',
        changed: numbersOf(release.batches.filter(keepsChange)),
        unchanged: numbersOf(release.batches.filter((own) => !keepsChange(own))),
      }
    case 'roll-back':
      return {
        kind: 'verb-roll-back',
        batches: numbersOf(touched),
        tag: imageText(release, 'before'),
        pods: podsOf(
          set,
          touched.map((own) => own.uid),
        ),
      }
  }
}

function approveTarget(release: Release, set: BatchSet): Sentence {
  const current = Math.max(currentIndex(release), 0)
  const own =
    waitingStep(release) === undefined
      ? release.batches.slice(current + 1).find((one) => one.phase.kind === 'waiting')
      : release.batches[current]
  const batch = set.batches.find((one) => one.uid === own?.uid)
  const traffic = trafficOf(set, release)
  const served = batch === undefined ? { fresh: 0, old: 0 } : traffic.batches.get(batch.uid)
  const { fresh = 0, old = 0 } = served ?? {}
  const desired = batch?.desired ?? 0
  const after = traffic.ready - fresh - old + desired
  return {
    kind: 'verb-approve',
    change: release.change.kind,
    batch: own?.number ?? 0,
    pods: desired,
    name: own?.name ?? '',
    tag: imageText(release),
    shareBefore: traffic.share(traffic.fresh),
    shareAfter: after === 0 ? 0 : (traffic.fresh - fresh + desired) / after,
  }
}

function inProgressNumber(release: Release): number {
  const uid = inProgress(release)
  return release.batches.find((own) => own.uid === uid)?.number ?? 0
}

function batchTarget(verb: BatchVerb, release: Release, set: BatchSet): Sentence {
  const uid = subjectOf(verb, release)
  const own = release.batches.find((one) => one.uid === uid)
  const hold = release.state.kind === 'held' ? release.state.hold : undefined
  const batch = own?.number ?? 0
  const begun = own !== undefined && isTouched(own)
  const manager = hold !== undefined && 'manager' in hold ? hold.manager : ''
  switch (verb) {
    case 'retry':
      return { kind: 'verb-retry', batch, again: own?.phase.kind === 'returned' }
    case 'skip':
      return {
        kind: 'verb-skip',
        batch,
        touched: begun,
        after: afterLeavingOut(leftBehind(release, set), uid ?? ''),
      }
    case 'adopt':
      return hold?.kind === 'foreign' && hold.digest === undefined
        ? { kind: 'verb-adopt-size', batch, manager }
        : {
            kind: 'verb-adopt',
            batch,
            manager,
            begun,
            ...(begun && { after: afterLeavingOut(leftBehind(release, set), uid ?? '') }),
          }
    case 'restore':
      return { kind: 'verb-restore', batch, manager, begun }
    default:
      return assertNever(verb)
  }
}

function leftBehind(release: Release, set: BatchSet): LeftBehind {
  return {
    change: release.change.kind,
    tag: imageText(release),
    batches: release.batches.map((own) => ({
      uid: own.uid,
      number: own.number,
      name: own.name,
      pods: podsOf(set, [own.uid]),
      stage: stageOf(own),
    })),
  }
}

function stageOf(own: ReleaseBatch): LeftBehind['batches'][number]['stage'] {
  if (own.phase.kind === 'skipped') return 'left-out'
  if (own.phase.kind === 'done') return 'done'
  return hasBegun(own) ? 'begun' : 'to-come'
}

function podsOf(set: BatchSet, uids: readonly string[]): number {
  return set.batches
    .filter((batch) => uids.includes(batch.uid))
    .reduce((sum, batch) => sum + batch.desired, 0)
}
