import { useDraft, usePipeline } from '../stores/store-context.tsx'
import { isDraftedOver, isOver } from '../verbs/stage.ts'

/** Whether the panel is about the next release and not about the one that runs. */
export function useIsDrafting(): boolean {
  const over = useDraft((state) => state.over)
  return usePipeline((view) => view !== undefined && (isOver(view) || isDraftedOver(view, over)))
}
