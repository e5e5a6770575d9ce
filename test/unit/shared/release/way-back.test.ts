import { describe, expect, test } from 'vitest'
import type { Uid } from '../../../../shared/ids.ts'
import type { FailurePolicy } from '../../../../shared/release/plan.ts'
import { whyNot } from '../../../../shared/release/verbs.ts'
import { rollBackPreview } from '../../../../shared/view/roll-back-preview.ts'
import { buildBatchSet, newImage, oldImage } from '../../../support/build-batch.ts'
import { drive } from '../../../support/drive-release.ts'

const live = { kind: 'live' } as const

type Run = ReturnType<typeof drive>

const setOf = (run: Run) => buildBatchSet(run.cluster.batches())
const uids = (run: Run): readonly Uid[] => run.release().batches.map((own) => own.uid)
const images = (run: Run) => run.cluster.batches().map((one) => one.containers[0]?.image)
const offered = (run: Run) => rollBackPreview(run.release(), setOf(run)).batches.map((one) => one.number)
const off = (run: Run) =>
  whyNot('roll-back', run.release(), { freshness: live, batches: run.cluster.batches() })?.kind

/** Both batches have the new image, and a third one waits. */
function twoDone(onFailure: FailurePolicy = 'pause'): Run {
  const run = drive([1, 4, 4], { gates: { approval: false }, onFailure })
  run.look()
  for (const _ of [1, 2]) {
    run.roll()
    run.bake()
  }
  return run
}

describe('a roll back of all while a part is on its way', () => {
  test('is done: the others join it', () => {
    const run = twoDone()
    run.give({ kind: 'pause' })
    const [first, second] = uids(run)
    if (first === undefined || second === undefined) throw new Error('no batches')
    run.give({ kind: 'roll-back', mode: 'at-once', batches: [second] })
    run.look()
    expect(off(run)).toBeUndefined()
    expect(offered(run)).toContain(1)
    expect(run.give({ kind: 'roll-back', mode: 'at-once', batches: uids(run) })).toMatchObject({ ok: true })
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(images(run)).toEqual([oldImage, oldImage, oldImage])
  })

  test('asked batch by batch, it does not forget what was on its way before', () => {
    const run = twoDone()
    const [first, second] = uids(run)
    if (first === undefined || second === undefined) throw new Error('no batches')
    run.give({ kind: 'roll-back', mode: 'batch-by-batch', batches: [second] })
    run.look()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: [first] })
    expect(run.release().state).toMatchObject({ mode: 'at-once', batches: [first, second] })
    run.roll()
    expect(images(run).slice(0, 2)).toEqual([oldImage, oldImage])
  })

  test('sent twice it is done once', () => {
    const run = twoDone()
    const wish = { kind: 'roll-back', mode: 'at-once', batches: uids(run) } as const
    run.give(wish)
    const before = run.release()
    expect(run.give(wish)).toEqual({ ok: true, value: before })
    expect(off(run)).toBe('off-rolling-back')
  })

  test('while the plan takes back one batch and then holds, a person takes back all and it ends', () => {
    const run = drive([1, 4], { gates: { approval: false }, onFailure: 'roll-back-batch' })
    run.look()
    run.roll()
    run.bake()
    run.cluster.spoil(2, 'ImagePullBackOff')
    run.cluster.progress()
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'rolling-back', then: 'hold' })
    expect(offered(run)).toEqual([1])
    run.give({ kind: 'roll-back', mode: 'at-once', batches: uids(run) })
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(images(run)).toEqual([oldImage, oldImage])
  })

  test('after the end nothing is offered where nothing of it runs any more', () => {
    const run = twoDone()
    run.give({ kind: 'stop' })
    expect(off(run)).toBeUndefined()
    for (const number of [1, 2, 3]) run.cluster.setImage(number, 'registry.example/other:1')
    expect(offered(run)).toEqual([])
    expect(off(run)).toBe('off-nothing-left')
  })
})

describe('the plan’s answer to a failing batch', () => {
  test.each<FailurePolicy>(['roll-back-all', 'roll-back-batch-by-batch', 'roll-back-batch'])(
    '%s is not masked by another batch that has lost pods',
    (onFailure) => {
      const run = twoDone(onFailure)
      run.cluster.losePods(1, 1)
      run.cluster.spoil(3, 'ImagePullBackOff')
      run.wait(31)
      run.look()
      run.cluster.losePods(1, 1)
      run.wait(31)
      run.look()
      run.cluster.progress()
      run.cluster.losePods(1, 1)
      run.look()
      expect(run.release().state).toMatchObject({
        kind: 'rolling-back',
        because: { kind: 'pods', batch: uids(run)[2] },
      })
    },
  )

  test('a release that a person has paused is held instead: the person is there', () => {
    const run = twoDone('roll-back-all')
    run.give({ kind: 'pause' })
    run.cluster.spoil(3, 'ImagePullBackOff')
    run.cluster.progress()
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'pods' } })
    expect(images(run)[0]).toBe(newImage)
  })
})
