import { describe, expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import { adopted } from '../../../../shared/release/answer-foreign.ts'
import type { ReleaseCommand } from '../../../../shared/release/command-context.ts'
import { decide } from '../../../../shared/release/decide.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { settle } from '../../../../shared/release/settle/settle.ts'
import { newImage, oldImage } from '../../../support/build-batch.ts'
import { imageText } from '../../../../shared/view/image-text.ts'
import { drive, driveIntoSecond } from '../../../support/drive-release.ts'
import { spoken } from '../../../support/spoken.ts'

const other = 'registry.example/other:1'

function batchOf(run: ReturnType<typeof drive>, number: number) {
  const own = run.release().batches.find((one) => one.number === number)
  if (own === undefined) throw new Error(`no batch ${number}`)
  return own.uid
}

function about(run: ReturnType<typeof drive>, kind: 'retry' | 'skip' | 'adopt' | 'restore', number: number) {
  return run.give({ kind, batch: batchOf(run, number) } satisfies ReleaseCommand)
}

describe('freeze', () => {
  test('pauses the release and the Deployment in progress; resuming clears it before anything goes on', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    expect(run.names().at(-1)).toBe('set-paused demo-aone-2')
    expect(run.cluster.batches()[1]?.paused).toBe(true)
    run.roll()
    expect(run.release().state.kind).toBe('paused')
    expect(run.phases()).toEqual(['done', 'rolling', 'waiting'])
    run.give({ kind: 'resume' })
    run.look()
    expect(run.cluster.batches()[1]?.paused).toBe(false)
    run.roll()
    run.bake()
    expect(run.phases()[1]).toBe('done')
  })

  test('is no failure however long it lasts: no time limit runs, and spec.paused is known as ours', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    run.wait(100_000)
    run.look()
    expect(run.release().state.kind).toBe('paused')
  })

  test('a way back goes on where the pause of a batch beside it can not be cleared: nothing goes forward instead', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    const first = [batchOf(run, 1)]
    run.give({ kind: 'roll-back', mode: 'at-once', batches: first })
    const effect = decide(run.release(), run.observed(), 2000).effects[0]
    expect(effect?.kind).toBe('set-paused')
    if (effect === undefined) throw new Error('no effect')
    const result = { kind: 'refused', message: 'denied' } as const
    const after = settle(run.release(), effect, { result, now: 2000 })
    expect(after.state.kind).toBe('rolling-back')
    expect(after.batches[1]?.freeze).toMatchObject({ wish: 'thaw', refused: true })
  })

  test('a stop leaves no Deployment paused behind', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    run.give({ kind: 'stop' })
    run.look()
    expect(run.cluster.batches()[1]?.paused).toBe(false)
    expect(run.release()).toMatchObject({ state: { kind: 'ended', outcome: 'stopped' } })
    expect(run.release().batches.some((own) => own.freeze !== undefined)).toBe(false)
  })

  test('a roll back of a frozen batch clears it in the same patch', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    run.look()
    expect(run.cluster.batches()[1]?.paused).toBe(false)
    expect(run.names().filter((name) => name.startsWith('set-paused'))).toHaveLength(1)
    run.roll()
    expect(run.release().state).toMatchObject({ outcome: 'rolled-back' })
  })

  /** Back to what batch 1, or batch 2, ran before. */
  function goBackTo(run: ReturnType<typeof drive>, number: number) {
    const own = run.release().batches.find((one) => one.number === number)
    if (own === undefined) throw new Error(`no batch ${number}`)
    const { template, templateDigest: digest } = own.baseline
    run.supersede({
      change: { kind: 'restore' },
      targets: new Map([[own.uid, { template, digest }]]),
      steps: run.release().batches.map(({ uid: batch }) => ({
        batch,
        gates: defaultGates,
        leftOut: batch !== own.uid,
      })),
    })
  }

  test('a batch that another release leaves out does not stay paused', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    goBackTo(run, 1)
    run.look()
    expect(run.cluster.batches()[1]?.paused).toBe(false)
    run.roll()
    expect(run.release()).toMatchObject({ state: { kind: 'ended', outcome: 'rolled-back' } })
    expect(run.release().batches.some((own) => own.freeze !== undefined)).toBe(false)
    expect(run.cluster.batches()[1]).toMatchObject({ paused: false, updated: 4 })
  })

  test('a batch that another release takes back is cleared in the same patch', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    const frozen = run.names().length
    goBackTo(run, 2)
    run.roll()
    expect(run.names().slice(frozen)).toEqual(['set-template demo-aone-2'])
    expect(run.cluster.batches()[1]).toMatchObject({ paused: false, available: 4 })
  })

  test('a batch that another image takes the place of stays as it is until its turn, and then goes on', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    const frozen = run.names().length
    const updated = run.cluster.batches()[1]?.updated
    run.supersede({
      change: { kind: 'image' },
      images: run
        .release()
        .batches.map(({ uid: batch }) => ({ batch, container: 'demo-aone', image: other })),
      gates: { approval: true, bakeSeconds: 10 },
    })
    run.roll()
    run.bake()
    expect(run.phases()).toEqual(['done', 'waiting', 'waiting'])
    expect(run.cluster.batches()[1]).toMatchObject({ paused: true, updated })
    run.give({ kind: 'push-all' })
    run.roll()
    expect(run.names().slice(frozen)).toEqual([
      'set-images demo-aone-1',
      'set-paused demo-aone-2',
      'set-images demo-aone-2',
    ])
    run.bake()
    expect(run.phases()[1]).toBe('done')
  })

  test('twice is once, and without a batch in progress it says so', () => {
    const run = driveIntoSecond()
    run.give({ kind: 'freeze' })
    run.look()
    expect(run.give({ kind: 'freeze' })).toMatchObject({ ok: true })
    expect(run.look()).toEqual([])
    const idle = drive([1, 4])
    expect(idle.give({ kind: 'freeze' })).toMatchObject({ ok: false })
  })
})

