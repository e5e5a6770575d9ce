import { assertNever } from '../assert-never.ts'
import type { Uid } from '../ids.ts'
import type { BatchSet } from '../model/batch-set.ts'
import type { Freshness } from '../model/freshness.ts'
import { type UnreadableJournal } from './lock-view.ts'
import { type LockView } from './lock-view.ts'
import { type VerbName } from '../release/verbs.ts'
import { type SteeringVerb } from '../release/verbs.ts'
import { steeringVerbs } from '../release/verbs.ts'
import { hasNotBegun } from '../release/change-plan.ts'
import { command } from '../release/command.ts'
import { type ReleaseCommand } from '../release/command-context.ts'
import { holdsAlone } from '../release/holds-alone.ts'
import type { Observed } from '../release/observed.ts'
import { outlookOf, unsentSizes } from '../release/outlook-of.ts'
import { type Outlook } from '../release/outlook.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import { remainsOf } from '../release/remains.ts'
import type { OffSentence } from '../release/off-sentence.ts'
import type { Promised, Sentence } from '../release/sentence.ts'
import {
  batchAfter,
  currentIndex,
  isOver,
  isResizing,
  isTouched,
  numbersOf,
  waitingStep,
} from '../release/standing.ts'
import { gatesLeft, inProgress, subjectOf, whyNot, type BatchVerb } from '../release/verbs.ts'
import { waysBack } from '../release/ways-back.ts'
import { imageBefore, imageText } from './image-text.ts'
import { trafficOf } from './traffic.ts'
import { isServiceThere } from './with-own-batches.ts'

/** A verb with its target named before it is done. A disabled one says why. */
export type VerbView = {
  readonly verb: VerbName
  readonly enabled: boolean
  readonly sentence: Sentence
  readonly why?: OffSentence
  /** For retry, skip, adopt and restore: the batch that it is about. */
  readonly batch?: Uid
  /** For `approve`: the index of the plan step whose gate it opens; a second click names the same and does nothing. */
  readonly step?: number
}

export type VerbContext = {
  readonly set: BatchSet
  readonly freshness: Freshness
  readonly lock: LockView
  readonly driving: boolean
  /** The unfinished release of another Service that holds some of the same Deployments. */
  readonly elsewhere?: Release
  /** Its record can't be read any more: nothing takes the lock again before a person has set that aside. */
  readonly unreadable?: UnreadableJournal
}

/** Every verb with what it would do, and why not if it can't. */
export function verbViews(release: Release, context: VerbContext): readonly VerbView[] {
  const seen = seenIn(context)
  const undriven = !context.driving && !isOver(release)
  const steering = steeringVerbs.map((verb): VerbView => {
    const why =
      (context.driving ? undefined : context.unreadable?.sentence) ??
      (undriven ? whyNotYours(verb, context.lock) : undefined) ??
      whyNot(verb, release, seen) ??
      whyNotBeside(verb, release, context.elsewhere)
    const step = verb === 'approve' ? waitingStep(release) : undefined
    const batch = isAboutBatch(verb) ? subjectOf(verb, release) : undefined
    return {
      verb,
      enabled: why === undefined,
      sentence: targetOf(verb, release, context),
      ...(why !== undefined && { why }),
      ...(step !== undefined && { step }),
      ...(batch !== undefined && { batch }),
    }
  })
  return undriven ? [takeOver(release, context), ...steering] : steering
}

/** Rolling back takes the lock over by itself once nobody holds it: in an incident seconds count. */
function whyNotYours(verb: SteeringVerb, lock: LockView): OffSentence | undefined {
  if (isHeld(lock)) return { kind: 'off-other-holder', holder: lock.holder }
  return verb === 'roll-back' ? undefined : { kind: 'off-nobody-drives' }
}

