import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { Judge } from '../step.ts'

type Size = { readonly batch: string; readonly to: number }

/** What a press makes of each batch is the number that stood in its card. */
export function sizesSentAreShown(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) => {
      if (one.kind !== 'sent' || one.press === undefined) return []
      const view = viewOf(one.view)
      const sizes = sizesOf(one.name, one.input)
      if (view === undefined || sizes === undefined) return []
      return one.press.picture.batches.flatMap(({ number, pods }) => {
        const batch = view.batches.find((known) => String(known.number) === number)
        if (batch === undefined) return []
        const planned = batch.size.kind === 'free' ? batch.size.planned : undefined
        const kept = one.name === 'release/change-plan' ? (planned ?? batch.desired) : batch.desired
        const becomes = sizes.find((size) => size.batch === batch.uid)?.to ?? kept
        return becomes === pods
          ? []
          : [`${one.name} makes batch ${number} ${String(becomes)} pods, its card said ${String(pods)}`]
      })
    })
}

export function viewOf(payload: unknown): PipelineView | undefined {
  const state = payload as { readonly kind?: string; readonly view?: PipelineView } | undefined
  return state?.kind === 'view' ? state.view : undefined
}

function sizesOf(name: string, input: unknown): readonly Size[] | undefined {
  if (name === 'release/start') return (input as { draft: { sizes: readonly Size[] } }).draft.sizes
  // A plan that is changed elsewhere says nothing of sizes.
  const change =
    name === 'release/change-plan' ? (input as { change: { sizes: readonly Size[] } }).change : undefined
  return change === undefined || change.sizes.length === 0 ? undefined : change.sizes
}