describe('skip', () => {
  test('a batch that has not begun is left out, is never called done, and the next one follows', () => {
    const run = driveIntoSecond()
    about(run, 'skip', 3)
    run.roll()
    run.bake()
    expect(run.phases()).toEqual(['done', 'done', 'skipped'])
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
    expect(run.cluster.batches()[2]?.containers[0]?.image).toBe(oldImage)
  })

  test('the gate after a skipped batch asks, also where the one before it was approved or the plan asks nobody', () => {
    for (const approval of [true, false]) {
      const run = drive([1, 4, 4], { gates: { approval, bakeSeconds: 10 } })
      run.give({ kind: 'push-all' })
      run.look()
      about(run, 'skip', 2)
      run.roll()
      run.bake()
      run.look()
      expect(run.phases()).toEqual(['done', 'skipped', 'waiting'])
      expect(run.names()).toEqual(['set-images demo-aone-1'])
      expect(run.give({ kind: 'approve', step: 1 })).toMatchObject({ ok: true })
      run.look()
      expect(run.names().at(-1)).toBe('set-images demo-aone-3')
    }
  })

  test('the gate at which the release waited opens nothing any more once the batch behind it is skipped', () => {
    const run = drive([1, 4, 4], { gates: { approval: true, bakeSeconds: 10 } })
    run.look()
    run.roll()
    run.bake()
    about(run, 'skip', 2)
    expect(run.give({ kind: 'approve', step: 0 })).toMatchObject({ ok: false, fault: { code: 'conflict' } })
    run.look()
    expect(run.names()).toEqual(['set-images demo-aone-1'])
  })

  test('a failing batch whose foreign change is kept is skipped by that, and the gate after it asks', () => {
    const run = driveIntoSecond()
    run.cluster.setImage(2, other)
    run.look()
    about(run, 'adopt', 2)
    run.look()
    expect(run.phases()).toEqual(['done', 'skipped', 'waiting'])
    expect(run.names().at(-1)).toBe('set-images demo-aone-2')
  })

  test('where only sizes change there is no batch to be left out', () => {
    const batches = drive([1, 4]).cluster.batches()
    const sizes = [{ batch: batches[1]?.uid ?? uid('none'), from: 4, to: 6 }]
    const run = drive([1, 4], { change: { kind: 'none' }, sizes })
    expect(about(run, 'skip', 2)).toMatchObject({ ok: false })
  })

  test('a failing batch that is skipped keeps what it has, and a roll back still takes it back', () => {
    const run = driveIntoSecond()
    run.cluster.spoil(2, 'ImagePullBackOff')
    run.roll()
    expect(run.release().state.kind).toBe('held')
    about(run, 'skip', 2)
    expect(run.phases()[1]).toBe('skipped')
    run.look()
    expect(run.names().at(-1)).toBe('set-images demo-aone-2')
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    run.look()
    expect(run.cluster.batches().map((batch) => batch.containers[0]?.image)).toEqual([
      oldImage,
      oldImage,
      oldImage,
    ])
  })

  test('a batch in progress that is well is not skipped: it says to pause, freeze or roll back', () => {
    expect(about(driveIntoSecond(), 'skip', 2)).toMatchObject({ ok: false, fault: { code: 'conflict' } })
  })
})

