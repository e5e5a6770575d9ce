import { failed, ok, type Fault, type Reply } from '../../fault.ts'
import type { ReleaseId, Uid } from '../../ids.ts'
import { parseImage } from '../../k8s/image.ts'
import { hasTemplate } from '../../k8s/template-digest.ts'
import { imagesOfBatch, type BatchImage } from '../../model/batch-images.ts'
import type { Batch, BatchSet } from '../../model/batch-set.ts'
import { baselineOf } from './baseline-of.ts'
import { doubtsFrom } from '../settle/in-doubt.ts'
import { defaultBatchLimitSeconds, type FailurePolicy } from '../plan.ts'
import { defaultGates, type Gates } from '../gates/gate-table.ts'
import type {
  BatchPhase,
  Change,
  Freeze,
  Release,
  ReleaseBatch,
  Resize,
  RollBackMode,
  TemplateTarget,
} from '../release.ts'
import { marksLeft } from '../change/mark.ts'
import { firstVersion } from '../moved-on.ts'
import { sizesMoved } from '../sizes-moved.ts'
import { isTouched } from '../standing.ts'

export type StartInput = {
  readonly id: ReleaseId
  readonly by: string
  readonly now: number
  readonly change: Change
  /** For changes that give each batch a template of its own. */
  readonly targets?: ReadonlyMap<Uid, TemplateTarget>
  /** For a change of images: the whole reference of each container that changes, batch by batch. */
  readonly images?: readonly BatchImage[]
  /** How a restore goes about it. */
  readonly mode?: RollBackMode
  /** `from`: as it was seen, also of a batch that stays as large as it is. */
  readonly sizes: readonly { readonly batch: Uid; readonly from: number; readonly to: number }[]
  /** In the order of the release. Batches that are missing follow at the end, left out. */
  readonly steps: readonly { readonly batch: Uid; readonly gates: Gates; readonly leftOut: boolean }[]
  readonly batchLimitSeconds?: number
  readonly onFailure?: FailurePolicy
  /** The release that runs, whose place this one takes: `rest` leaves the batches that are done as they are. */
  readonly supersede?: { readonly release: Release; readonly from: 'canary' | 'rest' }
}

/** A release over the batches of a set, with what each runs now as its baseline. Nothing is written yet. */
export function newRelease(set: BatchSet, input: StartInput): Reply<Release> {
  const targets = input.sizes.filter((size) => size.to !== size.from)
  const moved = sizesMoved(set.batches, input.sizes) ?? goneStep(set, input)
  if (moved !== undefined) return { ok: false, fault: moved }
  const wrong = wrongChange(set, input, targets.length > 0)
  if (wrong !== undefined) return wrong
  const steps = stepsOf(set, input)
  const resize: Resize = { phase: 'growing', targets: targets.map((target) => ({ ...target, sent: false })) }
  const restoring = input.change.kind === 'restore'
  const batches = steps.map(({ batch, leftOut }) => ownBatch(batch, leftOut, input))
  const release: Release = {
    schema: 2,
    id: input.id,
    service: {
      namespace: set.service.meta.namespace,
      name: set.service.meta.name,
      uid: set.service.meta.uid,
    },
    startedAt: input.now,
    startedBy: input.by,
    change: input.change,
    plan: {
      steps: steps.map(({ batch, gates }) => ({ batch: batch.uid, gates })),
      batchLimitSeconds: input.batchLimitSeconds ?? defaultBatchLimitSeconds,
      onFailure: input.onFailure ?? 'pause',
    },
    ...(targets.length > 0 && { resize }),
    ...(input.supersede !== undefined && { supersedes: input.supersede.release.id }),
    batches,
    approved: [],
    state: { kind: 'running' },
    log: [{ at: input.now, what: 'started', by: input.by }],
    version: firstVersion,
  }
  const begun = restoring ? { ...release, state: restoringState(release, input) } : release
  return ok(input.supersede === undefined ? begun : doubtsFrom(input.supersede.release, begun, input.now))
}

/** `spec.paused` that the release before has set: cleared by whoever changes the batch, at its turn, or else at once. */
function freezeBefore(
  own: ReleaseBatch,
  before: ReleaseBatch | undefined,
  change: Change,
): Freeze | undefined {
  if (before?.freeze === undefined) return undefined
  const isChanged = own.phase.kind === 'waiting' && change.kind !== 'none' && change.kind !== 'restore'
  return isChanged && before.freeze.sent ? before.freeze : { wish: 'thaw', sent: false }
}

function restoringState(release: Release, input: StartInput): Release['state'] {
  return {
    kind: 'rolling-back',
    since: input.now,
    by: input.by,
    mode: input.mode ?? 'at-once',
    batches: release.batches.filter((own) => own.phase.kind !== 'skipped').map((own) => own.uid),
    then: 'end',
  }
}