function whyNotBeside(
  verb: VerbName,
  release: Release,
  elsewhere: Release | undefined,
): OffSentence | undefined {
  return elsewhere !== undefined && holdsAlone(verb, release)
    ? { kind: 'off-elsewhere', service: elsewhere.service.name, by: elsewhere.startedBy }
    : undefined
}

function isHeld(lock: LockView): lock is Extract<LockView, { readonly kind: 'other' }> {
  return lock.kind === 'other' && !lock.expired
}

function takeOver(release: Release, { lock, elsewhere, unreadable }: VerbContext): VerbView {
  const sentence: Sentence = { kind: 'verb-take-over', holder: lock.kind === 'other' ? lock.holder : '' }
  const why: OffSentence | undefined = isHeld(lock)
    ? { kind: 'off-holder-alive', holder: lock.holder, seconds: lock.seconds }
    : (unreadable?.sentence ?? whyNotBeside('take-over', release, elsewhere))
  return { verb: 'take-over', enabled: why === undefined, sentence, ...(why !== undefined && { why }) }
}

function isAboutBatch(verb: SteeringVerb): verb is BatchVerb {
  return verb === 'retry' || verb === 'skip' || verb === 'adopt' || verb === 'restore'
}

/** What a verb would do is asked of the engine itself: the command is tried on the release, and nothing is sent. */
function targetOf(verb: SteeringVerb, release: Release, context: VerbContext): Sentence {
  const { set } = context
  const wish = wishOf(verb, release)
  const sent = wish === undefined ? release : after(release, wish, context)
  const does = outlookOf(sent, set)
  const promised = { does, ...startsFirst(does, { release: sent, set }) }
  switch (verb) {
    case 'pause':
      return { kind: 'verb-pause', ...pauseTarget(release), ...promised }
    case 'resume':
      return release.state.kind === 'held'
        ? { kind: 'verb-retry', batch: batchNumber(release, release.state.hold.batch), ...promised }
        : { kind: 'verb-resume', ...promised }
    case 'freeze':
      return { kind: 'verb-freeze', batch: batchNumber(release, inProgress(release)), ...promised }
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore':
      return batchTarget(verb, release, promised)
    case 'approve':
      return { ...approveTarget(release, set), does }
    case 'push-all':
      return { kind: 'verb-push-all', ...promised }
    case 'stop':
      return {
        kind: 'verb-stop',
        remains: remainsOf(sent),
        does,
        undo: whyNot('roll-back', sent, seenIn(context)) === undefined,
      }
    case 'roll-back': {
      const foreign = foreignBatch(release)
      const touched = waysBack(release, set.batches)
        .map(({ own }) => own)
        .filter((own) => own.number !== foreign)
      return {
        kind: 'verb-roll-back',
        batches: numbersOf(touched),
        tag: imageBefore(release, numbersOf(touched)),
        pods: podsOf(set, touched),
        ...(touched.some((own) => own.start !== undefined) && { chain: true as const }),
        ...(foreign !== undefined && { foreign }),
      }
    }
    default:
      return assertNever(verb)
  }
}

/** The batch that somebody else has written, as far as it holds the release: a rollback leaves it alone. */
function foreignBatch({ state, batches }: Release): number | undefined {
  if (state.kind !== 'held' || state.hold.kind !== 'foreign') return undefined
  const own = batches.find(({ uid }) => uid === state.hold.batch)
  return own !== undefined && isTouched(own) ? own.number : undefined
}

/** The command that a verb's button sends; undefined where it names nothing now. Rolling back asks which and how. */
function wishOf(verb: SteeringVerb, release: Release): ReleaseCommand | undefined {
  switch (verb) {
    case 'approve': {
      const step = waitingStep(release)
      return step === undefined ? undefined : { kind: 'approve', step }
    }
    case 'retry':
    case 'skip':
    case 'adopt':
    case 'restore': {
      const batch = subjectOf(verb, release)
      return batch === undefined ? undefined : { kind: verb, batch }
    }
    case 'roll-back':
      return undefined
    default:
      return { kind: verb }
  }
}

