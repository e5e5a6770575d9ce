import { assertNever } from '../assert-never.ts'
import { hasTemplate } from '../k8s/template-digest.ts'
import type { Batch, BatchSet } from '../model/batch-set.ts'
import { strandedBatch } from '../release/answer-return.ts'
import { homeOf } from '../release/change/change.ts'
import { isFull } from '../release/gates/ready.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import type { Hold } from '../release/hold.ts'
import type { Sentence } from '../release/sentence.ts'
import { remainsOf } from '../release/remains.ts'
import {
  currentIndex,
  isInProgress,
  isResizing,
  keepsChange,
  numbersOf,
  waitingStep,
} from '../release/standing.ts'
import { byVersion, imagesAfter, imagesBack, imagesBefore } from './image-text.ts'
import { natureOf } from './service-nature.ts'
import { triedSentences } from './tried-writes.ts'
import { updatedPods, type Shown } from './version-of.ts'
import { isServiceThere } from './with-own-batches.ts'

/** The one sentence over the picture: what is going on, and who is waited for. */
export function headlineOf(set: BatchSet, { release, incident }: Shown): Sentence {
  // What somebody stopped or took back says more of itself; what is called done is no longer so.
  if (incident !== undefined && (release === undefined || isDone(release))) {
    const { ready, desired } = incident
    return { kind: 'incident', service: set.service.meta.name, ready, desired }
  }
  if (release === undefined) return headlineWithout(set)
  return recoveredSentence(set, release) ?? standstillOf(release) ?? runningSentence(set, release)
}

/**
 * Held for pods that have got over it since, or that the plan has taken back: what held it is told as what was, and
 * nothing goes on by itself.
 */
function recoveredSentence(set: BatchSet, release: Release): Sentence | undefined {
  if (release.state.kind !== 'held') return undefined
  const { batches } = set
  const { hold } = release.state
  if (hold.kind === 'service-gone' && isServiceThere(set)) return { kind: 'release-service-again' }
  const own = release.batches.find(({ uid }) => uid === hold.batch)
  const batch = batches.find(({ uid }) => uid === hold.batch)
  if (own === undefined || batch === undefined) return undefined
  const isBack = own.phase.kind === 'returned'
  if (!isBack && !isWhole(batch)) {
    if (hold.kind !== 'pods' || hold.pods > 0 || batch.trouble?.weight === 'refused') return undefined
    return { kind: 'release-pods-refused', batch: own.number, message: wordsOf(hold), passed: true }
  }
  const about = { batch: own.number, by: isBack ? ('rollback' as const) : ('itself' as const) }
  switch (hold.kind) {
    case 'pods':
      return { kind: 'release-recovered', ...about, was: 'failing', reason: hold.reason }
    case 'deadline':
    case 'regressed':
      return { kind: 'release-recovered', ...about, was: hold.kind, reason: '' }
    default:
      return undefined
  }
}

function wordsOf({ message, reason }: { readonly message: string; readonly reason: string }): string {
  return message === '' ? reason : message
}

function isWhole({ desired, updated, servingNew, trouble }: Batch): boolean {
  return desired > 0 && trouble === undefined && Math.min(updated, servingNew) >= desired
}

/** Why a release does not go forward by itself, or how it has ended: what is told to who looks elsewhere. */
export function standstillOf(release: Release): Sentence | undefined {
  const { state } = release
  switch (state.kind) {
    case 'ended':
      return endedSentence(release, state.outcome)
    case 'rolling-back': {
      const tried = triedSentences(release)[0]
      return {
        kind: 'release-rolling-back',
        batches: numbersOf(release.batches.filter((own) => state.batches.includes(own.uid))),
        ...(state.because !== undefined && { because: holdSentence(release, state.because) }),
        ...(tried !== undefined && { tried }),
        ...returnFailing(release),
      }
    }
    case 'held':
      return holdSentence(release, state.hold)
    case 'paused':
      return frozenSentence(release) ?? { kind: 'release-paused', by: state.by }
    case 'running':
      return approvalSentence(release)
    default:
      return assertNever(state)
  }
}

/** The batch that a person is asked about first. */
function returnFailing(release: Release): Pick<Extract<Sentence, { kind: 'release-rolling-back' }>, 'waits'> {
  const own = release.batches.find(({ uid }) => uid === strandedBatch(release, 'skip'))
  if (own?.phase.kind !== 'rolling-back' || own.phase.hold === undefined) return {}
  const { hold, overdue = false } = own.phase
  const failing = hold.kind === 'pods' ? { pods: hold.pods, reason: hold.reason } : { pods: 0, reason: '' }
  return { waits: { kind: 'return-failing', batch: own.number, ...failing, overdue } }
}

