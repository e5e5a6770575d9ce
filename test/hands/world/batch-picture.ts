import type { BatchAppearance } from '../../../shared/view/batch-view.ts'
import type { BatchView } from '../../../shared/view/batch-view.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import { letters } from '../../visual/batch-fixture.ts'
import { repository } from './first-clusters.ts'
import type { WorldBatch, WorldRelease, WorldService, WorldStep } from './places.ts'

/** A batch as the page is told of it. */
export function batchPicture(service: WorldService, batch: WorldBatch): BatchView {
  const { release } = service
  const step = release?.steps.find((one) => one.batch === batch.uid)
  const { desired } = batch
  const { look, sentence } = lookOf(batch, release, step)
  const isNew = step !== undefined && (step.phase === 'done' || step.phase === 'baking')
  const rolling = step?.phase === 'rolling' || step?.phase === 'failing'
  const fresh = isNew ? desired : rolling ? Math.floor(desired / 2) : 0
  const starting = rolling ? Math.min(1, desired - fresh) : 0
  const old = desired - fresh - starting
  const drawn = desired > 5_000 ? 5_000 : desired
  const share = desired === 0 ? 0 : drawn / desired
  const failing = step?.phase === 'failing' ? starting : 0
  const planned = release?.planned.get(batch.uid)
  return {
    uid: batch.uid,
    name: batch.name,
    number: batch.number,
    digest: `digest-${batch.uid}-${String(batch.generation)}`,
    canary: batch.number === 1,
    look,
    ...((isNew || rolling) && { isNew: true as const }),
    sentence,
    desired,
    updated: fresh + starting,
    ready: fresh + old,
    available: fresh + old,
    old,
    terminating: 0,
    servingNew: fresh,
    servingOld: old,
    restarts: 0,
    pods: letters({
      fresh: Math.floor(fresh * share),
      starting: starting - failing,
      failing,
      old: Math.floor(old * share),
    }),
    application: 'app',
    images: [{ container: 'app', image: `${repository}/${service.name}:${batch.tag}`, init: false }],
    ...(step !== undefined && release?.state !== 'ended' && { from: step.from, to: release?.tag ?? '' }),
    surge: Math.ceil(desired / 4),
    unavailable: batch.unavailable ?? Math.floor(desired / 4),
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: batch.unavailable ?? '25%' },
    ...(failing > 0 && {
      trouble: {
        reason: 'ImagePullBackOff',
        message: 'Back-off pulling image',
        weight: 'final' as const,
        pods: failing,
        pod: `${batch.name}-pod-0`,
        container: 'app',
      },
    }),
    size: sizeOf(release, step, planned),
  }
}

function sizeOf(
  release: WorldRelease | undefined,
  step: WorldStep | undefined,
  planned: number | undefined,
): BatchView['size'] {
  if (release === undefined || release.state === 'ended' || step === undefined) return { kind: 'free' }
  if (step.phase === 'waiting' && release.state !== 'rolling-back')
    return planned === undefined ? { kind: 'free' } : { kind: 'free', planned }
  return { kind: 'fixed', why: { kind: step.phase === 'done' ? 'size-updated' : 'size-updating' } }
}

function lookOf(
  { desired }: WorldBatch,
  release: WorldRelease | undefined,
  step: WorldStep | undefined,
): { readonly look: BatchAppearance; readonly sentence: Sentence } {
  if (release === undefined || step === undefined || release.state === 'ended')
    return { look: 'idle', sentence: { kind: 'batch-idle', ready: desired, desired } }
  switch (step.phase) {
    case 'waiting': {
      const before = release.steps[release.steps.indexOf(step) - 1]
      const waits = before?.phase === 'done' && release.state === 'running'
      return waits
        ? { look: 'approval', sentence: { kind: 'batch-waits-approval' } }
        : { look: 'waiting', sentence: { kind: 'batch-after', batch: release.steps.indexOf(step) } }
    }
    case 'rolling':
      return {
        look: 'rolling',
        sentence: { kind: 'batch-rolling', updated: Math.floor(desired / 2), desired, starting: 1, old: 1 },
      }
    case 'baking':
      return { look: 'baking', sentence: { kind: 'batch-baking', updated: desired, desired } }
    case 'done':
      return { look: 'done', sentence: { kind: 'batch-done', updated: desired, desired } }
    case 'failing':
      return {
        look: 'failing',
        sentence: { kind: 'batch-failing', failing: 1, updated: desired, desired },
      }
    case 'skipped':
      return { look: 'skipped', sentence: { kind: 'batch-skipped', touched: false } }
    case 'returning':
      return { look: 'returning', sentence: { kind: 'batch-returning', returned: 0, desired } }
  }
}
