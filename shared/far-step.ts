import type { CommandInput, CommandName } from './contract.ts'
import type { Uid } from './ids.ts'
import type { PipelineView } from './view/pipeline.ts'

type Step = {
  readonly batch: Uid
  readonly gates: { readonly approval: boolean }
  readonly leftOut: boolean
  readonly asks?: true
}
type Reach = { readonly steps: readonly Step[]; readonly from: number }

/**
 * Whether a step forward reaches more than half of the pods before a person is asked again, or does away with gates.
 * On production such a step is confirmed by a typed name.
 */
export function isFarStep<N extends CommandName>(
  view: PipelineView | undefined,
  name: N,
  input: CommandInput<N>,
): boolean {
  if (view === undefined) return false
  switch (name) {
    case 'release/push-all':
      return true
    case 'release/start': {
      const { draft } = input as CommandInput<'release/start'>
      // By the sizes that the batches get first.
      const batches = view.batches.map((batch) => ({
        ...batch,
        desired: draft.sizes.find((size) => size.batch === batch.uid)?.to ?? batch.desired,
      }))
      return (
        draft.change.kind !== 'none' && reachesMost({ batches }, { steps: stepsOf(draft.steps), from: -1 })
      )
    }
    case 'release/approve': {
      const { step } = input as CommandInput<'release/approve'>
      return (
        isAfterSkipped(view, step) ||
        reachesMost(view, { steps: view.release?.plan?.steps ?? [], from: step })
      )
    }
    case 'release/change-plan': {
      const { change } = input as CommandInput<'release/change-plan'>
      const asked = approvals(view.release?.plan?.steps ?? [])
      return stepsOf(change.steps).some(
        (step) => (step.leftOut || !step.gates.approval) && asked.has(step.batch),
      )
    }
    default:
      return false
  }
}

/** Whether it opens the gate after a batch that was left out of the running release: what follows has not been proved. */
function isAfterSkipped(view: PipelineView, step: number): boolean {
  const before = view.release?.plan?.steps[step]?.batch
  return view.batches.some((batch) => batch.uid === before && batch.look === 'skipped')
}

/** Up to and with the first batch after `from` at whose end a person is asked; all of them if nobody is. */
function reachesMost(view: Pick<PipelineView, 'batches'>, { steps, from }: Reach): boolean {
  const asks = steps.findIndex(
    (step, index) => index > from && (step.leftOut ? step.asks === true : step.gates.approval),
  )
  const reached = steps.slice(0, asks < 0 ? steps.length : asks + 1).filter((step) => !step.leftOut)
  const pods = (uids: ReadonlySet<string>): number =>
    view.batches.filter((one) => uids.has(one.uid)).reduce((sum, one) => sum + one.desired, 0)
  const all = pods(new Set(view.batches.map((one) => one.uid)))
  return pods(new Set(reached.map((step) => step.batch))) * 2 > all
}

function approvals(steps: readonly Step[]): ReadonlySet<string> {
  return new Set(steps.filter((step) => !step.leftOut && step.gates.approval).map((step) => step.batch))
}

/** Uids are plain text on their way to the application. */
function stepsOf(steps: readonly (Omit<Step, 'batch'> & { readonly batch: string })[]): readonly Step[] {
  return steps as readonly Step[]
}
