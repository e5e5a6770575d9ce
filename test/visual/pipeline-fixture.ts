import type { PipelineView, ReleaseView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { connectionId, uid } from '../../shared/ids.ts'
import { now } from './batch-fixture.ts'

type PipelineFixture = {
  readonly headline: Sentence
  readonly batches: readonly BatchView[]
  readonly release?: ReleaseView
  readonly extra?: Partial<PipelineView>
}

/** A Service with its batches; endpoints and shares are counted from the batches. */
export function pipelineView({ headline, batches, release, extra }: PipelineFixture): PipelineView {
  const sum = (of: (batch: BatchView) => number) => batches.reduce((total, batch) => total + of(batch), 0)
  const fresh = sum((batch) => batch.servingNew)
  const ready = fresh + sum((batch) => batch.servingOld)
  return {
    connection: connectionId('staging'),
    namespace: 'demo',
    service: {
      name: 'demo-http',
      uid: uid('uid-service'),
      type: 'NodePort',
      ports: 'NodePort 32168 → 80 → 7001',
      nature: { kind: 'balanced' },
      publishesNotReady: false,
    },
    freshness: { kind: 'live' },
    now,
    batches,
    endpoints: { ready, expected: sum((batch) => batch.desired), others: { ready: 0, all: 0, owners: [] } },
    ...(release === undefined ? {} : { newShare: ready === 0 ? 0 : fresh / ready, release }),
    restarts: sum((batch) => batch.restarts),
    foreignPods: 0,
    sharedSelector: false,
    lock: release === undefined ? { kind: 'free' } : { kind: 'mine' },
    headline,
    curves: [],
    plans: [],
    ...extra,
  }
}
