import { useMemo } from 'react'
import type { BatchView } from '../../shared/model/pipeline.ts'
import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { drawnPlan, type DrawnPlan } from './drawn-plan.ts'
import { isOver } from './stage.ts'

const none: readonly BatchView[] = []

export function useDrawnPlan(): DrawnPlan {
  const batches = usePipeline((view) => view?.batches ?? none)
  const running = usePipeline((view) => view !== undefined && !isOver(view))
  const plan = useDraft((draft) => draft.plan)
  return useMemo(() => drawnPlan({ batches, running }, plan), [batches, running, plan])
}
