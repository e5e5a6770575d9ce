import { describe, expect, test } from 'vitest'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import type { Freshness } from '../../../../shared/model/freshness.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { fromAnotherClock } from '../../../../shared/release/from-another-clock.ts'
import { connectionId } from '../../../../shared/ids.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { pipelineView } from '../../../../shared/view/pipeline-view.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { buildRelease } from '../../../support/build-release.ts'

const live: Freshness = { kind: 'live' }
const bakeSeconds = 100
const limitSeconds = 600

/** A release of one batch of 16, which is whole and bakes since 2 s. */
function baking() {
  const batch = buildBatch(2, { image: newImage })
  const started = buildRelease(buildBatchSet([buildBatch(2)]), {
    gates: { bakeSeconds },
    batchLimitSeconds: limitSeconds,
  })
  const common = { generation: 1, digest: batch.templateDigest }
  const rolling = { kind: 'rolling', since: 1000, ...common } as const
  let release: Release = {
    ...started,
    batches: started.batches.map((own) => ({
      ...own,
      phase: { ...rolling, highWater: 0, progressAt: 1000, restartsBefore: 0 },
    })),
  }
  const seen = (seconds: number, parts: Partial<Batch> = {}, freshness: Freshness = live) => {
    const observed = { freshness, service: true, batches: [{ ...batch, ...parts }] }
    const decision = decide(release, observed, seconds * 1000)
    release = decision.release
    return { phase: release.batches[0]?.phase, state: release.state, wakeAt: decision.wakeAt }
  }
  const sentence = (parts: Partial<Batch> = {}): string => {
    const set = buildBatchSet([{ ...batch, ...parts }])
    const view = pipelineView({
      connection: connectionId('c'),
      set,
      freshness: live,
      lock: { kind: 'mine' },
      release,
      driving: true,
      now: 0,
    })
    return sayEnglish(view.batches[0]?.sentence ?? { kind: 'batch-old' })
  }
  expect(seen(2).phase).toMatchObject({ kind: 'baking', since: 2000 })
  const goOn = (seconds: number): void => void (release = fromAnotherClock(release, seconds * 1000))
  return { seen, sentence, goOn, release: () => release }
}

/** Those of the beginning, all of them or so many, and as many others, which were ready later. */
const podsOf = (first: number, others: number, seconds = 60): Batch['pods'] => [
  ...Array.from({ length: first }, (_, index) => buildPod(`first-${index}`, { readySince: 1000 })),
  ...Array.from({ length: others }, (_, index) => buildPod(`other-${index}`, { readySince: seconds * 1000 })),
]
const scaledUp = { desired: 18, generation: 2, observedGeneration: 2, pods: podsOf(16, 0) }
const grown = { updated: 18, total: 18, ready: 18, available: 18, servingNew: 18, pods: podsOf(16, 2) }