describe('somebody else has changed a batch', () => {
  test('before its turn: accepted, it starts from there, and a roll back takes it there', () => {
    const run = driveIntoSecond()
    run.cluster.setImage(3, other)
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
    expect(about(run, 'adopt', 3)).toMatchObject({ ok: true })
    run.roll()
    run.bake()
    run.look()
    expect(run.names().at(-1)).toBe('set-images demo-aone-3')
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    run.look()
    expect(run.cluster.batches()[2]?.containers[0]?.image).toBe(other)
  })

  test('before its turn: put back, it is returned to where it began and then takes its turn', () => {
    const run = driveIntoSecond()
    run.cluster.setImage(3, other)
    run.look()
    expect(about(run, 'restore', 3)).toMatchObject({ ok: true })
    run.look()
    expect(run.cluster.batches()[2]?.containers[0]?.image).toBe(oldImage)
    run.roll()
    run.bake()
    run.roll()
    run.bake()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  })

  test('put back, and paused by somebody on the way: the release is held for that, and goes on once it is cleared', () => {
    const run = driveIntoSecond()
    run.cluster.setImage(3, other)
    run.look()
    about(run, 'restore', 3)
    run.look()
    run.cluster.pauseIt(3)
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'batch-paused' } })
    about(run, 'restore', 3)
    run.roll()
    run.bake()
    run.roll()
    run.bake()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  })

  test('after its turn: accepted, it keeps the foreign template, is left out, and is never overwritten', () => {
    const run = driveIntoSecond()
    run.cluster.setImage(1, other)
    run.look()
    about(run, 'adopt', 1)
    expect(run.phases()[0]).toBe('skipped')
    run.give({ kind: 'roll-back', mode: 'at-once', batches: run.release().batches.map((own) => own.uid) })
    run.look()
    expect(run.cluster.batches()[0]?.containers[0]?.image).toBe(other)
    run.roll()
    expect(run.release().state).toMatchObject({ outcome: 'rolled-back-in-part' })
  })

  test('after its turn: put back, this release is written over exactly what the person saw', () => {
    const run = driveIntoSecond()
    run.cluster.setImage(1, other)
    run.look()
    run.cluster.setImage(1, 'registry.example/other:2')
    about(run, 'restore', 1)
    run.look()
    expect(run.cluster.batches()[0]?.containers[0]?.image).toBe('registry.example/other:2')
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
    about(run, 'restore', 1)
    run.look()
    // One batch at a time: the second one is done first.
    run.roll()
    run.bake()
    run.look()
    expect(run.cluster.batches()[0]?.containers[0]?.image).not.toBe('registry.example/other:2')
  })

  test('scaling is no foreign change: it is told, and the batch is done with its new size', () => {
    const run = driveIntoSecond()
    run.cluster.scale(2, 6)
    run.roll()
    run.bake()
    expect(run.phases()[1]).toBe('done')
    expect(run.release().log).toContainEqual(
      expect.objectContaining({ what: 'scaled', from: 4, to: 6, by: 'kubectl-scale' }),
    )
  })
})

