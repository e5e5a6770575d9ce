import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { uid } from '../../shared/ids.ts'
import { batchView, newTag, now, oldTag, repository } from './batch-fixture.ts'
import { pipelineView } from './pipeline-fixture.ts'

const minute = 60_000
const images = [{ container: 'app', image: `${repository}:${newTag}`, init: false }]

function changed(
  number: number,
  desired: number,
  pods: { fresh?: number; failing?: number; old?: number },
): BatchView {
  const { fresh = 0, failing = 0, old = 0 } = pods
  return batchView({
    number,
    desired,
    pods,
    look: failing > 0 ? 'failing' : 'idle',
    sentence:
      failing > 0
        ? { kind: 'batch-idle-failing', failing, ready: fresh + old, desired }
        : { kind: 'batch-idle', ready: fresh + old, desired },
    extra: {
      images,
      to: newTag,
      ...(old > 0 && { from: oldTag }),
      restarts: failing * 14,
      ...(failing > 0 && {
        trouble: {
          reason: 'CrashLoopBackOff',
          message: 'back-off 5m0s restarting failed container=app (exit code 1, Error)',
          pod: `demo-aone-${String(number)}-7d9f6c8b5-x2kqp`,
          podUid: uid(`uid-pod-${String(number)}-13`),
          container: 'app',
          pods: failing,
          weight: 'final',
        },
      }),
    },
  })
}

/** 25 pods crash, all of them changed with kubectl; nothing was released. */
export function incident(): PipelineView {
  const batches = [
    changed(1, 1, { fresh: 1 }),
    changed(2, 16, { failing: 11, fresh: 5 }),
    changed(3, 16, { failing: 14, old: 2 }),
    batchView({
      number: 4,
      desired: 16,
      pods: { old: 16 },
      look: 'idle',
      sentence: { kind: 'batch-idle', ready: 16, desired: 16 },
    }),
  ]
  const at = (minutes: number) => now - minutes * minute
  const change = (number: number, minutes: number) => ({
    batch: uid(`uid-batch-${String(number)}`),
    number,
    at: at(minutes),
    manager: number === 2 ? 'kubectl-edit' : 'kubectl-set',
    from: oldTag,
    to: newTag,
  })
  return pipelineView({
    headline: { kind: 'incident', service: 'demo-http', ready: 24, desired: 49 },
    batches,
    extra: {
      newShare: 6 / 24,
      restarts: 350,
      incident: {
        ready: 24,
        desired: 49,
        faults: [
          { reason: 'CrashLoopBackOff', pods: 25, batches: [2, 3] },
          { reason: 'ImagePullBackOff', pods: 1, batches: [3] },
        ],
        changes: [change(1, 63), change(2, 60), change(3, 58)],
        proposal: { at: at(64), version: oldTag, batches: [1, 2, 3], pods: 33, unknown: [] },
      },
    },
  })
}

/** Pods fail though nothing was changed lately: the fault alone, and the history to choose from. */
export function incidentUnchanged(): PipelineView {
  const view = incident()
  const batches = view.batches.map(({ from: _from, to: _to, ...batch }) => ({
    ...batch,
    pods: batch.pods.replaceAll('n', 'o'),
    images: [{ container: 'app', image: `${repository}:${oldTag}`, init: false }],
  }))
  const { newShare: _share, ...rest } = view
  return {
    ...rest,
    batches,
    incident: {
      ready: 24,
      desired: 49,
      faults: [{ reason: 'CrashLoopBackOff', pods: 25, batches: [2, 3] }],
      changes: [],
    },
  }
}