describe('only what changes its pods begins the bake of a batch anew', () => {
  test('an annotation, or a foreign label that bumps the generation, does not', () => {
    const { seen } = baking()
    expect(seen(50, { generation: 2 }).phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(seen(51, { generation: 2, observedGeneration: 2 }).phase).toMatchObject({ since: 2000 })
    expect(seen(102, { generation: 2, observedGeneration: 2 }).state).toMatchObject({ outcome: 'done' })
  })

  test('nothing is called done while the controller has not looked at what was written last', () => {
    const { seen } = baking()
    expect(seen(102, { generation: 2 }).phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(seen(103, { generation: 2, observedGeneration: 2 }).state).toMatchObject({ outcome: 'done' })
  })

  test('a pod that is lost does', () => {
    const { seen } = baking()
    expect(seen(50, { available: 15, servingNew: 15 }).phase).toMatchObject({ kind: 'rolling' })
    expect(seen(51).phase).toMatchObject({ kind: 'baking', since: 51_000 })
  })

  test('a pod that is lost before the controller has looked at an annotation does', () => {
    const { seen } = baking()
    expect(seen(50, { generation: 2, available: 15, servingNew: 15 }).phase?.kind).toBe('rolling')
  })

  test('fewer pods, by an autoscaler, do not: those that stay have baked', () => {
    const { seen } = baking()
    seen(50, { desired: 12, generation: 2 })
    // The ReplicaSet has not been scaled yet.
    seen(51, { desired: 12, generation: 2, observedGeneration: 2 })
    const fewer = { updated: 12, total: 12, ready: 12, available: 12, servingNew: 12 }
    const smaller = { desired: 12, generation: 2, observedGeneration: 2, ...fewer }
    expect(seen(52, smaller).phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(seen(102, smaller).state).toMatchObject({ outcome: 'done' })
  })

  test('more pods do not, but the batch is not done before they serve', () => {
    const { seen, sentence } = baking()
    expect(seen(50, scaledUp).phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(sentence(scaledUp)).toBe('16 of 18 updated, baking')
    expect(seen(102, scaledUp).phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(seen(110, { ...scaledUp, ...grown }).state).toMatchObject({ outcome: 'done' })
  })

  test('the first pods of a batch that had none do: none of them has baked', () => {
    const { seen } = baking()
    const gone = { updated: 0, total: 0, ready: 0, available: 0, servingNew: 0 }
    const none = { ...gone, desired: 0, generation: 2, observedGeneration: 2 }
    expect(seen(50, none).phase).toMatchObject({ kind: 'baking', since: 2000, pods: 0 })
    const many = { generation: 3, observedGeneration: 3 }
    expect(seen(90, { ...none, ...many, desired: 16 }).phase).toMatchObject({ kind: 'rolling' })
    expect(seen(101, many).phase).toMatchObject({ kind: 'baking', since: 101_000 })
    expect(seen(103, many).state).toMatchObject({ kind: 'running' })
    expect(seen(201, many).state).toMatchObject({ outcome: 'done' })
  })

  test('one of the pods that baked is missed, though others were added', () => {
    const { seen } = baking()
    seen(50, scaledUp)
    expect(seen(51, { ...scaledUp, available: 15, servingNew: 15 }).phase?.kind).toBe('rolling')
  })

  test('one that was added does not stand in for one that baked', () => {
    const { seen } = baking()
    seen(50, scaledUp)
    const taken = { ...scaledUp, updated: 17, total: 17, available: 17, servingNew: 17 }
    expect(seen(61, { ...taken, pods: podsOf(15, 2) }).phase?.kind).toBe('rolling')
    expect(seen(70, { ...scaledUp, ...grown, pods: podsOf(15, 3) }).phase).toMatchObject({ since: 70_000 })
    expect(seen(103, { ...scaledUp, ...grown, pods: podsOf(15, 3) }).state.kind).toBe('running')
    expect(seen(170, { ...scaledUp, ...grown, pods: podsOf(15, 3) }).state).toMatchObject({ outcome: 'done' })
  })

  test('nor once those that were added serve, or are wanted no more', () => {
    const { seen } = baking()
    seen(50, scaledUp)
    expect(seen(61, { ...scaledUp, ...grown }).phase).toMatchObject({ since: 2000, pods: 18, steady: 16 })
    const back = { generation: 3, observedGeneration: 3 }
    expect(seen(70, { ...back, pods: podsOf(16, 0) }).phase).toMatchObject({ since: 2000 })
    expect(seen(71, { ...back, pods: podsOf(15, 1) }).phase?.kind).toBe('rolling')
  })

  test('pods that were added and never come hold the release after the limit of its batch', () => {
    const { seen } = baking()
    expect(seen(50, scaledUp).wakeAt).toBe(102_000)
    expect(seen(102, scaledUp).wakeAt).toBe(650_000)
    expect(seen(650, scaledUp).state).toMatchObject({ kind: 'held', hold: { kind: 'deadline' } })
  })
})

describe('what nobody has watched of a bake its pods are asked for', () => {
  const stale: Freshness = { kind: 'stale', since: 0, why: { kind: 'words', words: 'cut' } }
  /** 16 pods, one of them ready since another time than the rest. */
  const readySince = (seconds: number): Partial<Batch> => ({
    pods: Array.from({ length: 16 }, (_, index) =>
      buildPod(`pod-${index}`, { readySince: (index === 0 ? seconds : 1) * 1000 }),
    ),
  })

  test('ready all the time, they have baked', () => {
    const { seen } = baking()
    seen(50, {}, stale)
    expect(seen(90, readySince(2)).phase).toMatchObject({ kind: 'baking', since: 2000 })
    expect(seen(102, readySince(2)).state).toMatchObject({ outcome: 'done' })
  })

  test('where one was missing the bake begins anew, and once', () => {
    const { seen } = baking()
    seen(50, {}, stale)
    expect(seen(110, readySince(70)).phase).toMatchObject({ kind: 'baking', since: 110_000 })
    seen(150, {}, stale)
    expect(seen(160, readySince(70)).phase).toMatchObject({ kind: 'baking', since: 110_000 })
    expect(seen(210, readySince(70)).state).toMatchObject({ outcome: 'done' })
  })

  test('also where its driver was gone', () => {
    const { seen, goOn } = baking()
    seen(50, readySince(1))
    goOn(500)
    expect(seen(500, readySince(400)).phase).toMatchObject({ kind: 'baking', since: 500_000 })
  })

  test('that nobody watches is not told again and again, nor that a batch was ready before', () => {
    const { seen, release } = baking()
    seen(50, {}, stale)
    const before = release()
    seen(51, {}, stale)
    expect(release()).toBe(before)
    seen(52, readySince(1))
    expect(release().log.filter(({ what }) => what === 'batch-ready')).toHaveLength(1)
  })
})
