import { usePipeline } from '../stores/store-context.tsx'

/** Some moment of this day, in epoch ms: times of today are written without their day. Draws again once a day. */
export function useToday(): number {
  return usePipeline((view) => (view === undefined ? 0 : new Date(view.now).setHours(12, 0, 0, 0)))
}
