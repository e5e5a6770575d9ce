import type { CommandInput } from '../../shared/contract.ts'
import { withTag } from '../../shared/k8s/image.ts'
import type { BatchView, PipelineView } from '../../shared/model/pipeline.ts'
import { defaultBatchLimitSeconds, defaultGates } from '../../shared/release/plan.ts'
import { endingAs, usage, type OrEnding } from './ending.ts'
import type { Io } from './io.ts'
import type { Options } from './options.ts'

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
  const gates = {
    tolerance: draft.tolerance ?? defaultGates.tolerance,
    bakeSeconds: draft.bakeSeconds ?? defaultGates.bakeSeconds,
    restartsAllowed: draft.restartsAllowed ?? defaultGates.restartsAllowed,
    approval: draft.approval,
    waitForEnding: draft.waitForEnding,
  }
  const isIn = (batch: BatchView): boolean =>
    (options.batches.length === 0 || chosen.value.includes(batch)) && !skipped.value.includes(batch)
  const change = changeOf(view.batches.filter(isIn), options, io)
  if (!change.ok) return change
  return {
    ok: true,
    value: {
      target: { connection: view.connection, namespace: view.namespace, service: view.service.name },
      change: change.value,
      sizes: [],
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
  batches: readonly BatchView[],
  { draft }: Options,
  io: Pick<Io, 'readFile'>,
): OrEnding<DraftInput['change']> {
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
  const main = first.images.find((one) => !one.init)
  const tagged =
    draft.tag === undefined || main === undefined ? [] : [[main.container, withTag(main.image, draft.tag)]]
  const named = draft.images.map((text) => {
    const [, container, image] =
      /^([a-z0-9]([a-z0-9-]*[a-z0-9])?)=(.+)$/.exec(text)?.filter((_, i) => i !== 2) ?? []
    return container === undefined || image === undefined ? [main?.container ?? '', text] : [container, image]
  })
  return {
    ok: true,
    value: { kind: 'image', images: Object.fromEntries([...tagged, ...named]) as Record<string, string> },
  }
}

/** Batches by number, range (`2-4`) or the name of their Deployment. */
export function chosenBatches(view: PipelineView, words: readonly string[]): OrEnding<readonly BatchView[]> {
  const found: BatchView[] = []
  for (const word of words) {
    const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? []
    const fitting = view.batches.filter((batch) =>
      from === undefined ? batch.name === word : batch.number >= Number(from) && batch.number <= Number(to),
    )
    if (fitting.length === 0) {
      const batches = view.batches.map((batch) => `${batch.number} (${batch.name})`)
      return endingAs(usage({ kind: 'no-such-batch', word, batches }))
    }
    found.push(...fitting)
  }
  return { ok: true, value: found }
}
