import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import type { CurveSample } from '../../../../shared/view/curve-series.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { paceOf, rounds } from '../../../../shared/view/pace.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'

const hour = 3_600_000

/** Batch 2 (16 pods, +4/-4: two rounds) was updated from second 100 until its last pod was ready. */
function updated(set: ReturnType<typeof buildBatchSet>, readyAt: number): Release {
  const release = buildRelease(set)
  const phase = {
    kind: 'done',
    at: readyAt + 10_000,
    generation: 2,
    digest: 'n',
    rolledSince: 100_000,
    pods: 16,
  } as const
  return {
    ...release,
    batches: release.batches.map((own) => (own.number === 2 ? { ...own, phase } : own)),
    log: [{ at: readyAt, what: 'batch-ready', batch: uid('batch-2') }],
  }
}

function pace(
  batches: readonly Batch[],
  parts: {
    readonly readyAt?: number
    readonly curves?: readonly CurveSample[]
  } = {},
) {
  const set = buildBatchSet(batches)
  const { readyAt, curves = [] } = parts
  const release = readyAt === undefined ? undefined : updated(set, readyAt)
  return paceOf({ set, release, curves })
}

test.each([
  { pods: 16, surge: 4, unavailable: 4, expected: 2 },
  { pods: 1, surge: 1, unavailable: 0, expected: 1 },
  { pods: 3, surge: 0, unavailable: 1, expected: 3 },
  { pods: 0, surge: 1, unavailable: 0, expected: 0 },
])('$pods pods at +$surge/-$unavailable take $expected rounds', ({ pods, surge, unavailable, expected }) => {
  expect(rounds(pods, { surge, unavailable })).toBe(expected)
})

test('a batch that is done tells the seconds of a round; its bake does not count', () => {
  expect(pace([buildBatch(1), buildBatch(2)], { readyAt: 180_000 })).toEqual({
    roundSeconds: 40,
    from: 'batches',
  })
})

test('a batch that was done while the machine slept tells nothing', () => {
  const at = (seconds: number, gap?: true): CurveSample => ({
    at: seconds * 1000,
    ready: 17,
    restarts: 0,
    share: 0,
    ...(gap && { gap }),
  })
  const batches = [buildBatch(1), buildBatch(2)]
  const slept = { readyAt: 100_000 + 8 * hour, curves: [at(120), at(120 + 8 * 3600, true)] }
  expect(pace(batches, slept)).toBeUndefined()
  expect(pace(batches, { readyAt: 110_000, curves: slept.curves })).toBeDefined()
})

test('before any batch is done, the pods say how long they took to start, and minReadySeconds comes on top', () => {
  const pods = [20, 30, 90].map((startSeconds, index) => buildPod(`p${index}`, { startSeconds }))
  expect(pace([buildBatch(1, { pods, minReadySeconds: 5 })])).toEqual({
    roundSeconds: 35,
    from: 'pods',
    podSeconds: 30,
  })
})

test('the pods of the version that rolls now count before those of the old one', () => {
  const slow = [buildPod('slow', { startSeconds: 90 })]
  const quick = [buildPod('quick', { startSeconds: 10 }), buildPod('old', { isNew: false, startSeconds: 80 })]
  expect(pace([buildBatch(1, { pods: slow }), buildBatch(2, { pods: quick, old: 1 })])?.podSeconds).toBe(10)
})

test('where nothing is known, nothing is said', () => {
  expect(pace([buildBatch(1, { pods: [buildPod('restarted')] })])).toBeUndefined()
})
