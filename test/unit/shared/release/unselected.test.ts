import { expect, test } from 'vitest'
import { releaseId, uid, type Uid } from '../../../../shared/ids.ts'
import { whyNot } from '../../../../shared/release/verbs.ts'
import { buildBatchSet } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { drive } from '../../../support/drive-release.ts'

const uids = (run: ReturnType<typeof drive>): readonly Uid[] => run.release().batches.map((own) => own.uid)

/** The canary is done; batch 2 waits for its approval. */
function atFirstGate(sizes: readonly number[] = [1, 4, 4]): ReturnType<typeof drive> {
  const run = drive(sizes)
  run.look()
  run.roll()
  run.bake()
  return run
}

test.each([1, 2, 3])(
  'batch %i, which the Service selects no longer, holds the release for that',
  (number) => {
    const run = atFirstGate()
    run.cluster.select(number, false)
    run.look()
    expect(run.release().state).toMatchObject({
      kind: 'held',
      hold: { kind: 'unselected', batch: uids(run)[number - 1] },
    })
  },
)

test('it is never done while no traffic reaches it, however well its pods are', () => {
  const run = drive([1, 4])
  run.look()
  run.cluster.select(1, false)
  run.roll()
  run.bake()
  expect(run.phases()).toEqual(['rolling', 'waiting'])
})

test('what somebody else has written to it is said first: that may be why', () => {
  const run = atFirstGate()
  run.cluster.select(1, false)
  run.cluster.setImage(1, 'registry.example/other:1')
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
})

test.each(['at-once', 'batch-by-batch'] as const)(
  'it is taken back %s as any other, and the rollback is whole',
  (mode) => {
    const run = atFirstGate()
    run.give({ kind: 'approve', step: 0 })
    run.look()
    run.roll()
    run.cluster.select(1, false)
    run.cluster.select(2, false)
    run.look()
    run.give({ kind: 'roll-back', mode, batches: uids(run) })
    run.roll()
    run.roll()
    expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
    expect(run.phases()).toEqual(['returned', 'returned', 'waiting'])
  },
)

test('selected again, it goes on where it was once a person says so', () => {
  const run = atFirstGate()
  run.cluster.select(2, false)
  run.look()
  run.cluster.select(2, true)
  run.roll()
  expect(run.give({ kind: 'resume' })).toMatchObject({ ok: true })
  run.look()
  expect(run.release().state).toEqual({ kind: 'running' })
  expect(run.phases()).toEqual(['done', 'waiting', 'waiting'])
})

test('left out by a person, the release goes on without it', () => {
  const run = atFirstGate()
  run.cluster.select(2, false)
  run.look()
  expect(run.give({ kind: 'skip', batch: uid('batch-2') })).toMatchObject({ ok: true })
  run.look()
  expect(run.release().state).toEqual({ kind: 'running' })
  expect(run.phases()).toEqual(['done', 'skipped', 'waiting'])
})

test('a batch that is scaled to nothing while it goes back is taken back, and not gone', () => {
  const run = atFirstGate()
  run.give({ kind: 'roll-back', mode: 'at-once', batches: uids(run) })
  run.look()
  run.cluster.scale(1, 0)
  run.roll()
  expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
})

test('a release that takes the place of another brings nothing new to it, and can still take it back', () => {
  const run = atFirstGate()
  const before = run.release()
  run.cluster.select(1, false)
  const set = buildBatchSet(run.cluster.batches())
  const next = buildRelease(set, {
    id: releaseId('r2'),
    images: set.batches.map((batch) => ({
      batch: batch.uid,
      container: 'demo-aone',
      image: 'registry.example/app-cloud/demo:3',
    })),
    supersede: { release: before, from: 'canary' },
  })
  expect(next.batches[0]).toMatchObject({
    phase: { kind: 'skipped', touched: true },
    baseline: before.batches[0]?.baseline,
  })
})

test('in a release that is held for pods that are well again, what keeps traffic from them is told instead', () => {
  const run = atFirstGate()
  run.cluster.losePods(1, 1)
  run.look()
  run.wait(31)
  run.look()
  const holds = (): unknown => run.release().state.kind === 'held' && run.release().state
  expect(holds()).toMatchObject({ hold: { kind: 'regressed' } })
  run.cluster.select(1, false)
  run.look()
  expect(holds()).toMatchObject({ hold: { kind: 'regressed' } })
  run.cluster.losePods(1, 0)
  run.look()
  expect(holds()).toMatchObject({ hold: { kind: 'unselected', batch: uids(run)[0] } })
  run.loseService(true)
  run.look()
  expect(holds()).toMatchObject({ hold: { kind: 'service-gone' } })
  // Told once, and no more while it is so.
  const told = run.release()
  run.look()
  expect(run.release()).toBe(told)
})

test('without the Service nobody is offered to go on, also where the batch itself is gone', () => {
  const run = atFirstGate()
  run.cluster.remove(2)
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'gone' } })
  run.loseService(true)
  run.look()
  expect(run.release().state).toMatchObject({ kind: 'held', hold: { kind: 'service-gone' } })
  expect(whyNot('resume', run.release(), run.observed())).toMatchObject({ hold: 'service-gone' })
  run.loseService(false)
  expect(whyNot('resume', run.release(), run.observed())).toBeUndefined()
})
