import { isFull } from './gates/ready.ts'
import { findBatch, type Observed } from './observed.ts'
import { foreign, gatesOf } from './progress.ts'
import type { BatchPhase, Effect, Release, ReleaseBatch, ReleaseState } from './release.ts'
import { templateDigest } from '../k8s/template-digest.ts'
import { earliest, logged, setPhase, type Decision } from './transitions.ts'
import { withImages } from './with-images.ts'

type RollingBack = Extract<ReleaseState, { kind: 'rolling-back' }>
type Seen = { readonly observed: Observed; readonly now: number }

/**
 * Brings the chosen batches back to their own baselines: all at once, or the last one first, each ready before the
 * next. Writing works on stale data too (each write reads first); calling a batch returned needs live data.
 */
export function decideRollBack(release: Release, state: RollingBack, seen: Seen): Decision {
  const chosen = release.batches.filter((own) => state.batches.includes(own.uid))
  const order = state.mode === 'batch-by-batch' ? [...chosen].reverse() : chosen
  let next = release
  const effects: Effect[] = []
  const wakes: (number | undefined)[] = []
  for (const own of order) {
    const step = stepBack(release, own, seen)
    if (step.phase !== own.phase) next = setPhase(next, own, step.phase)
    if (step.phase.kind === 'returned' && own.phase.kind !== 'returned') {
      next = logged(next, { at: seen.now, what: 'batch-returned', batch: own.uid })
    }
    if (step.effect !== undefined) effects.push(step.effect)
    wakes.push(step.wakeAt)
    const finished = step.phase.kind === 'returned' || step.phase.kind === 'stuck'
    if (state.mode === 'batch-by-batch' && !finished) break
  }
  const phases = next.batches.filter((own) => state.batches.includes(own.uid)).map((own) => own.phase.kind)
  if (phases.every((kind) => kind === 'returned' || kind === 'stuck')) {
    const outcome = phases.includes('stuck') ? 'rolled-back-in-part' : 'rolled-back'
    next = logged(
      { ...next, state: { kind: 'ended', at: seen.now, outcome } },
      { at: seen.now, what: 'ended' },
    )
  }
  const wakeAt = earliest(wakes)
  return { release: next, effects, ...(wakeAt !== undefined && { wakeAt }) }
}

type Step = { readonly phase: BatchPhase; readonly effect?: Effect; readonly wakeAt?: number }

function stepBack(release: Release, own: ReleaseBatch, { observed, now }: Seen): Step {
  const { phase } = own
  switch (phase.kind) {
    case 'returned':
    case 'stuck':
      return { phase }
    case 'returning':
      if (phase.retryAt !== undefined && now < phase.retryAt) return { phase, wakeAt: phase.retryAt }
      return { phase, effect: setTemplate(release, own, phase.attempt) }
    case 'rolling-back': {
      const batch = findBatch(observed, own.uid)
      if (observed.freshness.kind !== 'live') return { phase }
      if (batch === undefined) return { phase: { kind: 'stuck', why: 'The Deployment is gone.', at: now } }
      if (batch.generation < phase.generation || batch.observedGeneration < batch.generation) return { phase }
      if (batch.templateDigest !== own.baseline.templateDigest) {
        return {
          phase: { kind: 'stuck', why: `Its template was changed by ${foreign(batch).manager}.`, at: now },
        }
      }
      return isFull(batch, gatesOf(release, own.uid).tolerance)
        ? { phase: { kind: 'returned', at: now } }
        : { phase }
    }
    case 'waiting':
    case 'patching':
    case 'rolling':
    case 'baking':
    case 'done':
      return {
        phase: { kind: 'returning', attempt: 1, since: now },
        effect: setTemplate(release, own, 1),
      }
    default:
      return phase satisfies never
  }
}

function setTemplate(release: Release, own: ReleaseBatch, attempt: number): Effect {
  const { template, templateDigest: digest } = own.baseline
  const target = release.change.kind === 'image' ? withImages(template, release.change.images) : template
  return {
    kind: 'set-template',
    id: `${release.id}/${own.number}/back/${attempt}`,
    batch: own.uid,
    name: own.name,
    template,
    templateDigest: digest,
    replaceable: [digest, templateDigest(target)],
    unpause: true,
    cause: `tranche: release ${release.id} rolled back`,
  }
}
