import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { GateView } from '../../shared/view/gate-view.ts'
import { remainingSeconds } from '../../shared/view/expected.ts'
import { useClusterNow, usePipeline } from '../stores/store-context.tsx'

export type Opening = {
  readonly seconds: number
  /** A bake has its end; pods that are still to come have an expected one. */
  readonly exact: boolean
  readonly progress: number
}

export function currentStage(release: ReleaseView): GateView['stage'] | undefined {
  return release.gates.find((gate) => gate.stage.kind !== 'passed')?.stage
}

/** When the approval that is off will open. Nothing where that would be a guess. */
export function useOpening(verb: VerbView): Opening | undefined {
  const release = usePipeline((view) => view?.release)
  const batches = usePipeline((view) => view?.batches)
  const pace = usePipeline((view) => view?.pace)
  const live = usePipeline((view) => view?.freshness.kind === 'live')
  const now = useClusterNow()
  if (verb.verb !== 'approve' || verb.enabled || release?.state !== 'running' || batches === undefined)
    return undefined
  const gate = release.gates.find((one) => one.stage.kind !== 'passed')
  const batch = batches.find((one) => one.uid === gate?.after)
  if (!live || gate === undefined || batch === undefined) return undefined
  // Another gate has to open first, or none asks any more: then this one's time says nothing.
  if (verb.why?.kind !== 'off-not-waiting' || verb.why.batch !== gate.afterNumber) return undefined
  const bake = gate.spec.bakeSeconds
  if (gate.stage.kind === 'bake') {
    const seconds = Math.max(0, (gate.stage.until - now) / 1000)
    return { seconds, exact: true, progress: bake === 0 ? 1 : 1 - Math.min(1, seconds / bake) }
  }
  const left = remainingSeconds({ batches, release, ...(pace && { pace }) }, batch, now)
  if (gate.stage.kind !== 'ready' || left === undefined || left <= 0 || batch.startedAt === undefined)
    return undefined
  const seconds = left + bake
  const passed = Math.max(0, (now - batch.startedAt) / 1000)
  return { seconds, exact: false, progress: passed / (passed + seconds) }
}