function isDone({ state }: Release): boolean {
  return state.kind === 'ended' && state.outcome === 'done'
}

function approvalSentence(release: Release): Sentence | undefined {
  const step = waitingStep(release)
  const next = release.batches[currentIndex(release)]
  if (step === undefined || next === undefined) return undefined
  const before = release.batches[step]
  const skipped = before?.phase.kind === 'skipped'
  return {
    kind: 'release-approval',
    done: before?.number ?? 0,
    next: next.number,
    ...(skipped && { skipped }),
  }
}

function headlineWithout(set: BatchSet): Sentence {
  if (set.batches.length === 0) return withoutBatches(set)
  const images = new Set(
    set.batches.map((batch) => batch.containers.map((container) => container.image).join(' ')),
  )
  if (images.size > 1) return { kind: 'several-versions', versions: images.size }
  const pods = set.batches.reduce((sum, batch) => sum + batch.desired, 0)
  return { kind: 'idle', batches: set.batches.length, pods }
}

/** Said instead of counts of nothing: what this Service is. */
function withoutBatches(set: BatchSet): Sentence {
  const service = set.service.meta.name
  const nature = natureOf(set)
  const { ready, all } = set.others
  switch (nature.kind) {
    case 'external-name':
      return { kind: 'external-name', service, name: nature.name }
    case 'no-selector':
      return { kind: 'no-selector', service, ready, all }
    case 'headless':
    case 'balanced':
      return { kind: 'no-batches', service, ready, all }
    default:
      return assertNever(nature)
  }
}

function runningSentence(set: BatchSet, release: Release): Sentence {
  const tried = triedSentences(release)[0]
  if (tried !== undefined) return tried
  const refused = refusedSentence(set, release)
  if (refused !== undefined) return refused
  if (release.resize !== undefined && release.resize.phase !== 'done') {
    return { kind: 'resizing', growing: release.resize.phase === 'growing' }
  }
  const own = release.batches[currentIndex(release)]
  if (own === undefined) return doneSentence(release)
  const batch = set.batches.find((one) => one.uid === own.uid)
  if (batch === undefined) {
    // Whoever drives it holds it for this at once; nobody else can, and sees it all the same.
    const again = set.batches.some((one) => one.name === own.name)
    return { kind: 'release-gone', batch: own.number, again }
  }
  switch (own.phase.kind) {
    case 'baking':
      return { kind: 'release-baking', batch: own.number }
    case 'rolling':
      return {
        kind: 'release-rolling',
        batch: own.number,
        // As on its card and at its gate: pods that are new and serve, not those that were only created.
        updated: updatedPods(release, own, batch),
        desired: batch.desired,
      }
    default:
      return { kind: 'release-patching', batch: own.number }
  }
}

/** Said at once, in the words of who refuses: the release is held for it only once it has lasted. */
function refusedSentence(set: BatchSet, release: Release): Sentence | undefined {
  const targets = isResizing(release) ? (release.resize?.targets ?? []).map(({ batch }) => batch) : undefined
  const waitedFor = targets ?? [release.batches[currentIndex(release)]?.uid]
  const batch = set.batches.find((one) => one.trouble?.weight === 'refused' && waitedFor.includes(one.uid))
  const own = release.batches.find((one) => one.uid === batch?.uid)
  if (batch?.trouble === undefined || own === undefined) return undefined
  if (targets === undefined && own.phase.kind !== 'rolling' && own.phase.kind !== 'baking') return undefined
  return {
    kind: 'release-pods-refused',
    batch: own.number,
    message: wordsOf(batch.trouble),
  }
}

function frozenSentence({ batches }: Release): Sentence | undefined {
  const stuck = batches.find(({ freeze, phase }) => freeze?.stuck !== undefined && isInProgress(phase))
  if (stuck !== undefined) return brakeSentence(stuck)
  const own = batches.find(({ freeze }) => freeze?.wish === 'freeze' && freeze.sent)
  return own === undefined ? undefined : { kind: 'release-frozen', batch: own.number }
}

/** Whose `spec.paused` could not be set, or cleared. */
function brakeSentence({ number, freeze }: ReleaseBatch): Sentence | undefined {
  return freeze?.stuck === undefined
    ? undefined
    : { kind: 'release-brake-stuck', wish: freeze.wish, batch: number, why: freeze.stuck }
}

