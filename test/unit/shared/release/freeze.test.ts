import { describe, expect, test } from 'vitest'
import { decide } from '../../../../shared/release/decide.ts'
import { isKeptStill } from '../../../../shared/release/decide-freeze.ts'
import type { Effect, EffectResult, ReleaseBatch } from '../../../../shared/release/release.ts'
import { isOver } from '../../../../shared/release/standing.ts'
import { whyNot } from '../../../../shared/release/verbs.ts'
import { pipelineView } from '../../../../shared/view/pipeline-view.ts'
import { connectionId, uid } from '../../../../shared/ids.ts'
import { buildBatchSet } from '../../../support/build-batch.ts'
import { drive } from '../../../support/drive-release.ts'

type Run = ReturnType<typeof drive>
const other = 'registry.example/app-cloud/demo:20190301'

/** Batch 2 is frozen midway; the canary is done. */
function frozen(): Run {
  const run = drive([1, 16, 16])
  run.look()
  run.roll()
  run.bake()
  run.give({ kind: 'approve', step: 0 })
  run.look()
  run.cluster.progress()
  run.look()
  run.give({ kind: 'freeze' })
  run.look()
  expect(isPaused(run, 2)).toBe(true)
  return run
}

const isPaused = (run: Run, number: number): boolean | undefined => run.cluster.batches()[number - 1]?.paused
const freezeOf = (run: Run, number: number) => run.release().batches[number - 1]?.freeze
const uids = (run: Run) => run.release().batches.map((own) => own.uid)

const refusing =
  (kind: Effect['kind'], result: EffectResult = { kind: 'refused', message: 'denied' }) =>
  (effect: Effect): EffectResult | undefined =>
    effect.kind === kind ? result : undefined

/** For longer than any write is tried. */
function outlast(run: Run): void {
  for (let hour = 0; hour < 10; hour++) {
    run.look()
    run.wait(3600)
  }
}

function viewOf(run: Run) {
  return pipelineView({
    connection: connectionId('c'),
    set: buildBatchSet(run.cluster.batches()),
    freshness: { kind: 'live' },
    lock: { kind: 'mine' },
    release: run.release(),
    driving: true,
    now: 0,
  })
}

describe('whatever ends a release clears what it has paused', () => {
  test('a stop, however often the write fails: it is not over before', () => {
    const run = frozen()
    run.give({ kind: 'stop' })
    run.answerBy(refusing('set-paused', { kind: 'unknown', message: 'reset' }))
    for (let hour = 0; hour < 12; hour++) {
      run.look()
      run.wait(3600)
    }
    expect(isOver(run.release())).toBe(false)
    expect(viewOf(run).batches[1]?.write?.sentence).toMatchObject({ write: 'thaw', ends: 'done' })
    run.answerBy(() => undefined)
    run.look()
    expect(isPaused(run, 2)).toBe(false)
    expect(isOver(run.release())).toBe(true)
  })

  test('a stop whose write is refused stays a stop, is over, and says what is left paused', () => {
    const run = frozen()
    run.give({ kind: 'stop' })
    run.answerBy(refusing('set-paused'))
    run.look()
    expect(viewOf(run).batches[1]?.write?.sentence).toMatchObject({ write: 'thaw', ends: 'limit' })
    outlast(run)
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'stopped' })
    expect(isOver(run.release())).toBe(true)
    expect(viewOf(run).headline).toMatchObject({ kind: 'release-stopped', remains: { paused: [2] } })
  })

  test('a stop whose write is denied once or twice', () => {
    const run = frozen()
    run.give({ kind: 'stop' })
    run.answerBy(refusing('set-paused'))
    run.look()
    run.answerBy(() => undefined)
    run.wait(60)
    run.look()
    expect(isPaused(run, 2)).toBe(false)
    expect(isOver(run.release())).toBe(true)
  })

  test('what is left paused is said as long as it is so', () => {
    const run = frozen()
    run.give({ kind: 'stop' })
    run.answerBy(refusing('set-paused'))
    outlast(run)
    run.cluster.unpauseIt(2)
    expect(viewOf(run).headline).toMatchObject({ kind: 'release-stopped', remains: { paused: [] } })
  })

  test('a rollback that leaves the batch out', () => {
    const run = frozen()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: [uid('batch-1')] })
    run.roll()
    expect(isPaused(run, 2)).toBe(false)
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(isOver(run.release())).toBe(true)
  })

  test('a rollback that can not write the batch back', () => {
    const run = frozen()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: uids(run) })
    run.answerBy(refusing('set-template'))
    run.look()
    run.look()
    expect(run.phases().slice(0, 2)).toEqual(['stuck', 'stuck'])
    expect(isPaused(run, 2)).toBe(false)
    run.look()
    expect(isOver(run.release())).toBe(true)
  })

  test('a rollback by the plan, of a release that keeps a batch still since another one was here', () => {
    const run = frozen()
    run.supersede({
      images: uids(run).map((batch) => ({ batch, container: 'demo-aone', image: other })),
      onFailure: 'roll-back-batch',
    })
    run.cluster.spoil(1, 'ImagePullBackOff')
    run.look()
    run.cluster.progress()
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'rolling-back', batches: [uid('batch-1')] })
    run.look()
    expect(isPaused(run, 2)).toBe(false)
  })
})

