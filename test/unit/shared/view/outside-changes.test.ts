import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { Batch, Trouble } from '../../../../shared/model/batch-set.ts'
import { batchView } from '../../../../shared/view/batch-view.ts'
import { outsideChanges, type OutsideChange, type Snapshot } from '../../../../shared/view/outside-changes.ts'
import { buildBatch, newImage, oldImage } from '../../../support/build-batch.ts'

function snapshot(
  batches: readonly Batch[],
  pods: Readonly<Record<number, readonly string[]>> = {},
): Snapshot {
  return {
    at: 1000,
    batches: batches.map((batch) => {
      const view = batchView(batch, { count: batches.length, release: undefined, driving: false })
      const failing = batch.trouble?.weight === 'final'
      const rolling = batch.old > 0 || batch.updated < batch.desired
      const condition = failing
        ? 'failing'
        : rolling
          ? 'rolling'
          : batch.ready < batch.desired
            ? 'short'
            : 'whole'
      return { batch: view, condition, pods: (pods[batch.number] ?? []).map(uid) }
    }),
  }
}

const kinds = (changes: readonly OutsideChange[]) => changes.map((one) => one.change)
const crash = (pods: number): Trouble => ({
  reason: 'CrashLoopBackOff',
  message: 'back-off',
  pods,
  weight: 'final',
})

test('where nothing has changed, nothing is told', () => {
  const same = snapshot([buildBatch(1), buildBatch(2)])
  expect(outsideChanges(same, same)).toEqual([])
})

test('twenty-five pods that crash in three batches are one change', () => {
  const before = [1, 2, 3].map((number) => buildBatch(number, { desired: 9 }))
  const after = [9, 8, 8].map((pods, index) =>
    buildBatch(index + 1, { desired: 9, ready: 0, trouble: crash(pods) }),
  )
  expect(outsideChanges(snapshot(before), snapshot(after))).toMatchObject([
    { change: 'failing', batches: [1, 2, 3], pods: 25, reason: 'CrashLoopBackOff' },
  ])
})

test('one pod more that fails is no news; twice as many, or another reason, are', () => {
  const told = snapshot([buildBatch(2, { trouble: crash(4) })])
  expect(outsideChanges(told, snapshot([buildBatch(2, { trouble: crash(5) })]))).toEqual([])
  expect(kinds(outsideChanges(told, snapshot([buildBatch(2, { trouble: crash(8) })])))).toEqual(['failing'])
  const other = snapshot([
    buildBatch(2, { trouble: { reason: 'OOMKilled', message: '', pods: 4, weight: 'final' } }),
  ])
  expect(kinds(outsideChanges(told, other))).toEqual(['failing'])
})

test('whoever wrote before is not named for a change that the cluster says no writer of', () => {
  const before = snapshot([buildBatch(2, { image: oldImage })])
  const unsigned = outsideChanges(before, snapshot([buildBatch(2, { image: newImage })]))
  expect(unsigned[0]).not.toHaveProperty('by')
  const writers = [{ field: 'image', manager: 'kubectl-set', at: 77 }] as const
  expect(outsideChanges(before, snapshot([buildBatch(2, { image: newImage, writers })]))[0]).toMatchObject({
    by: 'kubectl-set',
    at: 77,
    from: oldImage,
    to: newImage,
  })
})

test('pods that went with a smaller size or another template are not told as deleted', () => {
  const pods = { 2: ['a', 'b', 'c'] }
  const before = snapshot([buildBatch(2, { desired: 3 })], pods)
  const scaled = snapshot([buildBatch(2, { desired: 1 })], { 2: ['a'] })
  expect(kinds(outsideChanges(before, scaled))).toEqual(['replicas'])
  const rolled = snapshot([buildBatch(2, { desired: 3, image: newImage })], { 2: ['x', 'y', 'z'] })
  expect(kinds(outsideChanges(before, rolled))).toEqual(['image', 'whole'])
  const deleted = snapshot([buildBatch(2, { desired: 3 })], { 2: ['a', 'd', 'e'] })
  expect(outsideChanges(before, deleted)).toMatchObject([{ change: 'pods-gone', pods: 2 }])
})

test('a Deployment that comes or goes, or is paused, is told', () => {
  const two = snapshot([buildBatch(1), buildBatch(2)])
  expect(kinds(outsideChanges(two, snapshot([buildBatch(1)])))).toEqual(['removed'])
  expect(kinds(outsideChanges(snapshot([buildBatch(1)]), two))).toEqual(['added'])
  const paused = snapshot([buildBatch(1), buildBatch(2, { paused: true })])
  expect(kinds(outsideChanges(two, paused))).toEqual(['paused'])
  expect(kinds(outsideChanges(paused, two))).toEqual(['resumed'])
})

test('who changed a size is told also where the server says no time, and has changed it before', () => {
  const writers = [{ field: 'replicas', manager: 'kubectl', at: 0 }] as const
  const before = snapshot([buildBatch(1, { desired: 6, writers })])
  const now = snapshot([buildBatch(1, { desired: 3, writers })])
  expect(outsideChanges(before, now)).toMatchObject([
    { change: 'replicas', from: 6, to: 3, by: 'kubectl', at: 1000 },
  ])
})