describe('the plan answers a failing batch', () => {
  function failing(onFailure: 'roll-back-batch' | 'roll-back-all' | 'roll-back-batch-by-batch') {
    const run = driveIntoSecond({ onFailure })
    run.cluster.spoil(2, 'CrashLoopBackOff')
    run.roll()
    return run
  }

  test('by taking this batch back and holding; trying again writes it once more', () => {
    const run = failing('roll-back-batch')
    expect(run.phases()).toEqual(['done', 'returned', 'waiting'])
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { reason: 'CrashLoopBackOff' } })
    run.cluster.heal(2)
    about(run, 'retry', 2)
    run.look()
    expect(run.names().filter((name) => name === 'set-images demo-aone-2')).toHaveLength(2)
  })

  test.each(['roll-back-all', 'roll-back-batch-by-batch'] as const)('by %s', (policy) => {
    const run = failing(policy)
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(run.phases()).toEqual(['returned', 'returned', 'waiting'])
  })

  test('but never answers what somebody else did', () => {
    const run = driveIntoSecond({ onFailure: 'roll-back-all' })
    run.cluster.setImage(2, other)
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
  })
})

describe('a plan may be changed for what has not begun', () => {
  const gates = { ...defaultGates, approval: false, bakeSeconds: 0 }

  test('its gates, its order and what is left out', () => {
    const run = drive([1, 4, 4, 4], { gates: { approval: false, bakeSeconds: 10 } })
    run.look()
    const change = {
      steps: [
        { batch: batchOf(run, 4), gates, leftOut: false },
        { batch: batchOf(run, 2), gates, leftOut: true },
      ],
      sizes: [],
    }
    expect(run.give({ kind: 'change-plan', change })).toMatchObject({ ok: true })
    expect(run.release().batches.map((own) => [own.number, own.phase.kind])).toEqual([
      [1, 'rolling'],
      [4, 'waiting'],
      [3, 'waiting'],
      [2, 'skipped'],
    ])
    run.roll()
    run.bake()
    expect(run.names().at(-1)).toBe('set-images demo-aone-4')
  })

  test('an approval stays with its batch when the order changes, and a gate that is new asks anew', () => {
    const run = drive([1, 4, 4, 4], { gates: { approval: true, bakeSeconds: 0 } })
    run.give({ kind: 'push-all' })
    run.look()
    const asks = { ...gates, approval: true }
    const reorder = {
      steps: [
        { batch: batchOf(run, 4), gates: asks, leftOut: false },
        { batch: batchOf(run, 3), gates, leftOut: false },
        { batch: batchOf(run, 2), gates: asks, leftOut: false },
      ],
      sizes: [],
    }
    run.give({ kind: 'change-plan', change: reorder })
    const approved = () => run.release().approved.map((step) => run.release().batches[step]?.number)
    expect(approved()).toEqual([1, 3, 2])
    const ask = { steps: [{ batch: batchOf(run, 3), gates: asks, leftOut: false }], sizes: [] }
    run.give({ kind: 'change-plan', change: ask })
    expect(approved()).toEqual([1, 2])
  })

  test('an approval was given for the batch that followed: where another one follows, it is asked for anew', () => {
    const run = drive([1, 4, 4], { gates: { approval: true, bakeSeconds: 0 } })
    run.look()
    run.roll()
    run.give({ kind: 'pause' })
    run.give({ kind: 'resume' })
    run.give({ kind: 'approve', step: 0 })
    run.give({ kind: 'pause' })
    const step = { batch: batchOf(run, 2), gates, leftOut: true }
    run.give({ kind: 'change-plan', change: { steps: [step], sizes: [] } })
    run.give({ kind: 'resume' })
    run.look()
    expect(run.names()).toEqual(['set-images demo-aone-1'])
  })

  test('a batch that a person skipped stays skipped by a person: the gate after it still asks', () => {
    const run = drive([1, 4, 4], { gates: { approval: false, bakeSeconds: 0 } })
    run.look()
    about(run, 'skip', 2)
    const step = { batch: batchOf(run, 2), gates, leftOut: true }
    run.give({ kind: 'change-plan', change: { steps: [step], sizes: [] } })
    run.roll()
    expect(run.names()).toEqual(['set-images demo-aone-1'])
  })

  test('a batch that is taken in again follows what is under way, and never runs beside it', () => {
    const run = drive([1, 4, 4], { gates: { approval: false, bakeSeconds: 10 } })
    run.look()
    about(run, 'skip', 2)
    run.roll()
    run.bake()
    run.give({ kind: 'approve', step: 1 })
    run.look()
    expect(run.phases()).toEqual(['done', 'skipped', 'rolling'])
    const step = { batch: batchOf(run, 2), gates, leftOut: false }
    run.give({ kind: 'change-plan', change: { steps: [step], sizes: [] } })
    run.look()
    expect(run.release().batches.map((own) => own.number)).toEqual([1, 3, 2])
    expect(run.phases()).toEqual(['done', 'rolling', 'waiting'])
  })

  test('not for a batch that has begun', () => {
    const run = driveIntoSecond()
    const change = { steps: [{ batch: batchOf(run, 2), gates, leftOut: true }], sizes: [] }
    expect(run.give({ kind: 'change-plan', change })).toMatchObject({ ok: false })
  })

  test('sizes of batches that wait are reached before the next batch begins', () => {
    const run = driveIntoSecond()
    const change = { steps: [], sizes: [{ batch: batchOf(run, 3), from: 4, to: 6 }] }
    expect(run.give({ kind: 'change-plan', change })).toMatchObject({ ok: true })
    run.look()
    expect(run.names().at(-1)).toBe('set-replicas demo-aone-3')
    run.roll()
    run.bake()
    run.roll()
    expect(run.names().at(-1)).toBe('set-images demo-aone-3')
  })
})