describe('a pause that can not be cleared', () => {
  test('keeps no rollback waiting, not even for its first try', () => {
    const run = frozen()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: [uid('batch-1')] })
    expect(run.look().map((effect) => effect.kind)).toEqual(['set-paused', 'set-template'])
  })

  test('turns no rollback into a hold', () => {
    const run = frozen()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: [uid('batch-1')] })
    run.answerBy(refusing('set-paused'))
    run.roll()
    outlast(run)
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(viewOf(run).headline).toMatchObject({ kind: 'release-rolled-back', remains: { paused: [2] } })
  })

  test('holds a release that was to go on, in its own words, and is tried once more by a retry', () => {
    const run = frozen()
    run.give({ kind: 'resume' })
    run.answerBy(refusing('set-paused'))
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'refused' } })
    expect(viewOf(run).headline).toMatchObject({ kind: 'release-brake-stuck', wish: 'thaw', batch: 2 })
    run.answerBy(() => undefined)
    run.give({ kind: 'retry', batch: uid('batch-2') })
    run.look()
    expect(isPaused(run, 2)).toBe(false)
    expect(freezeOf(run, 2)).toBeUndefined()
  })
})

test('a pause that is refused leaves the release paused, and says that the batch goes on', () => {
  const run = drive([1, 4])
  run.look()
  run.give({ kind: 'freeze' })
  run.answerBy(refusing('set-paused'))
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'paused' })
  const view = viewOf(run)
  expect(view.headline).toMatchObject({ kind: 'release-brake-stuck', wish: 'freeze', batch: 1 })
  expect(view.release?.frozen).toBe('failed')
  expect(view.batches[0]?.look).toBe('rolling')
  // It is judged as any other, and the person may try once more.
  run.roll()
  expect(run.phases()[0]).toBe('baking')
  expect(whyNot('freeze', run.release(), run.observed())).toBeUndefined()
})

test('resume after another release took the place of a frozen one goes on with the batch', () => {
  const run = frozen()
  run.supersede({ images: uids(run).map((batch) => ({ batch, container: 'demo-aone', image: other })) })
  run.look()
  expect(whyNot('resume', run.release(), run.observed())).toBeUndefined()
  expect(run.give({ kind: 'resume' })).toMatchObject({ ok: true })
  run.look()
  expect(isPaused(run, 2)).toBe(false)
})

test('each batch has a pause of its own: a second one does not make the first one forgotten', () => {
  const run = frozen()
  run.supersede({ images: uids(run).map((batch) => ({ batch, container: 'demo-aone', image: other })) })
  run.look()
  run.give({ kind: 'freeze' })
  run.look()
  expect([isPaused(run, 1), isPaused(run, 2)]).toEqual([true, true])
  run.give({ kind: 'stop' })
  run.look()
  expect([isPaused(run, 1), isPaused(run, 2)]).toEqual([false, false])
  expect(isOver(run.release())).toBe(true)
})