type Wrong = Reply<never>

/** A batch that was to take part and is gone, or was created anew, is not passed over. */
function goneStep(set: BatchSet, { steps }: StartInput): Fault | undefined {
  const chosen = steps.filter(({ leftOut }) => !leftOut)
  return sizesMoved(
    set.batches,
    chosen.flatMap(({ batch }) => (set.batches.some(({ uid }) => uid === batch) ? [] : [{ batch, from: 0 }])),
  )
}

function wrongChange(set: BatchSet, input: StartInput, resizes: boolean): Wrong | undefined {
  const { change } = input
  if (change.kind === 'none')
    return resizes ? undefined : failed('invalid-input', { kind: 'nothing-changes' })
  const chosen = set.batches.filter((batch) =>
    input.steps.some((step) => step.batch === batch.uid && !isLeftOut(step, batch)),
  )
  if (chosen.length === 0) return failed('invalid-input', { kind: 'no-batch-chosen' })
  if (change.kind === 'template' || change.kind === 'restore') {
    const without = chosen.find((batch) => input.targets?.has(batch.uid) !== true)
    return without === undefined
      ? undefined
      : failed('invalid-input', { kind: 'no-target', batch: without.name })
  }
  return change.kind === 'image' ? wrongImages(chosen, input.images ?? []) : undefined
}

function wrongImages(chosen: readonly Batch[], images: readonly BatchImage[]): Wrong | undefined {
  for (const batch of chosen) {
    const own = imagesOfBatch(images, batch.uid)
    if (own.length === 0) return failed('invalid-input', { kind: 'no-image', batch: batch.name })
    for (const { container, image } of own) {
      if (parseImage(image).kind === 'problem')
        return failed('invalid-input', { kind: 'not-an-image', image })
      if (!batch.containers.some((one) => one.name === container))
        return failed('invalid-input', { kind: 'no-such-container', batch: batch.name, container })
    }
  }
  return undefined
}

type Step = { readonly batch: Batch; readonly gates: Gates; readonly leftOut: boolean }

/** What the Service does not select is there to be taken back: nothing new is brought to it. */
function isLeftOut({ leftOut }: Pick<Step, 'leftOut'>, { unselected }: Batch): boolean {
  return leftOut || unselected === true
}

/** Every batch has its step, so that what is left out is shown as that. */
function stepsOf(set: BatchSet, input: StartInput): readonly Step[] {
  const resizesOnly = input.change.kind === 'none'
  const planned = input.steps.flatMap((step): readonly Step[] => {
    const batch = set.batches.find((one) => one.uid === step.batch)
    return batch === undefined ? [] : [{ ...step, batch, leftOut: isLeftOut(step, batch) }]
  })
  const others = set.batches
    .filter((batch) => !planned.some((step) => step.batch.uid === batch.uid))
    .map((batch) => ({
      batch,
      gates: defaultGates,
      leftOut: isLeftOut({ leftOut: !resizesOnly }, batch),
    }))
  return [...planned, ...others]
}

function ownBatch(batch: Batch, leftOut: boolean, input: StartInput): ReleaseBatch {
  const before = input.supersede?.release.batches.find((own) => own.uid === batch.uid)
  // Back means back to what ran before the first of the releases that took each other's place.
  const changed = before !== undefined && isTouched(before) ? before : undefined
  const target = input.targets?.get(batch.uid)
  // A batch that is done, and stays so, runs what the release before brought to it.
  const staysDone = input.supersede?.from === 'rest' && changed?.phase.kind === 'done'
  const wanted = staysDone ? (changed.images ?? []) : imagesOfBatch(input.images ?? [], batch.uid)
  const images = input.change.kind === 'image' ? wanted : []
  const now = baselineOf(batch)
  const late =
    before === undefined || input.supersede === undefined ? [] : marksLeft(input.supersede.release, before)
  const baseline = changed?.baseline ?? now
  const own: ReleaseBatch = {
    uid: batch.uid,
    name: batch.name,
    number: batch.number,
    baseline,
    ...(!hasTemplate(batch, baseline.templateDigest) && { start: now }),
    ...(late.length > 0 && { late }),
    startsFrom: batch.templateDigest,
    ...(target !== undefined && { target }),
    ...(images.length > 0 && { images }),
    replicas: batch.desired,
    phase: { kind: 'waiting' },
  }
  const begun: ReleaseBatch = { ...own, phase: phaseOf(), ...(staysDone && { earlier: true as const }) }
  const freeze = freezeBefore(begun, before, input.change)
  return freeze === undefined ? begun : { ...begun, freeze }

  function phaseOf(): BatchPhase {
    if (staysDone) return changed.phase
    return leftOut ? { kind: 'skipped', touched: changed !== undefined } : own.phase
  }
}