function after(release: Release, wish: ReleaseCommand, context: VerbContext): Release {
  const sent = command(release, wish, { observed: { ...seenIn(context), service: true }, by: '', now: 0 })
  return sent.ok ? sent.value : release
}

function seenIn({ freshness, set }: VerbContext): Observed {
  return { freshness, service: isServiceThere(set), batches: set.batches }
}

type Seen = { readonly release: Release; readonly set: BatchSet }

/** How many pods the batch that starts first, or else waits, has: at the size that it will have then. */
function startsFirst({ updates, then }: Outlook, { release, set }: Seen): Omit<Promised, 'does'> {
  const first = updates[0] ?? (then.kind === 'approval' ? then.batch : 0)
  const own = release.batches.find((one) => one.number === first)
  const now = podsOf(set, own === undefined ? [] : [own])
  const target = release.resize?.targets.find(({ batch }) => batch === own?.uid)
  // Once it has been sent, another size than both is somebody's later word.
  const isToCome =
    isResizing(release) &&
    (unsentSizes(release, set).some(({ batch }) => batch === own?.uid) || target?.from === now)
  return { pods: isToCome ? (target?.to ?? now) : now, tag: imageText(release) }
}

function pauseTarget(release: Release): { readonly current?: number; readonly next?: number } {
  const current = release.batches[currentIndex(release)]
  const next = release.batches.find((own) => own.phase.kind === 'waiting')
  const finishes = current?.phase.kind === 'rolling' || current?.phase.kind === 'baking'
  return {
    ...(finishes && { current: current.number }),
    ...(next !== undefined && { next: next.number }),
  }
}

function approveTarget(
  release: Release,
  set: BatchSet,
): Omit<Extract<Sentence, { readonly kind: 'verb-approve' }>, 'does'> {
  const gate = gatesLeft(release)[0]
  // Behind the next gate that still asks. With none left, approving is about no batch.
  const own = gate === undefined ? undefined : batchAfter(release, gate)
  const batch = set.batches.find((one) => one.uid === own?.uid)
  const traffic = trafficOf(set, { release })
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

function batchTarget(verb: BatchVerb, release: Release, promised: Promised): Sentence {
  const uid = subjectOf(verb, release)
  const own = release.batches.find((one) => one.uid === uid)
  const hold = release.state.kind === 'held' ? release.state.hold : undefined
  const batch = own?.number ?? 0
  const begun = own !== undefined && isTouched(own)
  const manager = hold !== undefined && 'manager' in hold ? hold.manager : ''
  const back = release.state.kind === 'rolling-back' ? ({ back: true } as const) : {}
  switch (verb) {
    case 'retry':
      return { kind: 'verb-retry', batch, ...back, ...promised }
    case 'skip':
      return { kind: 'verb-skip', batch, begun, ...back, ...promised }
    case 'adopt': {
      const size = hold?.kind === 'foreign' && hold.digest === undefined
      const as = hold?.kind === 'gone' ? 'replacement' : size ? 'size' : begun ? 'skipped' : 'start'
      return { kind: 'verb-adopt', batch, manager, as, ...promised }
    }
    case 'restore': {
      const revert = own !== undefined && hasNotBegun(own)
      const as = hold?.kind === 'batch-paused' ? 'unpause' : revert ? 'revert' : 'overwrite'
      return { kind: 'verb-restore', batch, manager, as, ...promised }
    }
    default:
      return assertNever(verb)
  }
}

function batchNumber(release: Release, uid: Uid | undefined): number {
  return release.batches.find((own) => own.uid === uid)?.number ?? 0
}

function podsOf(set: BatchSet, batches: readonly ReleaseBatch[]): number {
  return set.batches
    .filter((batch) => batches.some((own) => own.uid === batch.uid))
    .reduce((sum, batch) => sum + batch.desired, 0)
}
