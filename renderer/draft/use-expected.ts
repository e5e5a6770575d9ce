import { useMemo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { expectedSpans, type ExpectedSpan } from '../../shared/view/expected.ts'
import { isDirty } from '../stores/draft-data.ts'
import { useClusterNow, useDraft, usePipeline } from '../stores/store-context.tsx'
import { gatesOf } from './draft-input.ts'
import { useDrawnPlan } from '../plan/use-drawn-plan.ts'

export type Expected = {
  /** `draft`: times count from the start that has not been; `none`: nothing is to come. */
  readonly phase: 'draft' | 'running' | 'none'
  readonly spans: readonly ExpectedSpan[]
}

const noSizes = {}

/** What is still to come of the running release, or of the one that is drafted; `drafted`: of that one in any case. */
export function useExpected(drafted = false): Expected {
  const { batches: drawn, left } = useDrawnPlan(drafted)
  const pace = usePipeline((view) => view?.pace)
  const release = usePipeline((view) => (drafted ? undefined : view?.release))
  const sizes = useDraft((draft) => draft.sizes)
  const gates = useDraft((draft) => draft.gates)
  const dirty = useDraft(isDirty)
  const now = useClusterNow()
  const running = release !== undefined && release.state !== 'ended'
  const phase = running ? 'running' : dirty ? 'draft' : 'none'
  const from = phase === 'running' ? now : 0
  return useMemo(() => {
    if (phase === 'none') return { phase, spans: [] }
    const batches = drawn.filter((batch) => left[batch.uid] === undefined)
    const view = { batches, ...(pace && { pace }), ...(release && { release }) }
    const bakeSeconds = (batch: BatchView) =>
      phase === 'running'
        ? (release?.gates.find((gate) => gate.after === batch.uid)?.spec.bakeSeconds ?? 0)
        : gatesOf({ gates }, batch).bakeSeconds
    const spans = expectedSpans({ view, sizes: phase === 'running' ? noSizes : sizes, bakeSeconds }, from)
    return { phase, spans }
  }, [phase, drawn, left, pace, release, sizes, gates, from])
}
