import { assertNever } from '../assert-never.ts'
import type { Batch, Gated, Trouble } from '../model/batch-set.ts'
import { failureOf, type Incident } from '../model/incident.ts'
import { hasNotBegun } from '../release/change-plan.ts'
import { gatesOf } from '../release/progress.ts'
import { lastWriter } from '../release/last-writer.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'
import type { Writer } from '../release/hold.ts'
import type { Sentence } from '../release/sentence.ts'
import { areSizesOpen, isResizing } from '../release/standing.ts'
import { appearanceOf, type BatchAppearance } from './batch-appearance.ts'
import { batchSentence } from './batch-sentence.ts'
import { containersOf } from './containers-of.ts'
import { changedImages, imagesAfter, imagesBack, imagesBefore, tagsOf } from './image-text.ts'
import { triedSentence, triedWrites } from './tried-writes.ts'
import { podLetters, servingOf, sideIn } from './version-of.ts'
import type { Uid } from '../ids.ts'
import type { FieldWriter } from '../k8s/objects.ts'
import type { RolloutStrategy } from '../k8s/surge-and-unavailable.ts'

export type { BatchAppearance }

export type BatchView = {
  readonly uid: Uid
  readonly name: string
  readonly number: number
  /** Of the pod template that its Deployment has now. */
  readonly digest: string
  readonly canary: boolean
  readonly look: BatchAppearance
  /** Its Deployment has what the release in the picture brings, whatever has come of the batch. */
  readonly isNew?: true
  readonly sentence: Sentence
  readonly desired: number
  readonly updated: number
  readonly ready: number
  readonly available: number
  readonly old: number
  readonly terminating: number
  readonly servingNew: number
  readonly servingOld: number
  readonly restarts: number
  readonly pods: PodLetters
  /** The container that is the application, where that is known without asking. */
  readonly application?: string
  /** Annotation kubectl.kubernetes.io/default-container of its pod template. */
  readonly defaultContainer?: string
  /** container -> reference as the Deployment says now. */
  readonly images: readonly { readonly container: string; readonly image: string; readonly init: boolean }[]
  /** What it ran before, and what it is to run, while a release is in the picture. */
  readonly from?: string
  readonly to?: string
  readonly surge: number
  readonly unavailable: number
  /** As the Deployment says it, so that surge and unavailable can be worked out for another size. */
  readonly strategy: RolloutStrategy
  /** A batch of the release that the Service does not select. */
  readonly unselected?: true
  /** Its Deployment is paused. */
  readonly paused?: true
  /** Who last wrote these of its Deployment, as far as the cluster says. */
  readonly writers?: Readonly<Partial<Record<FieldWriter['field'], Writer>>>
  readonly trouble?: Trouble
  /** Its pods run, and a readiness gate keeps them from being ready. */
  readonly gated?: Gated
  /** A write to it that has failed so far, with the words of the answer and what ends the trying. */
  readonly write?: {
    readonly sentence: Extract<Sentence, { readonly kind: 'write-tried' }>
    readonly message: string
    readonly tries: number
    readonly since: number
    /** Until when it is tried again; absent while only a person's word makes it go on. */
    readonly until?: number
  }
  /** Whether its size may be changed now; else why not. `planned`: was set, and waits for the release to go on. */
  readonly size:
    { readonly kind: 'free'; readonly planned?: number } | { readonly kind: 'fixed'; readonly why: Sentence }
  readonly startedAt?: number
  readonly readyAt?: number
  readonly doneAt?: number
  /** Bake time left is counted from here while `look` is `baking`. */
  readonly bakeUntil?: number
}

/** One letter per pod: n new and ready, s starting, f failing, x failing on the old version, o old and ready, e ending. */
export type PodLetters = string

export type BatchContext = {
  readonly count: number
  readonly release: Release | undefined
  /** The container that is the application of this batch, where it is known. */
  readonly application?: string | undefined
  /** Whether this application drives the release. */
  readonly driving: boolean
  readonly incident?: Incident | undefined
}

export function batchView(batch: Batch, context: BatchContext): BatchView {
  const { count, release, driving, application, incident } = context
  const own = release?.batches.find((one) => one.uid === batch.uid)
  const side = sideIn({ release, incident }, batch)
  const serving = servingOf(batch, side)
  const pods = podLetters(batch, side)
  const look = appearanceOf(batch, release, own)
  const ended = release?.state.kind === 'ended'
  const trouble = release === undefined || ended ? failureOf(batch) : batch.trouble
  return {
    ...containersOf(batch),
    number: batch.number,
    digest: batch.templateDigest,
    canary: batch.number === 1 && count > 1,
    look,
    ...(side === 'forward' && { isNew: true as const }),
    sentence: batchSentence(batch, release, { own, look, pods }),
    desired: batch.desired,
    updated: side === 'before' ? 0 : Math.min(batch.updated, batch.desired),
    ready: batch.ready,
    available: batch.available,
    old: side === 'before' ? batch.total : batch.old,
    terminating: batch.terminating,
    servingNew: serving.fresh,
    servingOld: serving.old,
    restarts: batch.restarts,
    pods,
    ...(application !== undefined && { application }),
    ...(release?.change.kind === 'image' &&
      own !== undefined &&
      own.phase.kind !== 'skipped' &&
      !(release.state.kind === 'rolling-back' && own.phase.kind === 'waiting') &&
      !ended &&
      fromTo(release, own, batch)),
    ...changedTo(batch, incident),
    surge: batch.strategy.surge,
    unavailable: batch.strategy.unavailable,
    strategy: rolloutStrategy(batch),
    ...(batch.paused && { paused: true }),
    ...(batch.unselected === true && { unselected: true as const }),
    ...writersOf(batch),
    ...(trouble !== undefined && { trouble }),
    ...(batch.gated !== undefined && { gated: batch.gated }),
    ...writeOf(release, batch),
    size: sizeOf(release, own, driving),
    ...times(release, own),
  }
}

