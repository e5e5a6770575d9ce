import { describe, expect, test } from 'vitest'
import { decide } from '../../../../shared/release/decide.ts'
import { longestBackOffMs } from '../../../../shared/release/forgiven.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import type { BatchPhase } from '../../../../shared/release/release.ts'
import type { Hold } from '../../../../shared/release/hold.ts'
import { resumed } from '../../../../shared/release/resumed.ts'
import { setPhase } from '../../../../shared/release/transitions.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'

const now = 500_000
const since = 2000
const rolling = {
  kind: 'rolling',
  since,
  generation: 2,
  digest: 'new',
  highWater: 1,
  progressAt: 3000,
} as const

/** The phase of a batch in this one, after a person has said that it goes on, over a batch that is seen so. */
function after(phase: BatchPhase, seen: Partial<Batch> = {}, told?: Hold): BatchPhase | undefined {
  const set = buildBatchSet([buildBatch(1, { desired: 4, ...seen }), buildBatch(2)])
  const release = buildRelease(set)
  const [own] = release.batches
  if (own === undefined) throw new Error('no batch')
  const observed = { freshness: { kind: 'live' }, service: true, batches: set.batches } as const
  const state = told === undefined ? release.state : ({ kind: 'held', since, hold: told } as const)
  return resumed({ ...setPhase(release, own, phase), state }, { observed, by: 'li', now }).batches[0]?.phase
}

const crash = { reason: 'CrashLoopBackOff', message: 'exit 1', pods: 1, weight: 'final' } as const
const pods = [buildPod('shop-new', { isNew: true }), buildPod('shop-old', { isNew: false })]
const forgives = {
  reason: 'CrashLoopBackOff',
  pods: pods.filter((pod) => pod.isNew).map((pod) => pod.uid),
  until: now + longestBackOffMs,
}

