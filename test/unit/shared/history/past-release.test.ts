import { expect, test } from 'vitest'
import { pastRelease } from '../../../../shared/history/past-release.ts'
import { drive } from '../../../support/drive-release.ts'

test('a release that was stopped on its way is remembered with the batches that it touched, and no others', () => {
  const on = drive([1, 4, 4, 4], { gates: { bakeSeconds: 0 } })
  on.look()
  on.roll()
  on.give({ kind: 'approve', step: 0 })
  on.look()
  on.give({ kind: 'stop' })
  expect(on.phases()).toEqual(['done', 'rolling', 'waiting', 'waiting'])
  expect(pastRelease(on.release()).batches).toEqual([1, 2])
})

test('one that was rolled back is remembered with what it had touched, though nothing of it is left', () => {
  const on = drive([1, 4, 4], { gates: { bakeSeconds: 0 } })
  on.look()
  on.roll()
  const batches = on.release().batches.map((own) => own.uid)
  on.give({ kind: 'roll-back', mode: 'at-once', batches })
  on.roll()
  expect(on.release().state).toMatchObject({ kind: 'ended', outcome: 'rolled-back' })
  expect(pastRelease(on.release()).batches).toEqual([1])
})

test('while it is under way, all batches that it is for are named', () => {
  const on = drive([1, 4, 4])
  on.look()
  expect(pastRelease(on.release()).batches).toEqual([1, 2, 3])
})