describe('somebody else clears the pause', () => {
  test('it is not called paused any more, also before the release has looked', () => {
    const run = frozen()
    expect(viewOf(run).headline).toMatchObject({ kind: 'release-frozen' })
    expect(viewOf(run).batches[1]?.look).toBe('frozen')
    run.cluster.unpauseIt(2)
    expect(viewOf(run).headline).toMatchObject({ kind: 'release-paused' })
    expect(viewOf(run).batches[1]?.look).toBe('rolling')
    expect(viewOf(run).release?.frozen).toBeUndefined()
  })

  test('the batch is judged again, with its time anew, and nothing further begins', () => {
    const run = frozen()
    run.wait(7200)
    run.cluster.unpauseIt(2)
    run.look()
    expect(freezeOf(run, 2)).toBeUndefined()
    expect(run.release().state.kind).toBe('paused')
    expect(run.release().log.at(-1)).toMatchObject({ what: 'unpaused', batch: uid('batch-2') })
    run.roll()
    run.bake()
    run.roll()
    expect(run.phases()).toEqual(['done', 'done', 'waiting'])
    expect(run.release().state.kind).toBe('paused')
  })

  test('what was observed before our own write says nothing', () => {
    const run = frozen()
    const { batches, ...seen } = run.observed()
    const older = batches.map((batch) =>
      batch.number === 2 ? { ...batch, paused: false, generation: batch.generation - 1 } : batch,
    )
    expect(decide(run.release(), { ...seen, batches: older }, 20_000).release.batches[1]?.freeze).toEqual(
      freezeOf(run, 2),
    )
  })
})

test('what somebody else has paused is not ours to be frozen, nor to be cleared by going on', () => {
  const run = drive([1, 4])
  run.look()
  run.cluster.pauseIt(1)
  expect(whyNot('freeze', run.release(), run.observed())).toEqual({ kind: 'off-frozen' })
})

test('a batch is kept still from the wish on, and where that was given up as long as it is paused', () => {
  const [own] = drive([1]).release().batches
  if (own === undefined) throw new Error('no batch')
  const why = { kind: 'refused', message: 'denied' } as const
  const isStill = (freeze: ReleaseBatch['freeze'], paused: boolean): boolean =>
    isKeptStill({ ...own, ...(freeze !== undefined && { freeze }) }, { paused })
  expect(isStill(undefined, true)).toBe(false)
  expect(isStill({ wish: 'freeze', sent: false }, false)).toBe(true)
  expect(isStill({ wish: 'thaw', sent: false, stuck: why }, true)).toBe(true)
  expect(isStill({ wish: 'freeze', sent: false, stuck: why }, false)).toBe(false)
})

test('a stop tries once more to clear what could not be cleared before', () => {
  const run = frozen()
  run.answerBy(refusing('set-paused'))
  run.give({ kind: 'resume' })
  outlast(run)
  expect(freezeOf(run, 2)?.stuck).toBeDefined()
  run.answerBy(() => undefined)
  expect(run.give({ kind: 'stop' })).toMatchObject({ ok: true })
  run.look()
  expect(isPaused(run, 2)).toBe(false)
})

test('freezing is a brake beside what holds a release, which stays what is said of it', () => {
  const run = drive([1, 16, 16], { gates: { approval: false } })
  run.look()
  run.cluster.spoil(1, 'ImagePullBackOff')
  run.cluster.progress()
  run.look()
  expect(run.release().state.kind).toBe('held')
  run.give({ kind: 'freeze' })
  expect(run.release().state.kind).toBe('held')
  expect(freezeOf(run, 1)).toMatchObject({ wish: 'freeze' })
})

test('a pause that was cleared before the turn of its batch is not told from an older observation', () => {
  const run = drive([1, 4])
  run.cluster.pauseIt(1)
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'batch-paused' } })
  const before = run.observed()
  run.give({ kind: 'restore', batch: uid('batch-1') })
  run.look()
  expect(isPaused(run, 1)).toBe(false)
  const late = decide(run.release(), before, 20_000)
  expect(late).toMatchObject({ release: { state: { kind: 'running' } }, effects: [] })
  // Paused once more, it holds the release again.
  run.cluster.pauseIt(1)
  expect(decide(run.release(), run.observed(), 20_000).release.state).toMatchObject({ kind: 'held' })
})