describe('going on means that a person has seen what held the release', () => {
  test('the pods of the new version that are in trouble are forgiven for a while, the old ones never were', () => {
    const held = { ...rolling, restartsBefore: 3, failBy: 4000, refusedSince: 4000 }
    expect(after(held, { trouble: crash, pods, deadlineExceededAt: 400_000 })).toEqual({
      ...rolling,
      progressAt: now,
      restartsBefore: 0,
      restarts: expect.anything() as unknown,
      deadlineBefore: 400_000,
      forgives,
    })
  })

  test('where nothing is in trouble nothing is forgiven in advance, and what was forgiven once is so no more', () => {
    const phase = after({ ...rolling, restartsBefore: 0, forgives })
    expect(phase).not.toHaveProperty('forgives')
    expect(phase).not.toHaveProperty('deadlineBefore')
  })

  test("that the controller's own deadline comes after the plan's is no news, once, until something moves", () => {
    const batch = buildBatch(1, { desired: 4, generation: 2, observedGeneration: 2 })
    const hold = { kind: 'deadline', batch: batch.uid } as const
    const held = { ...rolling, restartsBefore: 0, digest: batch.templateDigest }
    expect(after(held, {}, hold)).toMatchObject({ progressAt: now, deadlineTold: true })
    expect(after(held, { deadlineExceededAt: 400_000 }, hold)).not.toHaveProperty('deadlineTold')
    expect(after(held, {}, { ...hold, batch: buildBatch(2).uid })).not.toHaveProperty('deadlineTold')
    expect(after(held, {})).not.toHaveProperty('deadlineTold')
    expect(after({ ...held, deadlineTold: true }, {})).not.toHaveProperty('deadlineTold')

    const told = { ...held, progressAt: now, deadlineTold: true } as const
    const look = (phase: BatchPhase, seen: Partial<Batch>): ReturnType<typeof decide>['release'] => {
      const set = buildBatchSet([{ ...batch, updated: 1, available: 0, ...seen }, buildBatch(2)])
      const release = buildRelease(set)
      const [own] = release.batches
      if (own === undefined) throw new Error('no batch')
      const observed = { freshness: { kind: 'live' }, service: true, batches: set.batches } as const
      return decide(setPhase(release, own, phase), observed, now + 100).release
    }
    const passed = look(told, { deadlineExceededAt: now })
    expect(passed.state).toEqual({ kind: 'running' })
    expect(passed.batches[0]?.phase).toEqual({ ...held, progressAt: now, deadlineBefore: now })
    const again = look({ ...held, progressAt: now, deadlineBefore: now }, { deadlineExceededAt: now + 50 })
    expect(again.state).toMatchObject({ kind: 'held', hold })
    const risen = look(told, { available: 1 })
    expect(risen.batches[0]?.phase).toEqual({ ...held, highWater: 2, progressAt: now + 100 })
  })

  test('a pod that is just being tried once more is forgiven what its release was held for', () => {
    const told = { ...crash, kind: 'pods', batch: buildBatch(1).uid, pod: 'shop-new' } as const
    const trying = { reason: 'ErrImagePull', message: 'not found', pods: 1, weight: 'slow' } as const
    const held = { ...rolling, restartsBefore: 0 }
    expect(after(held, { pods, trouble: trying }, told)).toMatchObject({ forgives })
    expect(after(held, { pods }, told)).toMatchObject({ forgives })
    const worse = { ...crash, reason: 'OOMKilled' }
    expect(after(held, { pods, trouble: worse }, told)).toMatchObject({ forgives: { reason: 'OOMKilled' } })
    expect(after(held, { pods }, { ...told, batch: buildBatch(2).uid })).not.toHaveProperty('forgives')
  })

  test('a batch that could not be taken back goes on with the pods that it has, and with what was seen on them', () => {
    const stuck = { kind: 'stuck', why: { kind: 'refused', message: 'no' }, at: since } as const
    expect(after(stuck, { trouble: crash, pods })).toEqual({ kind: 'waiting', forgives })
    const batch = buildBatch(1, { desired: 4, image: newImage, trouble: crash, pods })
    const set = buildBatchSet([batch, buildBatch(2)])
    const release = buildRelease(set)
    const [own] = release.batches
    if (own === undefined) throw new Error('no batch')
    const observed = { freshness: { kind: 'live' }, service: true, batches: set.batches } as const
    const going = decide(setPhase(release, own, { kind: 'waiting', forgives }), observed, now).release
    expect(going.state.kind).toBe('running')
    expect(going.batches[0]?.phase).toMatchObject({ kind: 'rolling', forgives })
  })

  test('a batch on its way back gets its time and its forgiveness anew', () => {
    const back = { kind: 'rolling-back', since, generation: 2, digest: 'old' } as const
    const hold = { kind: 'deadline', batch: buildBatch(1).uid } as const
    const phase = after(
      { ...back, progressAt: 3000, highWater: 2, refusedSince: 4000, overdue: true, hold },
      { trouble: crash, pods },
    )
    expect(phase).toEqual({ ...back, progressAt: now, forgives })
    expect(after(back)).toEqual({ ...back, progressAt: now })
  })

  test('a bake begins anew, and waits for nothing that was waited for', () => {
    const baking = {
      kind: 'baking',
      since,
      generation: 2,
      digest: 'new',
      rolledSince: 1500,
      pods: 4,
    } as const
    const phase = after({
      ...baking,
      restartsBefore: 2,
      failBy: 4000,
      waitsSince: 4000,
      refusedSince: 4000,
    })
    expect(phase).toEqual({
      ...baking,
      since: now,
      restartsBefore: 0,
      restarts: expect.anything() as unknown,
    })
  })

  test('a write that was tried for long enough is tried again at once, by another name; one under way is left alone', () => {
    const patching = { kind: 'patching', attempt: 4, since } as const
    const tried = { count: 6, since, message: 'timeout' }
    expect(after({ ...patching, tried, retryAt: now + 30_000 })).toEqual({
      ...patching,
      attempt: 5,
      since: now,
    })
    expect(after(patching)).toEqual(patching)
  })

  test('a batch that could not be taken back is judged anew', () => {
    const why = { kind: 'refused', message: 'denied' } as const
    expect(after({ kind: 'stuck', why, at: 4000 })).toEqual({ kind: 'waiting' })
  })
})