test('sizes that were changed while the release is paused are reached once it goes on, before the next batch', () => {
  const run = driveIntoSecond()
  run.give({ kind: 'pause' })
  const change = { steps: [], sizes: [{ batch: batchOf(run, 3), from: 4, to: 6 }] }
  expect(run.give({ kind: 'change-plan', change })).toMatchObject({ ok: true })
  run.roll()
  run.bake()
  expect(run.names().at(-1)).toBe('set-images demo-aone-2')
  run.give({ kind: 'resume' })
  run.look()
  expect(run.names().at(-1)).toBe('set-replicas demo-aone-3')
  run.roll()
  expect(run.names().at(-1)).toBe('set-images demo-aone-3')
})

test('sizes that wait for a paused release can be corrected, and taken back', () => {
  const run = driveIntoSecond()
  run.give({ kind: 'pause' })
  const sizes = (to: number) => ({ steps: [], sizes: [{ batch: batchOf(run, 3), from: 4, to }] })
  run.give({ kind: 'change-plan', change: sizes(60) })
  expect(run.give({ kind: 'change-plan', change: sizes(6) })).toMatchObject({ ok: true })
  expect(run.release().resize?.targets).toEqual([{ batch: batchOf(run, 3), from: 4, to: 6, sent: false }])
  expect(run.give({ kind: 'change-plan', change: sizes(4) })).toMatchObject({ ok: true })
  expect(run.release().resize).toBeUndefined()
})

