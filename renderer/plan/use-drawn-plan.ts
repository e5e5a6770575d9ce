import { useMemo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { drawnPlan, type DrawnPlan } from './drawn-plan.ts'
import { isOver } from '../verbs/stage.ts'

const none: readonly BatchView[] = []

/** `drafted`: the draft, also while it is made over a release that runs. */
export function useDrawnPlan(drafted = false): DrawnPlan {
  const batches = usePipeline((view) => view?.batches ?? none)
  const running = usePipeline((view) => !drafted && view !== undefined && !isOver(view))
  const plan = useDraft((draft) => draft.plan)
  return useMemo(() => drawnPlan({ batches, running }, plan), [batches, running, plan])
}
