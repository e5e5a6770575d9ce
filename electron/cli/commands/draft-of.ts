import type { CommandInput } from '../../../shared/contract.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { BatchView } from '../../../shared/view/batch-view.ts'
import { wishedImages, type ImageWish } from '../../../shared/model/wished-images.ts'
import { defaultBatchLimitSeconds } from '../../../shared/release/plan.ts'
import { gatesFrom } from '../arguments/gate-options.ts'
import { chosenBatches } from '../arguments/chosen-batches.ts'
import { endingAs, usage, type OrEnding } from '../session/ending.ts'
import type { Io } from '../session/io.ts'
import type { Options } from '../arguments/options.ts'

export type DraftInput = CommandInput<'release/check'>

/** What is to be released, from the options and from what runs now. */
export function draftOf(
  view: PipelineView,
  options: Options,
  io: Pick<Io, 'readFile'>,
): OrEnding<DraftInput> {
  const chosen = chosenBatches(view, options.batches)
  if (!chosen.ok) return chosen
  const skipped = chosenBatches(view, options.draft.skip)
  if (!skipped.ok) return skipped
  const { draft, supersede, withoutLock } = options
  const gates = gatesFrom(options.line)
  const isIn = (batch: BatchView): boolean =>
    (options.batches.length === 0 || chosen.value.includes(batch)) && !skipped.value.includes(batch)
  const change = changeOf(view, { batches: view.batches.filter(isIn), options, io })
  if (!change.ok) return change
  return {
    ok: true,
    value: {
      target: { connection: view.connection, namespace: view.namespace, service: view.service.name },
      change: change.value,
      // Nothing is resized; but what is released is what was looked at.
      sizes: view.batches.map(({ uid, desired }) => ({ batch: uid, from: desired, to: desired })),
      steps: view.batches.map((batch) => ({ batch: batch.uid, gates, leftOut: !isIn(batch) })),
      onFailure: draft.onFailure,
      batchLimitSeconds: draft.batchLimitSeconds ?? defaultBatchLimitSeconds,
      ...(supersede !== undefined &&
        view.release !== undefined && { supersedes: { release: view.release.id, from: supersede } }),
      ...(withoutLock && { withoutLock }),
    },
  }
}

function changeOf(
  view: PipelineView,
  it: {
    readonly batches: readonly BatchView[]
    readonly options: Options
    readonly io: Pick<Io, 'readFile'>
  },
): OrEnding<DraftInput['change']> {
  const { batches, io } = it
  const { draft } = it.options
  const first = batches[0]
  if (draft.restart || first === undefined) return { ok: true, value: { kind: 'restart' } }
  if (draft.template !== undefined) {
    try {
      return {
        ok: true,
        value: {
          kind: 'template',
          batch: first.uid,
          text: io.readFile(draft.template),
          ...(draft.templateConflicts !== undefined && { otherwise: draft.templateConflicts }),
        },
      }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return endingAs(usage({ kind: 'no-file', path: draft.template, message }))
    }
  }
  const wish = wishOf(draft)
  if (!wish.ok) return wish
  const wished = wishedImages(view.batches, wish.value, (batch) =>
    batches.some((one) => one.uid === batch.uid),
  )
  const { container: word } = draft
  return wished.kind === 'ask'
    ? endingAs(usage({ kind: 'which-container', names: wished.names, ...(word !== undefined && { word }) }))
    : { ok: true, value: { kind: 'image', images: [...wished.images] } }
}

/** `--image` names a container before `=`; a reference alone is for the application, and so is a tag. */
function wishOf({ tag, images, container }: Options['draft']): OrEnding<ImageWish> {
  const read = images.map((text) => {
    const [, name, image] = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)=(.+)$/.exec(text) ?? []
    return name === undefined || image === undefined ? { image: text } : { container: name, image }
  })
  const whole = read.filter((one) => one.container === undefined).map((one) => one.image)
  const [only, ...others] = whole
  if (others.length > 0) return endingAs(usage({ kind: 'which-image', images: whole }))
  if (container !== undefined && tag === undefined && only === undefined)
    return endingAs(usage({ kind: 'together', options: ['--container', '--image CONTAINER=REFERENCE'] }))
  return {
    ok: true,
    value: {
      named: read.flatMap((one) =>
        one.container === undefined ? [] : [{ container: one.container, image: one.image }],
      ),
      ...(tag !== undefined && { version: tag }),
      ...(only !== undefined && { whole: only }),
      ...(container !== undefined && { container }),
    },
  }
}