/** Counted batch by batch: what is said of all of them is so of each. */
function doneSentence(release: Release): Sentence {
  const { change, batches } = release
  if (change.kind === 'none') return resizeSentence(release)
  const remains = remainsOf(release)
  const isEmpty = ({ phase }: ReleaseBatch): boolean => phase.kind === 'done' && phase.pods === 0
  return {
    kind: 'release-done',
    change: change.kind,
    brought: byVersion(release, remains.new, imagesAfter),
    all: remains.new.length === batches.length,
    empty: numbersOf(batches.filter((own) => remains.new.includes(own.number) && isEmpty(own))),
    earlier: byVersion(release, remains.earlier, imagesBefore),
    remains,
  }
}

function resizeSentence({ resize, batches }: Release): Sentence {
  const sized = batches.flatMap((own) => {
    const target = resize?.targets.find((one) => one.batch === own.uid)
    return target === undefined || own.phase.kind === 'skipped'
      ? []
      : [{ own, has: own.replicas === target.to }]
  })
  const numbers = (has: boolean) => sized.filter((one) => one.has === has).map(({ own }) => own.number)
  return { kind: 'resize-done', has: numbers(true), moved: numbers(false) }
}

function holdSentence(release: Release, hold: Hold): Sentence {
  const own = release.batches.find(({ uid }) => uid === hold.batch)
  const batch = own?.number ?? 0
  const isBrake = own?.freeze?.wish === 'thaw' && (hold.kind === 'refused' || hold.kind === 'given-up')
  const brake = own === undefined || !isBrake ? undefined : brakeSentence(own)
  if (brake !== undefined) return brake
  switch (hold.kind) {
    case 'pods':
      if (hold.pods === 0) return { kind: 'release-pods-refused', batch, message: wordsOf(hold) }
      return { kind: 'release-failing', batch, pods: hold.pods, reason: hold.reason }
    case 'restarts':
      return { kind: 'release-restarts', batch, restarts: hold.restarts }
    case 'gate':
      return { kind: 'release-gate', batch, gate: hold.gate }
    case 'deadline':
      return { kind: 'release-deadline', batch }
    case 'regressed':
      return { kind: 'release-regressed', batch }
    case 'foreign':
      return { kind: 'release-foreign', batch, manager: hold.manager, at: hold.at }
    case 'gone':
      return { kind: 'release-gone', batch, again: hold.again !== undefined }
    case 'unselected':
      return { kind: 'release-unselected', batch }
    case 'service-gone':
      return { kind: 'release-service-gone' }
    case 'batch-paused':
      return { kind: 'release-batch-paused', batch, manager: hold.manager }
    case 'refused':
      return { kind: 'release-refused', batch, message: hold.message }
    case 'given-up':
      return { kind: 'release-given-up', batch, tries: hold.tries, message: hold.message }
    default:
      return assertNever(hold)
  }
}

function endedSentence(
  release: Release,
  outcome: Extract<Release['state'], { kind: 'ended' }>['outcome'],
): Sentence {
  const remains = remainsOf(release)
  switch (outcome) {
    case 'done':
      return doneSentence(release)
    case 'stopped':
      return { kind: 'release-stopped', remains }
    case 'rolled-back':
      return release.change.kind === 'restore'
        ? { kind: 'release-restored', remains }
        : { kind: 'release-rolled-back', back: byVersion(release, remains.returned, imagesBack), remains }
    case 'superseded':
      return { kind: 'release-superseded' }
    case 'rolled-back-in-part':
      return { kind: 'release-rolled-back-in-part', remains }
    default:
      return assertNever(outcome)
  }
}

/** Whether what an ended release left is still what the cluster runs; otherwise it is history, not the picture. */
export function stillStands(set: BatchSet, release: Release): boolean {
  if (release.state.kind !== 'ended' || release.change.kind === 'none') return release.state.kind !== 'ended'
  return release.batches.every((own) => {
    const batch = set.batches.find((one) => one.uid === own.uid)
    if (batch === undefined) return false
    const { phase } = own
    const home = (phase.kind === 'returned' ? phase.digest : undefined) ?? homeOf(release, own).digest
    const old = hasTemplate(batch, home)
    if (phase.kind === 'skipped') return true
    if (!keepsChange(own)) return old
    return phase.kind === 'stuck' || (phase.kind === 'done' ? hasTemplate(batch, phase.digest) : !old)
  })
}

export function isHealthy(set: BatchSet): boolean {
  return set.batches.every(
    (batch) =>
      batch.trouble?.weight !== 'final' &&
      isFull(batch, { tolerance: Math.ceil(batch.desired / 4), waitForEnding: false }),
  )
}