test('sizes are not changed once one of them was sent: an answer that was lost may mean that it was done', () => {
  const run = driveIntoSecond()
  const sizes = (to: number) => ({ steps: [], sizes: [{ batch: batchOf(run, 3), from: 4, to }] })
  run.give({ kind: 'change-plan', change: sizes(6) })
  run.look()
  run.give({ kind: 'pause' })
  expect(run.release().resize?.targets[0]?.sent).toBe(true)
  expect(run.give({ kind: 'change-plan', change: sizes(8) })).toMatchObject({ ok: false })
})

test('a restart makes new pods of the same image, batch by batch, and is not written twice', () => {
  const run = drive([1, 4], {
    change: { kind: 'restart', at: 5_000 },
    gates: { approval: false, bakeSeconds: 10 },
  })
  run.look()
  run.roll()
  run.bake()
  run.roll()
  run.bake()
  expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
  expect(run.names()).toEqual(['set-template demo-aone-1', 'set-template demo-aone-2'])
  expect(run.cluster.batches().map((batch) => batch.containers[0]?.image)).toEqual([oldImage, oldImage])
  expect(JSON.stringify(run.cluster.batches()[0]?.template)).toContain('1970-01-01T00:00:05.000Z')
})

test('a finished batch that loses pods for a while holds the release; a short dip does not', () => {
  const run = driveIntoSecond()
  run.cluster.losePods(1, 1)
  run.look()
  run.wait(10)
  run.cluster.losePods(1, 0)
  run.look()
  expect(run.release().state.kind).toBe('running')
  run.cluster.losePods(1, 1)
  run.look()
  run.wait(31)
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
  expect(run.phases()[0]).toBe('done')
})

test('without its Service a release is held, and goes on when it is back', () => {
  const run = driveIntoSecond()
  run.loseService(true)
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'service-gone' } })
  run.loseService(false)
  run.give({ kind: 'resume' })
  run.roll()
  run.bake()
  expect(run.phases()[1]).toBe('done')
})

test('a Deployment that was deleted and created anew is not touched until a person accepts it', () => {
  const run = driveIntoSecond()
  const old = batchOf(run, 3)
  run.cluster.recreate(3)
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'gone', batch: old } })
  expect(run.give({ kind: 'adopt', batch: old })).toMatchObject({ ok: true })
  run.roll()
  run.bake()
  run.roll()
  run.bake()
  expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
})

describe('a batch that another release leaves as it is done', () => {
  test('runs what the release before brought to it, and that is what is put back there', () => {
    const run = driveIntoSecond()
    const images = run
      .release()
      .batches.map(({ uid: batch }) => ({ batch, container: 'demo-aone', image: other }))
    run.wait(1)
    run.supersede({ change: { kind: 'image' }, images, gates: { approval: false, bakeSeconds: 10 } }, 'rest')
    const [first] = run.release().batches
    expect(first?.images).toEqual([{ container: 'demo-aone', image: newImage }])
    expect(imageText(run.release())).toBe('1')
    // Somebody changes the batch that was done, and a person has it put back: to what it ran, not to the new image.
    run.cluster.setImage(1, 'somebody/else:1')
    run.look()
    expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
    expect(about(run, 'restore', 1)).toMatchObject({ ok: true })
    run.roll()
    expect(run.cluster.batches()[0]?.containers[0]?.image).toBe(newImage)
  })
})

test('a Deployment that was created anew without the container of the release is not accepted as its batch', () => {
  const run = driveIntoSecond()
  const old = batchOf(run, 3)
  run.cluster.recreate(3)
  run.look()
  const release = run.release()
  const batches = release.batches.map((own) =>
    own.uid === old ? { ...own, images: [{ container: 'gone', image: other }] } : own,
  )
  const context = {
    observed: { freshness: { kind: 'live' }, service: true, batches: run.cluster.batches() },
    by: 'li.wei',
    now: 2000,
  } as const
  expect(spoken(adopted({ ...release, batches }, old, context))).toMatchObject({
    ok: false,
    fault: { code: 'conflict', message: expect.stringContaining('has no container gone') as string },
  })
})
