import { describe, expect, test } from 'vitest'
import type { Uid } from '../../../../shared/ids.ts'
import type { FailurePolicy } from '../../../../shared/release/plan.ts'
import { command } from '../../../../shared/release/command.ts'
import { decide } from '../../../../shared/release/decide.ts'
import type { RollBackMode } from '../../../../shared/release/release.ts'
import { remainsOf } from '../../../../shared/release/remains.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { whyNot } from '../../../../shared/release/verbs.ts'
import { headlineOf } from '../../../../shared/view/headline.ts'
import { rollBackPreview } from '../../../../shared/view/roll-back-preview.ts'
import { buildBatchSet, newImage, oldImage } from '../../../support/build-batch.ts'
import { drive } from '../../../support/drive-release.ts'
import { wordsOf } from '../../../support/spoken.ts'

const live = { kind: 'live' } as const

type Run = ReturnType<typeof drive>

const setOf = (run: Run) => buildBatchSet(run.cluster.batches())
const uids = (run: Run): readonly Uid[] => run.release().batches.map((own) => own.uid)
const images = (run: Run) => run.cluster.batches().map((one) => one.containers[0]?.image)
const offered = (run: Run) => rollBackPreview(run.release(), setOf(run)).batches.map((one) => one.number)
const off = (run: Run) =>
  whyNot('roll-back', run.release(), { freshness: live, service: true, batches: run.cluster.batches() })?.kind

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

describe('a way back that does not come to its end', () => {
  /** The canary is on its way back, and its earlier pods do not come up. */
  function failingBack(mode: RollBackMode = 'at-once'): Run {
    const run = twoDone()
    run.give({ kind: 'pause' })
    run.give({ kind: 'roll-back', mode, batches: uids(run).slice(0, 2) })
    run.look()
    run.cluster.spoil(2, 'ImagePullBackOff')
    run.cluster.progress()
    run.look()
    return run
  }
  const second = (run: Run): Uid => {
    const uid = uids(run)[1]
    if (uid === undefined) throw new Error('no second batch')
    return uid
  }
  const why = (run: Run, verb: 'retry' | 'skip') =>
    whyNot(verb, run.release(), { freshness: live, service: true, batches: run.cluster.batches() })?.kind
  const headline = (run: Run) => headlineOf(setOf(run), { release: run.release() })

  test('says why at once, and that a person is waited for once its time is over', () => {
    const run = failingBack()
    const waits = { kind: 'return-failing', batch: 2, pods: 4, reason: 'ImagePullBackOff' }
    expect(headline(run)).toMatchObject({ kind: 'release-rolling-back', waits: { ...waits, overdue: false } })
    run.wait(run.release().plan.batchLimitSeconds)
    run.look()
    expect(headline(run)).toMatchObject({ waits: { ...waits, overdue: true } })
  })

  test('without trouble of its pods says that nothing moves, by its own time limit', () => {
    const run = twoDone()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: uids(run) })
    run.look()
    const decision = decide(run.release(), run.observed(), 100_000)
    run.look()
    expect(decision.wakeAt).toBeDefined()
    run.wait(run.release().plan.batchLimitSeconds + 60)
    run.look()
    expect(headline(run)).toMatchObject({ waits: { reason: '', overdue: true } })
  })

  test('is told also for the reason that the plan has taken it back for', () => {
    const run = drive([4, 4], { gates: { approval: false }, onFailure: 'roll-back-all' })
    const told = () => run.release().log.filter(({ what }) => what === 'held')
    run.look()
    run.wait(run.release().plan.batchLimitSeconds + 1)
    run.look()
    expect(told()).toMatchObject([{ hold: { kind: 'deadline' } }])
    expect(run.release().state).toMatchObject({ kind: 'rolling-back' })
    for (const _ of [1, 2]) {
      run.look()
      run.wait(run.release().plan.batchLimitSeconds + 60)
    }
    run.look()
    run.look()
    expect(headline(run)).toMatchObject({ waits: { overdue: true } })
    expect(told()).toMatchObject([{ hold: { kind: 'deadline' } }, { hold: { kind: 'deadline' } }])
  })

  test('comes to its end by itself once the pods are there after all', () => {
    const run = failingBack()
    run.cluster.heal(2)
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  })

  test('is tried again by a person: what was seen may pass, and the time begins anew', () => {
    const run = failingBack()
    run.wait(run.release().plan.batchLimitSeconds)
    run.look()
    expect(why(run, 'retry')).toBeUndefined()
    expect(run.give({ kind: 'retry', batch: second(run) })).toMatchObject({ ok: true })
    run.look()
    expect(headline(run)).not.toHaveProperty('waits')
    run.wait(301)
    run.look()
    expect(headline(run)).toMatchObject({ waits: { overdue: false } })
  })

  test.each<RollBackMode>(['at-once', 'batch-by-batch'])(
    'is gone on without, %s: it ends as a partial one, and says what is left',
    (mode) => {
      const run = failingBack(mode)
      expect(why(run, 'skip')).toBeUndefined()
      expect(run.give({ kind: 'skip', batch: second(run) })).toMatchObject({ ok: true })
      expect(run.give({ kind: 'skip', batch: second(run) })).toMatchObject({ ok: true })
      run.roll()
      expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back-in-part' })
      expect(remainsOf(run.release())).toMatchObject({ returned: [1], unready: [2], stuck: [] })
      expect(sayEnglish(headline(run))).toContain('batch 2 was rolled back and is not ready')
    },
  )

  test('holds a release that goes on and had only put a batch back', () => {
    const run = drive([1, 4], { gates: { approval: true } })
    run.cluster.setImage(1, 'registry.example/other:1')
    run.look()
    const [batch] = uids(run)
    if (batch === undefined) throw new Error('no batch')
    run.give({ kind: 'restore', batch })
    run.look()
    run.cluster.spoil(1, 'ImagePullBackOff')
    run.cluster.progress()
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'pods', batch } })
    run.give({ kind: 'retry', batch })
    run.look()
    expect(run.release().state.kind).toBe('running')
    run.cluster.heal(1)
    run.roll()
    expect(run.phases()[0]).not.toBe('rolling-back')
  })

  test('a batch that could not be written is written again while the others go back', () => {
    const run = failingBack()
    const release = run.release()
    const refused = {
      ...release,
      batches: release.batches.map((own) =>
        own.number === 1
          ? { ...own, phase: { kind: 'stuck', why: { kind: 'refused', message: 'no' }, at: 1 } as const }
          : own,
      ),
    }
    const seen = { freshness: live, service: true, batches: run.cluster.batches() }
    const [first] = uids(run)
    if (first === undefined) throw new Error('no batch')
    expect(whyNot('retry', refused, { ...seen, batch: first })).toBeUndefined()
    const context = { observed: run.observed(), by: 'li', now: 5000 }
    const again = command(refused, { kind: 'retry', batch: first }, context)
    if (!again.ok) throw new Error(wordsOf(again.fault))
    expect(again.value.batches[0]?.phase).toMatchObject({ kind: 'returning' })
    expect(whyNot('roll-back', refused, seen)).toBeUndefined()
  })
})

test('what a webhook has made of the write of this release is replaced like the write itself', () => {
  const run = drive([1, 4])
  run.answerBy((effect) =>
    effect.kind === 'set-images' ? { kind: 'done', generation: 2, digest: 'with a sidecar' } : undefined,
  )
  run.look()
  run.give({ kind: 'roll-back', mode: 'at-once', batches: uids(run) })
  const [back] = run.look()
  expect(back?.kind === 'set-template' && back.replaceable).toContain('with a sidecar')
})