function writersOf({ writers }: Batch): Pick<BatchView, 'writers'> {
  if (writers.length === 0) return {}
  const fields = [...new Set(writers.map((one) => one.field))]
  return { writers: Object.fromEntries(fields.map((field) => [field, lastWriter(writers, field)])) }
}

export function gatedSentence(batch: number, { pods, gate, message }: Gated): Sentence {
  return { kind: 'batch-gated', batch, pods, gate, message }
}

function writeOf(release: Release | undefined, batch: Batch): Pick<BatchView, 'write'> {
  const tried =
    release === undefined ? undefined : triedWrites(release).find((one) => one.batch === batch.uid)
  if (release === undefined || tried === undefined) return {}
  const { message, tries, since, until } = tried
  const sentence = triedSentence(release, tried)
  return { write: { sentence, message, tries, since, ...(until !== undefined && { until }) } }
}

/** The version that was changed to, beside the one before while pods still run it. */
function changedTo(batch: Batch, incident: Incident | undefined): Pick<BatchView, 'from' | 'to'> {
  const change = incident?.changes.find((one) => one.batch === batch.uid)
  if (change === undefined || change.from === change.to) return {}
  const hasOld = batch.pods.some((pod) => !pod.isNew && pod.state !== 'ending')
  return { to: change.to, ...(hasOld && { from: change.from }) }
}

function rolloutStrategy({ strategy }: Batch): BatchView['strategy'] {
  const { type, maxSurge, maxUnavailable } = strategy
  return { type, maxSurge, maxUnavailable }
}

function fromTo(
  release: Release,
  own: ReleaseBatch,
  batch: Batch,
): { readonly from: string; readonly to: string } {
  const back = release.state.kind === 'rolling-back' && release.state.batches.includes(own.uid)
  return back
    ? { from: tagsOf(changedImages(batch, own)), to: tagsOf(imagesBack(own)) }
    : { from: tagsOf(imagesBefore(own)), to: tagsOf(imagesAfter(own)) }
}

type SizeWhy = Extract<Sentence['kind'], `size-${string}`>
/** Before a release, and while it runs between batches that have not begun: their sizes belong to the plan. */
function sizeOf(
  release: Release | undefined,
  own: ReleaseBatch | undefined,
  driving: boolean,
): BatchView['size'] {
  if (release === undefined || own === undefined || release.state.kind === 'ended') return { kind: 'free' }
  const why = whyFixed(release, own, driving)
  if (why !== undefined) return { kind: 'fixed', why: { kind: why } }
  const planned = areSizesOpen(release)
    ? release.resize?.targets.find((target) => target.batch === own.uid)?.to
    : undefined
  return { kind: 'free', ...(planned !== undefined && { planned }) }
}

function whyFixed(release: Release, own: ReleaseBatch, driving: boolean): SizeWhy | undefined {
  if (release.state.kind === 'held') return 'size-held'
  switch (own.phase.kind) {
    case 'waiting':
    case 'skipped': {
      const { kind } = release.change
      if (!hasNotBegun(own)) return 'size-updated'
      if (isResizing(release) && !areSizesOpen(release)) return 'size-changing'
      if (!driving || release.state.kind === 'rolling-back' || kind === 'none' || kind === 'restore')
        return 'size-in-release'
      return release.batches.filter(hasNotBegun).length > 1 ? undefined : 'size-alone'
    }
    case 'done':
    case 'returned':
    case 'stuck':
      return 'size-updated'
    default:
      return 'size-updating'
  }
}

function times(
  release: Release | undefined,
  own: ReleaseBatch | undefined,
): Pick<BatchView, 'startedAt' | 'readyAt' | 'doneAt' | 'bakeUntil'> {
  if (release === undefined || own === undefined) return {}
  const { phase } = own
  switch (phase.kind) {
    case 'patching':
    case 'rolling':
    case 'returning':
    case 'rolling-back':
      return { startedAt: phase.since }
    case 'baking':
      return {
        startedAt: phase.rolledSince,
        readyAt: phase.since,
        bakeUntil: phase.since + gatesOf(release, own.uid).bakeSeconds * 1000,
      }
    case 'done':
      return {
        startedAt: phase.rolledSince,
        readyAt: phase.at - gatesOf(release, own.uid).bakeSeconds * 1000,
        doneAt: phase.at,
      }
    case 'waiting':
    case 'skipped':
    case 'returned':
    case 'stuck':
      return {}
    default:
      return assertNever(phase)
  }
}
