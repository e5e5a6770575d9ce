import { expect, test } from 'vitest'
import type { Uid } from '../../../../shared/ids.ts'
import { currentIndex, isInProgress, waitingStep } from '../../../../shared/release/standing.ts'
import { drive } from '../../../support/drive-release.ts'

type Run = ReturnType<typeof drive>

const uidOf = (run: Run, number: number): Uid => {
  const own = run.release().batches.find((one) => one.number === number)
  if (own === undefined) throw new Error(`no batch ${String(number)}`)
  return own.uid
}
const inProgress = (run: Run): readonly number[] =>
  run
    .release()
    .batches.filter((own) => isInProgress(own.phase))
    .map((own) => own.number)

/** The first batch is done, and the second one has begun. */
function secondRolls(): Run {
  const run = drive([1, 16, 4], { gates: { approval: false } })
  run.look()
  run.roll()
  run.bake()
  expect(run.phases()).toEqual(['done', 'rolling', 'waiting'])
  return run
}

test('an earlier batch that was created anew, and adopted, waits until the one in progress is done', () => {
  const run = secondRolls()
  run.cluster.recreate(1)
  run.look()
  expect(run.give({ kind: 'adopt', batch: uidOf(run, 1) })).toMatchObject({ ok: true })
  run.look()
  expect(inProgress(run)).toEqual([2])
  expect(currentIndex(run.release())).toBe(1)
  expect(waitingStep(run.release())).toBeUndefined()
  run.roll()
  run.bake()
  expect(run.phases()).toEqual(['rolling', 'done', 'waiting'])
  for (let batch = 0; batch < 2; batch++) {
    run.roll()
    run.bake()
  }
  expect(run.release().state).toMatchObject({ kind: 'ended', outcome: 'done' })
})

test('what is overwritten in an earlier batch is written once the one in progress is done', () => {
  const run = secondRolls()
  run.cluster.setImage(1, 'registry.example/other:1')
  run.look()
  expect(run.give({ kind: 'restore', batch: uidOf(run, 1) })).toMatchObject({ ok: true })
  run.look()
  expect(run.phases()).toEqual(['patching', 'rolling', 'waiting'])
  expect(run.cluster.batches()[0]?.containers[0]?.image).toBe('registry.example/other:1')
  run.roll()
  run.bake()
  expect(run.phases()).toEqual(['rolling', 'done', 'waiting'])
})

test('no batch begins while another one gets back what it had', () => {
  const run = drive([1, 4, 16], { gates: { approval: false } })
  run.look()
  run.roll()
  run.cluster.setImage(3, 'registry.example/other:1')
  run.look()
  run.give({ kind: 'restore', batch: uidOf(run, 3) })
  run.look()
  run.bake()
  expect(run.phases()).toEqual(['done', 'waiting', 'rolling-back'])
  run.roll()
  expect(run.phases()).toEqual(['done', 'baking', 'waiting'])
})
