import { expect, test } from 'vitest'
import { connectionId } from '../../../../shared/ids.ts'
import { incidentOf } from '../../../../shared/history/incident.ts'
import type { BatchHistory } from '../../../../shared/history/history-view.ts'
import type { Batch, BatchPod, Trouble } from '../../../../shared/model/batch-set.ts'
import { curveSample } from '../../../../shared/view/curve-series.ts'
import { pipelineView } from '../../../../shared/view/pipeline-view.ts'
import { podsView } from '../../../../shared/view/pods-view.ts'
import { serviceRow } from '../../../../shared/view/service-row.ts'
import { buildBatch, buildBatchSet, newImage, oldImage } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'

const hour = 3_600_000
const now = 100 * hour
const crash: Trouble = {
  reason: 'CrashLoopBackOff',
  message: 'back-off (exit code 1, Error)',
  pod: 'p',
  pods: 14,
  weight: 'final',
}

const container = (image: string) => ({
  name: 'demo-aone',
  image,
  init: false,
  hasReadinessProbe: true,
  imagePullPolicy: '',
})
const failing = (index: number, parts: Partial<BatchPod> = {}) =>
  buildPod(`f-${index}`, {
    state: 'failing',
    ready: false,
    serving: false,
    reason: 'CrashLoopBackOff',
    containers: [container(newImage)],
    ...parts,
  })
const old = (index: number) =>
  buildPod(`o-${index}`, { state: 'old', isNew: false, containers: [container(oldImage)] })

/** Batch 2 was changed with kubectl and crashes, batch 1 is as it was. */
function broken(): readonly Batch[] {
  const pods = [...Array.from({ length: 14 }, (_, index) => failing(index)), old(1), old(2)]
  return [
    buildBatch(1, { pods: [buildPod('one', { state: 'new', containers: [container(oldImage)] })] }),
    buildBatch(2, { image: newImage, ready: 2, servingNew: 0, servingOld: 2, trouble: crash, pods }),
  ]
}

function historyOf(batches: readonly Batch[], changedAt: number): readonly BatchHistory[] {
  return batches.map((batch) => {
    const { uid, name, number, templateDigest: digest } = batch
    const image = batch.containers[0]?.image ?? ''
    const source = { kind: 'replica-set', name: 'rs' } as const
    const before = buildBatch(number).templateDigest
    const changed = digest !== before
    const revision = (of: string, text: string, since: number) => ({
      digest: of,
      content: of,
      ...(of === digest && { by: 'kubectl-set' }),
      source,
      revision: 1,
      images: [{ container: 'demo-aone', image: text }],
      cause: '',
      since,
      known: 'exactly' as const,
      current: of === digest,
    })
    return {
      batch: uid,
      name,
      number,
      digest,
      revisions: [
        revision(digest, image, changed ? changedAt : hour),
        ...(changed ? [revision(before, oldImage, hour)] : []),
      ],
      timeline: [
        { revision: 1, digest: before, at: hour, known: 'exactly' as const },
        ...(changed ? [{ revision: 2, digest, at: changedAt, known: 'exactly' as const }] : []),
      ],
    }
  })
}

function incidentIn(batches: readonly Batch[], changedAt = now - hour) {
  const set = buildBatchSet(batches)
  return incidentOf({
    set,
    release: undefined,
    now,
    history: () => ({ releases: [], batches: historyOf(batches, changedAt) }),
  })
}

test('a Service whose pods fail for good is an incident, with what was changed and what ran before', () => {
  expect(incidentIn(broken())).toMatchObject({
    ready: 3,
    desired: 17,
    faults: [{ reason: 'CrashLoopBackOff', pods: 14, batches: [2] }],
    changes: [{ number: 2, manager: 'kubectl-set', from: '20190101191052', to: '20190215093000' }],
    proposal: { version: '20190101191052', batches: [2], pods: 16, unknown: [] },
  })
})

test('what was changed longer than a day ago is not proposed as the cause: the fault stands alone', () => {
  const found = incidentIn(broken(), now - 25 * hour)
  expect(found?.changes).toEqual([])
  expect(found?.proposal).toBeUndefined()
})

test('a Service that is well, and one whose release is under way, are no incident', () => {
  expect(incidentIn([buildBatch(1), buildBatch(2)])).toBeUndefined()
  const set = buildBatchSet(broken())
  const history = () => ({ releases: [], batches: historyOf(set.batches, now) })
  expect(incidentOf({ set, release: buildRelease(set), now, history })).toBeUndefined()
})

test('pods of an earlier template that fail for good are an incident as well', () => {
  const batch = buildBatch(1, { desired: 1, oldTrouble: { ...crash, pods: 1 } })
  expect(incidentIn([batch])?.faults).toEqual([{ reason: 'CrashLoopBackOff', pods: 1, batches: [1] }])
})

test('in an incident every pod carries its own version, alike in picture, list, sidebar and curve', () => {
  const set = buildBatchSet(broken())
  const incident = incidentIn(set.batches)
  const view = pipelineView({
    connection: connectionId('c'),
    set,
    freshness: { kind: 'live' },
    lock: { kind: 'free' },
    driving: false,
    now,
    ...(incident !== undefined && { incident }),
  })
  expect(view.headline).toEqual({ kind: 'incident', service: 'demo-http', ready: 3, desired: 17 })
  expect(view.batches.map((batch) => batch.pods)).toEqual(['o', `${'f'.repeat(14)}oo`])
  expect(view.batches[1]).toMatchObject({ from: '20190101191052', to: '20190215093000', look: 'failing' })
  const { pods } = podsView(set, [], { incident })
  expect(new Set(pods.map(({ kind, version }) => `${kind} ${version}`))).toEqual(
    new Set(['failing 20190215093000', 'old 20190101191052']),
  )
  expect(serviceRow(set, { incident })).toMatchObject({
    state: 'incident',
    bar: [{ failing: false }, { failing: true }],
  })
  expect(curveSample(set, { incident }, now).share).toBe(view.newShare)
})

test('where no version was changed no pod is called old, in the picture or in the list', () => {
  const set = buildBatchSet([buildBatch(1, { pods: [buildPod('a')] })])
  expect(podsView(set, [], {}).pods.map((pod) => pod.kind)).toEqual(['ready'])
})
