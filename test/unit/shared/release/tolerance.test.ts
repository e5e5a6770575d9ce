import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BatchPod } from '../../../../shared/model/batch-set.ts'
import { troubleOf } from '../../../../shared/model/batch-pods.ts'
import { readyGate } from '../../../../shared/release/gates/ready.ts'
import { restartsGate } from '../../../../shared/release/gates/restarts.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { connectionId } from '../../../../shared/ids.ts'
import { pipelineView } from '../../../../shared/view/pipeline-view.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'

const crashing = (name: string): BatchPod =>
  buildPod(name, { state: 'failing', ready: false, serving: false, restarts: 4, reason: 'CrashLoopBackOff' })
const pulling = (name: string): BatchPod =>
  buildPod(name, { state: 'failing', ready: false, serving: false, reason: 'ImagePullBackOff' })
const slow = (name: string): BatchPod => buildPod(name, { state: 'starting', ready: false, serving: false })
const restarted = (name: string): BatchPod => buildPod(name, { restarts: 2 })

/** A batch of these pods, all new, as `findBatchSets` would count them. */
function batchOf(pods: readonly BatchPod[], desired = pods.length) {
  const serving = pods.filter((pod) => pod.serving).length
  const deployment = { status: { conditions: [] } }
  const trouble = troubleOf(deployment as never, undefined, { pods, ended: [] })
  return buildBatch(2, {
    desired,
    updated: pods.length,
    total: pods.length,
    ready: serving,
    available: serving,
    servingNew: serving,
    restarts: pods.reduce((sum, pod) => sum + pod.restarts, 0),
    pods,
    ...(trouble !== undefined && { trouble }),
  })
}

function verdict(pods: readonly BatchPod[], tolerance: number) {
  const input = {
    gates: { ...defaultGates, tolerance },
    batch: batchOf(pods),
    generation: 1,
    restarts: undefined,
    restartsBefore: 0,
    deadlineBefore: undefined,
  }
  const restarts = restartsGate(input)
  return restarts.kind === 'fail' ? restarts.hold.kind : readyGate(input).kind
}

const well = Array.from({ length: 6 }, (_, index) => buildPod(`well-${index}`))

test.each([
  ['an image that cannot be pulled', pulling('a')],
  ['a crash loop with its restarts', crashing('a')],
  ['one that only starts', slow('a')],
])('a tolerance of one pod forgives one pod, whatever its trouble: %s', (_what, pod) => {
  expect(verdict([...well, pod], 1)).toBe('open')
  expect(verdict([...well, pod], 0)).not.toBe('open')
})

test('it forgives so many pods and no more, and one pod as a whole', () => {
  expect(verdict([...well, pulling('a'), crashing('b')], 2)).toBe('open')
  expect(verdict([...well, pulling('a'), pulling('b')], 1)).toBe('fail')
  expect(verdict([...well, pulling('a'), restarted('b')], 1)).toBe('restarts')
  expect(verdict([...well, restarted('b')], 1)).toBe('open')
})

test('the only pod of a batch is never forgiven', () => {
  expect(verdict([pulling('a')], 5)).toBe('fail')
  expect(verdict([crashing('a')], 5)).toBe('restarts')
})

test('a pod that was never created, as by a quota, is not forgiven', () => {
  const batch = {
    ...batchOf(well, 7),
    trouble: { reason: 'FailedCreate', message: 'exceeded quota', pods: 0, weight: 'refused' } as const,
  }
  const input = {
    gates: { ...defaultGates, tolerance: 3 },
    batch,
    generation: 1,
    restarts: undefined,
    restartsBefore: 0,
  }
  expect(readyGate({ ...input, deadlineBefore: undefined }).kind).toBe('wait')
})

test('a gate opens exactly when no more pods are in trouble than the plan forgives', () => {
  const kinds = [pulling, crashing, slow, restarted, (name: string) => buildPod(name)]
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 0, max: 8 }),
      (chosen, tolerance) => {
        const pods = chosen.map((kind, index) => kinds[kind]?.(`pod-${index}`) ?? buildPod('x'))
        const troubled = pods.filter((pod) => !pod.ready || pod.restarts > 0).length
        const isForgiven = troubled <= Math.min(tolerance, pods.length - 1)
        expect(verdict(pods, tolerance) === 'open').toBe(isForgiven)
      },
    ),
  )
})

test('the batch and its gate say what was forgiven, and do not call it failing', () => {
  const batch = batchOf([...well, pulling('a')])
  const started = buildRelease(buildBatchSet([batch]), { gates: { tolerance: 1, bakeSeconds: 0 } })
  const common = { generation: 1, digest: batch.templateDigest }
  const view = (phase: (typeof started.batches)[number]['phase']) =>
    pipelineView({
      connection: connectionId('c'),
      set: buildBatchSet([batch]),
      freshness: { kind: 'live' },
      lock: { kind: 'mine' },
      release: { ...started, batches: started.batches.map((own) => ({ ...own, phase })) },
      driving: true,
      now: 0,
    })
  const rolling = view({
    kind: 'rolling',
    since: 0,
    ...common,
    highWater: 0,
    progressAt: 0,
    restartsBefore: 0,
  })
  expect(rolling.batches[0]?.look).toBe('rolling')
  const done = view({ kind: 'done', at: 0, ...common, rolledSince: 0, pods: 7 })
  expect(sayEnglish(done.batches[0]?.sentence ?? { kind: 'batch-old' })).toBe(
    '7 of 7 updated, 1 not ready (the plan allows it), done',
  )
  const line = done.release?.gates[0]?.lines[0]
  expect(line?.look).toBe('open')
  expect(sayEnglish(line?.sentence ?? { kind: 'batch-old' })).toBe(
    'New pods ready: 6 of 7, 1 may be missing (ImagePullBackOff)',
  )
})
